/* SPDX-License-Identifier: MIT */
/* A seccomp filter: a small program that the kernel asks before every system call. */
#include "sample.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int main(void)
{
	/* If it is mkdirat, EPERM; else go ahead. (A real one checks `arch` first.) */
	struct sock_filter program[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mkdirat, 0, 1), /* no: skip one */
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = { sizeof(program) / sizeof(program[0]), program };

	say("process", (unsigned long)getpid());
	say("instructions", filter.len);
	/* Without this promise only CAP_SYS_ADMIN may install a filter. */
	MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	MUST(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter));
	/*
	 * Denied before the kernel has looked at the path (or it would be EEXIST). Who
	 * traces with a seccomp filter alone does not see this call: of two filters the
	 * stricter answer counts.
	 */
	if (mkdirat(AT_FDCWD, "/", 0700) < 0)
		say("errno", (unsigned long)errno);
	return 0;
}
