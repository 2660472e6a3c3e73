/* SPDX-License-Identifier: MIT */
/* CLONE_UNTRACED: a child that no tracer follows would get ENOSYS from our filter. */
#include "hard.h"

#include <sched.h>
#include <sys/mount.h>

static _Noreturn void child(void)
{
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", "/mnt", "tmpfs", 0, NULL))
		_exit(errno);
	execl("/bin/sh", "sh", "-c", "exit 9", NULL);
	_exit(errno);
}

int main(void)
{
	struct clone_args args = { .flags = CLONE_UNTRACED, .exit_signal = SIGCHLD };
	static const struct clone_args constant = { .flags = CLONE_UNTRACED,
						    .exit_signal = SIGCHLD };
	pid_t pid = (pid_t)MUST(raw_clone(CLONE_UNTRACED | SIGCHLD));

	if (!pid)
		child();
	tell_status("clone", status_of(pid));
	pid = (pid_t)MUST(raw_clone3(&args));
	if (!pid)
		child();
	tell_status("clone3", status_of(pid));
	pid = (pid_t)MUST(syscall(SYS_clone3, &constant, sizeof(constant)));
	if (!pid)
		child();
	tell_status("clone3 of a constant", status_of(pid));
	pid = (pid_t)MUST(raw_clone(CLONE_PTRACE | SIGCHLD));
	if (!pid)
		child();
	tell_status("CLONE_PTRACE", status_of(pid));
	tell("the caller's flags", "are whole", args.flags == CLONE_UNTRACED);
	return 0;
}
