/* SPDX-License-Identifier: MIT */
/* The program, section by section. Registers 6 to 9 and the stack survive calls. */
#include "frame.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#define ERESTART_FIRST 512
#define ERESTART_LAST  516
#define ERRNO_MAX      4095
#define FP             CT_FP

/* r0 = the value of the key on the stack */
static void look_up(struct ct_asm *a, int map)
{
	CT_ASM(a, MAP(1, map), MOV(2, FP), ADDI(2, CT_AT_KEY), CALL(map_lookup_elem));
}

/* How often has it read a file by now? */
static void count_reads(struct ct_asm *a, const struct ct_kernel_layout *layout)
{
	CT_ASM(a, CALL(get_current_task), MOV(3, 0), ADDI(3, (int)layout->task_reads),
	       MOV(1, FP), ADDI(1, CT_AT_READS), MOVI(2, 8), CALL(probe_read_kernel),
	       LOAD64(1, FP, CT_AT_TASK), LOAD64(2, FP, CT_AT_READS),
	       LOAD64(3, 1, offsetof(struct ct_watched, reads)),
	       STORE64(1, offsetof(struct ct_watched, reads), 2), SUB(2, 3),
	       STORE64(FP, CT_AT_READS, 2));
}

/* r6 = context: { struct pt_regs *regs, long ret }; r7 = ret */
static void find_task(struct ct_asm *a, int tasks, const struct ct_kernel_layout *layout)
{
	CT_ASM(a, MOV(6, 1), CALL(get_current_pid_tgid), STORE32(FP, CT_AT_KEY, 0),
	       STORE32(FP, CT_AT_TID, 0));
	look_up(a, tasks);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(1, 0, offsetof(struct ct_watched, serial)),
	       STORE32(FP, CT_AT_SERIAL, 1),
	       LOAD32(1, 0, offsetof(struct ct_watched, flags)),
	       STORE32(FP, CT_AT_WATCHED, 1), LOAD64(7, 6, 8), STORE64(FP, CT_AT_TASK, 0),
	       STORE64I(FP, CT_AT_READS, 1));
	if (layout && layout->task_reads)
		count_reads(a, layout);
	/* it starts again on its own: that was no end */
	ct_asm_jump(a, IF_SGE(7, -ERESTART_FIRST + 1), CT_LABEL_ENDED);
	ct_asm_jump(a, IF_SGE(7, -ERESTART_LAST), CT_LABEL_OUT);
	ct_asm_label(a, CT_LABEL_ENDED);
}

/* r8 = 0, unless it is a call of 32-bit code. Leaves out what ptrace will see. */
static void check_thread(struct ct_asm *a, const struct ct_thread_layout *layout)
{
	CT_ASM(a, CALL(get_current_task), MOV(3, 0), MOV(1, FP), ADDI(1, CT_AT_INFO),
	       MOVI(2, CT_THREAD_INFO_LEN), CALL(probe_read_kernel),
	       LOAD64(1, FP, CT_AT_INFO + layout->work));
	ct_asm_jump(a, IF_BITS(1, 1 << layout->traced_bit), CT_LABEL_OUT);
	/* a tracepoint without this bit cannot be: the layout is not this kernel's */
	CT_ASM(a, ANDI(1, 1 << layout->tracepoint_bit));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(8, FP, CT_AT_INFO + layout->status),
	       ANDI(8, 1 << layout->compat_bit));
}

