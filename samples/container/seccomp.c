/* SPDX-License-Identifier: MIT */
/* Step 7: a seccomp filter, written out as the BPF program that the kernel will run. */
#include "runtime.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "which AUDIT_ARCH_… is this?"
#endif

#define X32_BIT 0x40000000 /* x86_64 only: the same calls again, under other numbers */

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
/* A jump counts instructions: 0 is the next one, 1 skips it. */
#define IF_EQUAL(value, action) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), RETURN(action)
#define IF_AT_LEAST(value, action) \
	BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (value), 0, 1), RETURN(action)
#define DENY(call) IF_EQUAL(SYS_##call, SECCOMP_RET_ERRNO | EPERM)

/*
 * The kernel runs this at the entry of every system call. The architecture comes first,
 * because a number means another call in another ABI: a filter that forgets it is no
 * filter (seccomp(2)). The rest is a deny list to be read easily; a real runtime allows
 * what it knows and denies all else.
 */
static const struct sock_filter program[] = {
	LOAD(arch),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	LOAD(nr),
	IF_AT_LEAST(X32_BIT, SECCOMP_RET_ERRNO | ENOSYS),
	DENY(mount),
	DENY(umount2),
	DENY(pivot_root),
	DENY(unshare), /* a new user namespace would give all capabilities back */
	DENY(setns),
	DENY(keyctl), /* keyrings are not divided by namespaces */
	DENY(bpf),
	DENY(kexec_load),
	DENY(reboot),
	RETURN(SECCOMP_RET_ALLOW),
};

int container_filter_syscalls(const struct container *c)
{
	struct sock_fprog filter = { sizeof(program) / sizeof(program[0]),
				     (struct sock_filter *)program };

	(void)c;
	/*
	 * No set-user-id program may run under a filter of its user's making (it could be
	 * told that setuid() worked), so the kernel asks for this promise first.
	 */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return container_fail("no_new_privs");
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) < 0)
		return container_fail("seccomp");
	return 0;
}
