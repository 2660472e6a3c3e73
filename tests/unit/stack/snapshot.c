/* SPDX-License-Identifier: MIT */
/* A tracer of one process, as small as can be. */
#include "snapshot.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A copy of the mount, with only this file in it. */
static int detach(const char *path)
{
	return (int)syscall(SYS_open_tree, AT_FDCWD, path,
			    OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
}

static void run_tracee(const struct run *run)
{
	if (run->root && (chroot(run->root) || chdir("/")))
		_exit(126);
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	if (run->detached)
		execveat(detach(run->argv[0]), "", (char *const *)run->argv, environ,
			 AT_EMPTY_PATH);
	else
		execv(run->argv[0], (char *const *)run->argv);
	_exit(127);
}

static void read_maps(struct stopped *stopped)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	ssize_t n;
	int fd;

	stopped->maps = (struct ct_strbuf)CT_STRBUF_INIT;
	ct_strbuf_addf(&path, "/proc/%d/maps", (int)stopped->pid);
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	CHECK(fd >= 0);
	do {
		ct_strbuf_reserve(&stopped->maps, 4096);
		n = read(fd, stopped->maps.data + stopped->maps.len, 4096);
		stopped->maps.len += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	close(fd);
}

/* The stack may end before the buffer does: page by page, what there is. */
static size_t read_stack(struct stopped *stopped)
{
	const size_t page = 4096;
	uint64_t at = stopped->regs.rsp;
	size_t len = 0;

	while (len < sizeof(stopped->stack)) {
		size_t part = page - at % page;
		struct iovec local, remote;

		if (part > sizeof(stopped->stack) - len)
			part = sizeof(stopped->stack) - len;
		local = (struct iovec){ stopped->stack + len, part };
		remote = (struct iovec){ (void *)(uintptr_t)at, part };
		if (process_vm_readv(stopped->pid, &local, 1, &remote, 1, 0) < 0)
			break;
		at += part;
		len += part;
	}
	return len;
}

static void take(struct stopped *stopped)
{
	stopped->snapshot = (struct ct_snapshot){
		.regs = &stopped->regs,
		.stack = stopped->stack,
		.len = read_stack(stopped),
	};
	CHECK(stopped->snapshot.len > 0);
	read_maps(stopped);
}

static bool is_wanted(struct stopped *stopped, const struct run *run)
{
	const struct user_regs_struct *regs = &stopped->regs;

	ptrace(PTRACE_GETREGS, stopped->pid, 0, &stopped->regs);
	/* at the entry, the kernel has put -ENOSYS where the result will be */
	if (regs->orig_rax != (unsigned long)run->nr ||
	    regs->rax != (unsigned long)-ENOSYS)
		return false;
	take(stopped);
	if (!run->matches || run->matches(stopped, run->ctx))
		return true;
	ct_strbuf_release(&stopped->maps);
	return false;
}

/* The signal to go on with: none for what is a stop of ptrace only. */
static int signal_of(int status)
{
	int sig = WSTOPSIG(status);

	return status >> 16 || sig == SIGSTOP || sig == (SIGTRAP | 0x80) ? 0 : sig;
}

void stop_at(struct stopped *stopped, const struct run *run)
{
	pid_t root = fork();
	int status;

	if (!root)
		run_tracee(run);
	CHECK(root > 0 && waitpid(root, &status, 0) == root && WIFSTOPPED(status));
	CHECK(!ptrace(PTRACE_SETOPTIONS, root, 0,
		      PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE));
	CHECK(!ptrace(PTRACE_SYSCALL, root, 0, 0));
	for (;;) {
		stopped->pid = waitpid(-1, &status, __WALL);
		CHECK(stopped->pid > 0);
		if (!WIFSTOPPED(status))
			continue; /* when the last one has ended, waitpid fails */
		if (WSTOPSIG(status) == (SIGTRAP | 0x80) && is_wanted(stopped, run))
			return;
		ptrace(PTRACE_SYSCALL, stopped->pid, 0, signal_of(status));
	}
}

void stopped_kill(struct stopped *stopped)
{
	int status;

	if (stopped->pid)
		kill(stopped->pid, SIGKILL);
	while (waitpid(-1, &status, __WALL) > 0)
		;
	stopped->pid = 0;
}

void stopped_release(struct stopped *stopped)
{
	stopped_kill(stopped);
	ct_strbuf_release(&stopped->maps);
}

void describe(const struct ct_frame *frames, size_t n, const char *last,
	      struct ct_strbuf *text)
{
	for (size_t i = 0; i < n; i++) {
		ct_strbuf_addf(text, "%s%s", i ? " < " : "",
			       *frames[i].symbol ? frames[i].symbol : "?");
		if (!strcmp(frames[i].symbol, last))
			return;
	}
}