/* r9 = the plan of the call */
static void find_plan(struct ct_asm *a, int plans)
{
	CT_ASM(a, MOV(1, FP), ADDI(1, CT_AT_NR), MOVI(2, 8), LOAD64(3, 6, 0),
	       ADDI(3, CT_REG_NR * 8), CALL(probe_read_kernel), LOAD64(1, FP, CT_AT_NR),
	       /* a number has 32 bits; on some machines others are beside it */
	       SHLI(1, 32), SARI(1, 32), STORE64(FP, CT_AT_NR, 1));
	/* rt_sigreturn has put back what a signal interrupted: no call of its own */
	ct_asm_jump(a, IF_EQ(1, -1), CT_LABEL_OUT);
	ct_asm_jump(a, IF_GT(1, CT_WATCH_NUMBERS - 1), CT_LABEL_OTHER);
	ct_asm_jump(a, IF_EQ(8, 0), CT_LABEL_FIND_PLAN);
	CT_ASM(a, ADDI(1, CT_WATCH_NUMBERS));
	ct_asm_jump(a, ALWAYS, CT_LABEL_FIND_PLAN);
	ct_asm_label(a, CT_LABEL_OTHER);
	CT_ASM(a, MOVI(1, CT_WATCH_OTHER));
	ct_asm_label(a, CT_LABEL_FIND_PLAN);
	CT_ASM(a, STORE32(FP, CT_AT_KEY, 1));
	look_up(a, plans);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, MOV(9, 0));
}

/* r2 = the register whose number r2 is; r1 = the plan's flags */
static void read_register(struct ct_asm *a)
{
	CT_ASM(a, ANDI(2, CT_REG_MASK), SHLI(2, 3), LOAD64(3, 6, 0), ADD(3, 2),
	       MOV(1, FP), ADDI(1, CT_AT_VALUE), MOVI(2, 8), CALL(probe_read_kernel),
	       LOAD64(2, FP, CT_AT_VALUE),
	       LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)));
}

/* Does the condition of a key call hold? r1 = the plan's flags, before and after */
static void check_condition(struct ct_asm *a)
{
	ct_asm_label(a, CT_LABEL_CONDITION);
	CT_ASM(a, LOAD32(2, 9, offsetof(struct ct_watch_plan, reg)));
	ct_asm_jump(a, IF_EQ(2, CT_REG_NONE), CT_LABEL_WANTED);
	read_register(a);
	CT_ASM(a, LOAD32(3, 9, offsetof(struct ct_watch_plan, mask)), AND32(2, 3));
	ct_asm_jump(a, IF_GT(2, 127), CT_LABEL_NO_KEY);
	CT_ASM(a, MOV(3, 2), SHRI(3, 6), SHLI(3, 3), ADD(3, 9),
	       LOAD64(4, 3, offsetof(struct ct_watch_plan, bits)), ANDI(2, 63),
	       SHR(4, 2));
	ct_asm_jump(a, IF_BITS(4, 1), CT_LABEL_WANTED);
}

/* Has it changed a file of its container? r1 = the plan's flags, before and after */
static void check_changes(struct ct_asm *a)
{
	ct_asm_label(a, CT_LABEL_NO_KEY);
	CT_ASM(a, LOAD32(2, FP, CT_AT_WATCHED), ANDI(2, CT_WATCHED_INSIDE), MOV(3, 1),
	       ANDI(3, CT_WATCH_CHANGES));
	ct_asm_jump(a, IF_EQ(2, 0), CT_LABEL_NO_CHANGE);
	ct_asm_jump(a, IF_EQ(3, 0), CT_LABEL_NO_CHANGE);
	ct_asm_jump(a, IF_SLT(7, 0), CT_LABEL_NO_CHANGE);
	CT_ASM(a, LOAD32(3, 9, offsetof(struct ct_watch_plan, changes)));
	ct_asm_jump(a, IF_EQ(3, 0), CT_LABEL_WANTED);
	CT_ASM(a, LOAD32(2, 9, offsetof(struct ct_watch_plan, reg)));
	read_register(a);
	CT_ASM(a, LOAD32(3, 9, offsetof(struct ct_watch_plan, changes)), AND32(2, 3));
	ct_asm_jump(a, IF_NE(2, 0), CT_LABEL_WANTED);
	ct_asm_label(a, CT_LABEL_NO_CHANGE);
}

