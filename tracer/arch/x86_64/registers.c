/* SPDX-License-Identifier: MIT */
/* Registers of x86_64 and i386 tasks. */
#include "registers.h"

#include "unwinding.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>

#define CS_32BIT       0x23
#define ERESTARTNOHAND 514 /* the kernel's own: EINTR if a handler runs, else again */

/* Numbers of i386. */
#define COMPAT_EXIT  1
#define COMPAT_PRCTL 172

#define CALL_LEN 2 /* syscall, sysenter, int 0x80 */
#define INT3     0xcc
#define INT_3    0x03cd /* "int 3" in two bytes, cd 03 */

#define AT(reg) ((void *)offsetof(struct user, regs.reg))

const long ct_interruptible[] = {
	SYS_epoll_wait,      SYS_epoll_pwait, SYS_epoll_pwait2, SYS_semop,
	SYS_rt_sigtimedwait, SYS_semtimedop,  SYS_io_getevents, SYS_io_pgetevents,
};
const size_t ct_n_interruptible = sizeof(ct_interruptible) / sizeof(*ct_interruptible);

const long ct_strict_calls[CT_STRICT_CALLS] = { SYS_read, SYS_write, SYS_exit,
						SYS_rt_sigreturn };
const long ct_strict_compat_calls[CT_STRICT_CALLS] = { 3, 4, COMPAT_EXIT,
						       119 /* sigreturn */ };

int ct_regs_read(pid_t tid, struct user_regs_struct *regs)
{
	return ptrace(PTRACE_GETREGS, tid, NULL, regs) ? -errno : 0;
}

bool ct_regs_compat(const struct user_regs_struct *regs)
{
	return regs->cs == CS_32BIT;
}

void ct_regs_call(const struct user_regs_struct *regs, struct ct_regs_call *call)
{
	*call = (struct ct_regs_call){
		.nr = (int64_t)regs->orig_rax,
		.args = { regs->rdi, regs->rsi, regs->rdx, regs->r10, regs->r8,
			  regs->r9 },
		.ret = (int64_t)regs->rax,
	};
	if (!ct_regs_compat(regs))
		return;
	*call = (struct ct_regs_call){
		.nr = (int64_t)regs->orig_rax,
		.args = { regs->rbx, regs->rcx, regs->rdx, regs->rsi, regs->rdi,
			  regs->rbp },
		.ret = (int64_t)regs->rax,
		.compat = true,
	};
}

uint64_t ct_regs_ip(const struct user_regs_struct *regs)
{
	return regs->rip;
}

uint64_t ct_regs_sp(const struct user_regs_struct *regs)
{
	return regs->rsp;
}

void ct_regs_change_arg0(pid_t tid, enum ct_arch arch, uint64_t value)
{
	ptrace(PTRACE_POKEUSER, tid, arch == CT_ARCH_I386 ? AT(rbx) : AT(rdi),
	       (void *)value);
}

void ct_regs_restore_arg0(pid_t tid, enum ct_arch arch, uint64_t value)
{
	ct_regs_change_arg0(tid, arch, value);
}

/* ENOSYS is in the register of the result already. */
void ct_regs_skip_call(pid_t tid)
{
	ptrace(PTRACE_POKEUSER, tid, AT(orig_rax), (void *)-1L);
}

static void make_call(pid_t tid, enum ct_arch arch, int64_t nr, uint64_t arg0,
		      uint64_t arg1)
{
	bool compat = arch == CT_ARCH_I386;

	ptrace(PTRACE_POKEUSER, tid, AT(orig_rax), (void *)nr);
	ptrace(PTRACE_POKEUSER, tid, compat ? AT(rbx) : AT(rdi), (void *)arg0);
	ptrace(PTRACE_POKEUSER, tid, compat ? AT(rcx) : AT(rsi), (void *)arg1);
}

/* The mode takes the time stamp counter away (disable_TSC()), and so does this. */
void ct_regs_strict_begin(pid_t tid, enum ct_arch arch)
{
	make_call(tid, arch, arch == CT_ARCH_I386 ? COMPAT_PRCTL : SYS_prctl, PR_SET_TSC,
		  PR_TSC_SIGSEGV);
}

void ct_regs_strict_end(pid_t tid, enum ct_arch arch, const uint64_t args[6])
{
	bool compat = arch == CT_ARCH_I386;

	ptrace(PTRACE_POKEUSER, tid, compat ? AT(rbx) : AT(rdi), (void *)args[0]);
	ptrace(PTRACE_POKEUSER, tid, compat ? AT(rcx) : AT(rsi), (void *)args[1]);
}

void ct_regs_exit_instead(pid_t tid, enum ct_arch arch)
{
	make_call(tid, arch, arch == CT_ARCH_I386 ? COMPAT_EXIT : SYS_exit, 0, 0);
}

/*
 * With the number that pause(2) has for this, the kernel itself decides, after this stop,
 * between the handler with EINTR and the same call again.
 */
void ct_regs_make_restart(pid_t tid)
{
	ptrace(PTRACE_POKEUSER, tid, AT(rax), (void *)(intptr_t)-ERESTARTNOHAND);
}

void ct_regs_do_again(pid_t tid, int sig)
{
	struct user_regs_struct regs;
	unsigned long before;

	if ((sig != SIGSYS && sig != SIGTRAP) || ct_regs_read(tid, &regs))
		return;
	errno = 0;
	before = (unsigned long)ptrace(PTRACE_PEEKTEXT, tid,
				       (void *)(regs.rip - sizeof(before)), NULL);
	if (errno)
		return;
	before >>= 8 * (sizeof(before) - CALL_LEN);
	/* any call is as long; a breakpoint is one byte, or the long form of it */
	if (sig == SIGSYS || before == INT_3)
		regs.rip -= CALL_LEN;
	else if (before >> 8 == INT3)
		regs.rip--;
	ptrace(PTRACE_POKEUSER, tid, AT(rip), (void *)regs.rip);
}

int64_t ct_regs_rolled_back(int64_t nr, const uint64_t args[6])
{
	(void)args;
	return nr;
}

/* libunwind numbers the registers as DWARF does. */
void ct_regs_unwind(const struct user_regs_struct *regs, uint64_t *walk)
{
	const uint64_t in_order[CT_WALK_REGS] = {
		[UNW_X86_64_RAX] = regs->rax, [UNW_X86_64_RDX] = regs->rdx,
		[UNW_X86_64_RCX] = regs->rcx, [UNW_X86_64_RBX] = regs->rbx,
		[UNW_X86_64_RSI] = regs->rsi, [UNW_X86_64_RDI] = regs->rdi,
		[UNW_X86_64_RBP] = regs->rbp, [UNW_X86_64_RSP] = regs->rsp,
		[UNW_X86_64_R8] = regs->r8,   [UNW_X86_64_R9] = regs->r9,
		[UNW_X86_64_R10] = regs->r10, [UNW_X86_64_R11] = regs->r11,
		[UNW_X86_64_R12] = regs->r12, [UNW_X86_64_R13] = regs->r13,
		[UNW_X86_64_R14] = regs->r14, [UNW_X86_64_R15] = regs->r15,
		[UNW_X86_64_RIP] = regs->rip,
	};

	memcpy(walk, in_order, sizeof(in_order));
}
