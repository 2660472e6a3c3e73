/* SPDX-License-Identifier: MIT */
/* Registers of 64-bit and 32-bit ARM tasks. */
#include "registers.h"

#include "unwinding.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#ifndef NT_ARM_SYSTEM_CALL
#define NT_ARM_SYSTEM_CALL 0x404
#endif

#define PSR_MODE32 0x10
#define PSR_THUMB  0x20
/* What the kernel gives of a 32-bit task: r0 … r15, cpsr, orig_r0 (compat_elf_gregset_t).
 */
#define REGS32   18
#define REG32_SP 13
#define REG32_PC 15
#define CPSR     16

#define COMPAT_EXIT 1  /* of 32-bit ARM */
#define NO_CALL     -1 /* the kernel makes none, and leaves the result as it is */

/* Words of user_regs_struct.regs. */
#define NR   8 /* x8 */
#define NR32 7 /* r7 */

const long ct_interruptible[] = {
	SYS_epoll_pwait, SYS_epoll_pwait2, SYS_semop,         SYS_rt_sigtimedwait,
	SYS_semtimedop,  SYS_io_getevents, SYS_io_pgetevents,
};
const size_t ct_n_interruptible = sizeof(ct_interruptible) / sizeof(*ct_interruptible);

/* How the kernel hands them out: of a 32-bit task others, and fewer. */
union raw {
	struct user_regs_struct own;
	uint32_t narrow[REGS32];
};

/* How many bytes they are, or -errno. */
static ssize_t read_raw(pid_t tid, union raw *raw)
{
	struct iovec iov = { raw, sizeof(*raw) };

	if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &iov))
		return -errno;
	return (ssize_t)iov.iov_len;
}

static void write_raw(pid_t tid, union raw *raw, ssize_t size)
{
	struct iovec iov = { raw, (size_t)size };

	ptrace(PTRACE_SETREGSET, tid, (void *)NT_PRSTATUS, &iov);
}

const long ct_strict_calls[CT_STRICT_CALLS] = { SYS_read, SYS_write, SYS_exit,
						SYS_rt_sigreturn };
const long ct_strict_compat_calls[CT_STRICT_CALLS] = { 3, 4, COMPAT_EXIT,
						       119 /* sigreturn */ };

int ct_regs_read(pid_t tid, struct user_regs_struct *regs)
{
	union raw raw;
	ssize_t size = read_raw(tid, &raw);

	if (size < 0)
		return (int)size;
	if (size != sizeof(raw.narrow)) {
		*regs = raw.own;
		return 0;
	}
	memset(regs, 0, sizeof(*regs));
	for (int i = 0; i < REG32_PC; i++)
		regs->regs[i] = raw.narrow[i];
	regs->sp = raw.narrow[REG32_SP];
	regs->pc = raw.narrow[REG32_PC];
	regs->pstate = raw.narrow[CPSR];
	return 0;
}

bool ct_regs_compat(const struct user_regs_struct *regs)
{
	return regs->pstate & PSR_MODE32;
}

void ct_regs_call(const struct user_regs_struct *regs, struct ct_regs_call *call)
{
	bool compat = ct_regs_compat(regs);

	*call = (struct ct_regs_call){
		.nr = (int64_t)regs->regs[compat ? NR32 : NR],
		.ret = compat ? (int32_t)regs->regs[0] : (int64_t)regs->regs[0],
		.compat = compat,
	};
	for (int i = 0; i < 6; i++)
		call->args[i] = regs->regs[i];
}

uint64_t ct_regs_ip(const struct user_regs_struct *regs)
{
	return regs->pc;
}

uint64_t ct_regs_sp(const struct user_regs_struct *regs)
{
	return regs->sp;
}

static void set_first(pid_t tid, uint64_t value)
{
	union raw raw;
	ssize_t size = read_raw(tid, &raw);

	if (size < 0)
		return;
	if (size == sizeof(raw.narrow))
		raw.narrow[0] = (uint32_t)value;
	else
		raw.own.regs[0] = value;
	write_raw(tid, &raw, size);
}

void ct_regs_change_arg0(pid_t tid, enum ct_arch arch, uint64_t value)
{
	(void)arch;
	set_first(tid, value);
}

/* Its register has the result now, and the task knows its argument from elsewhere. */
void ct_regs_restore_arg0(pid_t tid, enum ct_arch arch, uint64_t value)
{
	(void)tid;
	(void)arch;
	(void)value;
}

static void change_call(pid_t tid, int nr, uint64_t arg0)
{
	struct iovec iov = { &nr, sizeof(nr) };

	ptrace(PTRACE_SETREGSET, tid, (void *)NT_ARM_SYSTEM_CALL, &iov);
	set_first(tid, arg0);
}

void ct_regs_skip_call(pid_t tid)
{
	change_call(tid, NO_CALL, (uint64_t)-ENOSYS);
}

void ct_regs_strict_begin(pid_t tid, enum ct_arch arch)
{
	(void)arch;
	change_call(tid, NO_CALL, 0);
}

/* Nothing but the result has changed. */
void ct_regs_strict_end(pid_t tid, enum ct_arch arch, const uint64_t args[6])
{
	(void)tid;
	(void)arch;
	(void)args;
}

void ct_regs_exit_instead(pid_t tid, enum ct_arch arch)
{
	change_call(tid, arch == CT_ARCH_COMPAT ? COMPAT_EXIT : SYS_exit, 0);
}

/*
 * The kernel has decided before this stop (arch/arm64/kernel/signal.c, do_signal()), and
 * has forgotten the first argument, without which the call cannot be made again.
 */
void ct_regs_make_restart(pid_t tid)
{
	(void)tid;
}

/* A breakpoint stays where it is. */
void ct_regs_do_again(pid_t tid, int sig)
{
	union raw raw;
	ssize_t size;

	if (sig != SIGSYS)
		return;
	size = read_raw(tid, &raw);
	if (size < 0)
		return;
	if (size == sizeof(raw.narrow))
		raw.narrow[REG32_PC] -= raw.narrow[CPSR] & PSR_THUMB ? 2 : 4;
	else
		raw.own.pc -= 4;
	write_raw(tid, &raw, size);
}

int64_t ct_regs_rolled_back(int64_t nr, const uint64_t args[6])
{
	(void)nr;
	return (int64_t)args[0];
}

/* libunwind numbers the registers as the kernel does. */
void ct_regs_unwind(const struct user_regs_struct *regs, uint64_t *walk)
{
	for (int i = 0; i < UNW_AARCH64_SP; i++)
		walk[i] = regs->regs[i];
	walk[UNW_AARCH64_SP] = regs->sp;
	walk[UNW_AARCH64_PC] = regs->pc;
}