/* What is worth a report though it is none of the key calls. r1 = the plan's flags */
static void check_success(struct ct_asm *a)
{
	CT_ASM(a, LOAD32(2, FP, CT_AT_WATCHED), ANDI(2, CT_WATCHED_BUILDS), MOV(3, 1),
	       ANDI(3, CT_WATCH_FILE));
	ct_asm_jump(a, IF_EQ(3, 0), CT_LABEL_NO_FILE);
	ct_asm_jump(a, IF_NE(2, 0), CT_LABEL_WANTED);
	CT_ASM(a, STORE64I(FP, CT_AT_FILE_ONLY, 1));
	ct_asm_jump(a, ALWAYS, CT_LABEL_WANTED);
	ct_asm_label(a, CT_LABEL_NO_FILE);
	ct_asm_jump(a, IF_EQ(2, 0), CT_LABEL_OUT);
	CT_ASM(a, ANDI(1, CT_WATCH_KEEP));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_OUT);
}

/*
 * An execve that fails. Most are those of a search: there is no such file, or the kernel
 * would have read its beginning. Of any other the tracer is to find out why, now. r1 =
 * the plan's flags, before and after
 */
static void check_exec(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, MOV(2, 1), ANDI(2, CT_WATCH_EXEC), LOAD64(3, FP, CT_AT_READS));
	ct_asm_jump(a, IF_EQ(2, 0), CT_LABEL_NO_EXEC);
	ct_asm_jump(a, IF_NE(8, 0), CT_LABEL_NO_EXEC);
	ct_asm_jump(a, IF_SGE(7, 0), CT_LABEL_OUT);
	ct_asm_jump(a, IF_NE(3, 0), CT_LABEL_EXEC);
	ct_asm_jump(a, IF_EQ(7, -ENOENT), CT_LABEL_WANTED);
	ct_asm_jump(a, IF_EQ(7, -ENOTDIR), CT_LABEL_WANTED);
	ct_asm_label(a, CT_LABEL_EXEC);
	ct_send_stop_here(a, maps);
	ct_asm_jump(a, ALWAYS, CT_LABEL_WANTED);
	ct_asm_label(a, CT_LABEL_NO_EXEC);
}

static void check_plan(struct ct_asm *a, const struct ct_program_maps *maps,
		       const struct ct_kernel_layout *files)
{
	CT_ASM(a, LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)),
	       STORE64I(FP, CT_AT_FILE_ONLY, 0),
	       STORE64I(FP, CT_AT_PROTOCOL, CT_NO_PROTOCOL),
	       STORE64I(FP, CT_AT_NETWORK, 0), STORE64I(FP, CT_AT_ANSWER, 0));
	if (files)
		ct_talk_check(a, maps, files);
	if (files && files->task_reads)
		check_exec(a, maps);
	ct_asm_jump(a, IF_SGE(7, 0), CT_LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_SLT(7, -ERRNO_MAX), CT_LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_QUIET), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(2, FP, CT_AT_WATCHED), ANDI(2, CT_WATCHED_FAILS));
	ct_asm_jump(a, IF_EQ(2, 0), CT_LABEL_SUCCEEDED);
	ct_send_halt(a, maps);
	ct_asm_label(a, CT_LABEL_SUCCEEDED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_ANSWER), CT_LABEL_WANTED);
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_KEY), CT_LABEL_CONDITION);
	ct_asm_jump(a, ALWAYS, CT_LABEL_NO_KEY);
	check_condition(a);
	check_changes(a);
	check_success(a);
	ct_asm_label(a, CT_LABEL_WANTED);
}

/*
 * A filter's TRAP leaves where the result would be what was there before the call, and
 * SIGSYS pending (seccomp(2)). r7: the result
 */
static void check_trap(struct ct_asm *a, const struct ct_kernel_layout *layout)
{
	uint32_t at = layout->task_pending + layout->sigpending_signal;

	CT_ASM(a, LOAD64(1, 8, CT_FIELD(regs) + CT_REG_TRAPPED * 8));
	ct_asm_jump(a, IF_DIFFER(1, 7), CT_LABEL_MADE);
	CT_ASM(a, CALL(get_current_task), MOV(3, 0), ADDI(3, (int)at), MOV(1, FP),
	       ADDI(1, CT_AT_VALUE), MOVI(2, 8), CALL(probe_read_kernel),
	       LOAD64(1, FP, CT_AT_VALUE), SHRI(1, SIGSYS - 1), ANDI(1, 1),
	       STORE32(8, CT_FIELD(trapped), 1));
	ct_asm_label(a, CT_LABEL_MADE);
}

