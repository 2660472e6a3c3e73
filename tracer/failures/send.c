/* SPDX-License-Identifier: MIT */
/* The end of the program: into the ring, or to the tracer by a stop. */
#include "frame.h"

#include <signal.h>

/* r0 = 0 when the signal is on its way. Nobody can block SIGSTOP. To tell a call, its
 * first argument is in CT_AT_VALUE: the tracer may not find it in the registers any more.
 */
static void stop_task(struct ct_asm *a, int tasks, enum ct_stopped why)
{
	CT_ASM(a, MAP(1, tasks), MOV(2, CT_FP), ADDI(2, CT_AT_TID),
	       CALL(map_lookup_elem));
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, STORE32I(0, (short)offsetof(struct ct_watched, stopped), why));
	if (why == CT_STOPPED_TO_TELL)
		CT_ASM(a, LOAD64(1, CT_FP, CT_AT_VALUE),
		       STORE64(0, (short)offsetof(struct ct_watched, arg0), 1));
	CT_ASM(a, MOVI(1, SIGSTOP), CALL(send_signal_thread));
}

void ct_send_stop_here(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, MOV(1, CT_FP), ADDI(1, CT_AT_VALUE), MOVI(2, 8), LOAD64(3, 6, 0),
	       ADDI(3, CT_REG_ARG0 * 8), CALL(probe_read_kernel));
	stop_task(a, maps->tasks, CT_STOPPED_TO_TELL);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
}

void ct_send_halt(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, LOAD32(1, CT_FP, CT_AT_WATCHED), ANDI(1, CT_WATCHED_HALT));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_WANTED);
	/* the registers of 32-bit code are not worth the trouble */
	ct_asm_jump(a, IF_NE(8, 0), CT_LABEL_WANTED);
	/* of some errors a report tells all that a stop would; r7 is the call's result */
	CT_ASM(a, MOVI(2, 0), SUB(2, 7));
	ct_asm_jump(a, IF_GT(2, 127), CT_LABEL_HALT);
	CT_ASM(a, MOV(3, 2), SHRI(3, 6), SHLI(3, 3), ADD(3, 9),
	       LOAD64(4, 3, offsetof(struct ct_watch_plan, told)), ANDI(2, 63),
	       SHR(4, 2));
	ct_asm_jump(a, IF_BITS(4, 1), CT_LABEL_WANTED);
	ct_asm_label(a, CT_LABEL_HALT);
	ct_send_stop_here(a, maps);
	ct_asm_jump(a, ALWAYS, CT_LABEL_WANTED);
}

/* It is in the ring. So that the next one of this task has room, too: */
static void wait_for_room(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, LOAD32(1, CT_FP, CT_AT_WATCHED), ANDI(1, CT_WATCHED_WAIT));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_OUT);
	CT_ASM(a, MAP(1, maps->ring), MOVI(2, BPF_RB_AVAIL_DATA), CALL(ringbuf_query));
	ct_asm_jump(a, IF_LE_IMM(0, maps->ring_half), CT_LABEL_OUT);
	stop_task(a, maps->tasks, CT_STOPPED_TO_WAIT);
	ct_asm_jump(a, ALWAYS, CT_LABEL_OUT);
}

void ct_send_stop(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(regs) + CT_REG_ARG0 * 8),
	       STORE64(CT_FP, CT_AT_VALUE, 1));
	stop_task(a, maps->tasks, CT_STOPPED_TO_TELL);
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
}

/* It did not fit. What a stop can tell, a failed call's registers and strings, it tells.
 */
static void stop_instead(struct ct_asm *a, const struct ct_program_maps *maps)
{
	ct_asm_label(a, CT_LABEL_FULL);
	CT_ASM(a, LOAD32(1, CT_FP, CT_AT_WATCHED), ANDI(1, CT_WATCHED_WAIT),
	       LOAD64(2, 8, CT_FIELD(ret)), LOAD32(3, 8, CT_FIELD(compat)));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_LOST);
	ct_asm_jump(a, IF_SGE(2, 0), CT_LABEL_LOST);
	ct_asm_jump(a, IF_NE(3, 0), CT_LABEL_LOST);
	ct_send_stop(a, maps);
}

void ct_send_report(struct ct_asm *a, const struct ct_program_maps *maps)
{
	ct_asm_label(a, CT_LABEL_SEND);
	CT_ASM(a, LOAD64(7, 8, CT_WALKED(at)));
	/* it cannot be: for the verifier */
	ct_asm_jump(a, IF_GT(7, CT_REPORT_MAX), CT_LABEL_OUT);
	/* flags 0: wakes a reader who has read everything, not one who is behind */
	CT_ASM(a, MAP(1, maps->ring), MOV(2, 8), MOV(3, 7), MOVI(4, 0),
	       CALL(ringbuf_output));
	ct_asm_jump(a, IF_NE(0, 0), CT_LABEL_FULL);
	wait_for_room(a, maps);
	stop_instead(a, maps);
	ct_asm_label(a, CT_LABEL_LOST);
	CT_ASM(a, STORE32I(CT_FP, CT_AT_KEY, 0), MAP(1, maps->lost), MOV(2, CT_FP),
	       ADDI(2, CT_AT_KEY), CALL(map_lookup_elem));
	ct_asm_jump(a, IF_EQ(0, 0), CT_LABEL_OUT);
	CT_ASM(a, MOVI(1, 1), ATOMIC_ADD64(0, 0, 1));
}
