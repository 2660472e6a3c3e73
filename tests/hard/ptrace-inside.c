/* SPDX-License-Identifier: MIT */
/* Who is traced wants to be a tracer, too. A process has one: the kernel refuses, and
 * nothing else changes. */
#include "hard.h"

#include <sys/ptrace.h>
#include <sys/uio.h>

static long ask(int request, pid_t pid)
{
	return result_of(ptrace(request, pid, NULL, NULL));
}

/* What is not his tracee is nobody's to him, with a tracer and without. */
static void try_as_a_stranger(pid_t pid)
{
	tell("PTRACE_CONT", "gives", ask(PTRACE_CONT, pid));
	tell("PTRACE_DETACH", "gives", ask(PTRACE_DETACH, pid));
	tell("PTRACE_INTERRUPT", "gives", ask(PTRACE_INTERRUPT, pid));
	tell("PTRACE_ATTACH of itself", "gives", ask(PTRACE_ATTACH, getpid()));
}

static void read_memory(pid_t pid)
{
	static char secret[] = "a word";
	char copy[sizeof(secret)] = "";
	struct iovec local = { copy, sizeof(copy) }, remote = { secret, sizeof(secret) };

	tell("process_vm_readv", "gives",
	     result_of(process_vm_readv(pid, &local, 1, &remote, 1, 0)));
	tell("which", "is right:", !strcmp(copy, secret));
}

int main(void)
{
	int go[2];
	pid_t pid;
	char byte;

	MUST(pipe(go));
	pid = (pid_t)MUST(fork());
	if (!pid) {
		close(go[1]);
		_exit(read(go[0], &byte, 1) ? 1 : 7);
	}
	try_as_a_stranger(pid);
	read_memory(pid);
	say("seize", ask(PTRACE_SEIZE, pid));
	say("again", ask(PTRACE_SEIZE, pid));
	ptrace(PTRACE_DETACH, pid, NULL, NULL);
	close(go[1]);
	tell_status("the child", status_of(pid));

	pid = (pid_t)MUST(fork());
	if (!pid) {
		say("traceme", ask(PTRACE_TRACEME, 0));
		_exit(8);
	}
	tell_status("a child that asks for it", status_of(pid));

	/* without a tracer the flag says nothing */
	pid = (pid_t)MUST(raw_clone(CLONE_PTRACE | SIGCHLD));
	if (!pid)
		_exit(9);
	tell_status("a child by CLONE_PTRACE", status_of(pid));
	return 0;
}