/* r8 = the report, with everything but the pieces */
static void fill_report(struct ct_asm *a, int scratch,
			const struct ct_kernel_layout *files)
{
	CT_ASM(a, STORE32I(FP, CT_AT_KEY, 0));
	look_up(a, scratch);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, STORE32(0, CT_FIELD(compat), 8), MOV(8, 0),
	       STORE64(8, CT_FIELD(ret), 7), LOAD32(1, FP, CT_AT_TID),
	       STORE32(8, CT_FIELD(tid), 1), LOAD32(1, FP, CT_AT_SERIAL),
	       STORE32(8, CT_FIELD(serial), 1), MOV(1, 8), ADDI(1, CT_FIELD(regs)),
	       MOVI(2, CT_REGS * 8), LOAD64(3, 6, 0), CALL(probe_read_kernel),
	       CALL(ktime_get_ns), STORE64(8, CT_FIELD(t_ns), 0),
	       STORE32I(8, CT_FIELD(trapped), 0), LOAD64(1, FP, CT_AT_PROTOCOL),
	       STORE32(8, CT_FIELD(protocol), 1), LOAD64(1, FP, CT_AT_NETWORK),
	       STORE32(8, CT_FIELD(network), 1), STORE32I(8, CT_FIELD(refused), 0));
	if (files)
		check_trap(a, files);
	if (files)
		ct_talk_fill(a);
	CT_ASM(a, STORE64I(8, CT_WALKED(at), sizeof(struct ct_report)));
	for (int i = 0; i < CT_PIECES; i++)
		CT_ASM(a, STORE32I(8, CT_FIELD(got) + i * 4, 0),
		       STORE64I(8, (short)(CT_WALKED(request) + i * 8), CT_REQUEST_NONE));
	CT_ASM(a,
	       STORE64I(8, (short)(CT_WALKED(request) + CT_PIECES * 8), CT_REQUEST_END),
	       STORE32I(8, CT_FIELD(walks), 0), STORE64I(8, CT_FIELD(file.magic), 0),
	       STORE64I(8, CT_FIELD(file.ino), 0), STORE32I(8, CT_FIELD(file.mode), 0),
	       STORE32I(8, CT_FIELD(file.flags), 0), LOAD32(1, FP, CT_AT_WATCHED),
	       STORE32(8, CT_FIELD(watched), 1));
	/* of a call that succeeded, the entry has told the rest */
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(ret)),
	       LOAD32(2, 9, offsetof(struct ct_watch_plan, flags)));
	ct_asm_jump(a, IF_SLT(1, 0), CT_LABEL_COPY);
	ct_asm_jump(a, IF_BITS(2, CT_WATCH_ANSWER), CT_LABEL_SEND);
	ct_asm_label(a, CT_LABEL_COPY);
}

void ct_program_assemble(struct ct_asm *a, const struct ct_program_maps *maps,
			 const struct ct_thread_layout *thread,
			 const struct ct_kernel_layout *files, bool loops)
{
	memset(a, 0, sizeof(*a));
	find_task(a, maps->tasks, files);
	check_thread(a, thread);
	find_plan(a, maps->plans);
	check_plan(a, maps, files);
	fill_report(a, maps->scratch, files);
	ct_pieces_copy(a, loops);
	if (files)
		ct_walk_call(a, maps);
	ct_send_report(a, maps);
	ct_asm_label(a, CT_LABEL_OUT);
	CT_ASM(a, MOVI(0, 0), EXIT);
	if (files)
		ct_walk_round(a, files);
	if (loops)
		ct_pieces_functions(a);
	ct_asm_link(a);
}
