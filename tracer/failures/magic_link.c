/* SPDX-License-Identifier: MIT */
/*
 * A path that begins with /proc/self/fd/N or /proc/thread-self/fd/N stands for what is
 * open there: a part of the function of walk.c, which goes on with that descriptor. What
 * other magic links of a task stand for (…/ns/net, …/root, those of other tasks) is no
 * descriptor of its own: there the task is stopped, and the tracer follows them.
 */
#include "frame.h"

#define DIGITS 7 /* of a descriptor */

enum {
	THREAD = CT_LABEL_MAGIC,
	NUMBER,
	IS_NUMBER,
	OTHER,
};

#define WORD CT_WALK_WORD

/* r1 = where "self/fd/7" begins, or something else behind "/proc/" */
static void find_number(struct ct_asm *a)
{
	CT_ASM(a, LOAD32(2, 1, 0), LOAD32(3, 1, 4));
	ct_asm_jump(a, IF_EQ(2, WORD('t', 'h', 'r', 'e')), THREAD);
	ct_asm_jump(a, IF_NE(2, WORD('s', 'e', 'l', 'f')), OTHER);
	ct_asm_jump(a, IF_NE(3, WORD('/', 'f', 'd', '/')), CT_LABEL_FOLLOW);
	CT_ASM(a, ADDI(1, sizeof("self/fd/") - 1));
	ct_asm_jump(a, ALWAYS, NUMBER);
	ct_asm_label(a, THREAD);
	ct_asm_jump(a, IF_NE(3, WORD('a', 'd', '-', 's')), CT_LABEL_NOT_FOUND);
	CT_ASM(a, LOAD32(2, 1, 8), LOAD32(3, 1, 11));
	ct_asm_jump(a, IF_NE(2, WORD('e', 'l', 'f', '/')), CT_LABEL_NOT_FOUND);
	ct_asm_jump(a, IF_NE(3, WORD('/', 'f', 'd', '/')), CT_LABEL_FOLLOW);
	CT_ASM(a, ADDI(1, sizeof("thread-self/fd/") - 1));
	ct_asm_jump(a, ALWAYS, NUMBER);
	/* a file like /proc/kcore is none */
	ct_asm_label(a, OTHER);
	CT_ASM(a, LOAD8(2, 1, 0), ADDI(2, -'0'));
	ct_asm_jump(a, IF_GT(2, 9), CT_LABEL_NOT_FOUND);
	ct_asm_jump(a, ALWAYS, CT_LABEL_FOLLOW);
}

void ct_walk_magic_link(struct ct_asm *a)
{
	CT_ASM(a, LOAD64(1, 8, CT_WALKED(other)), MOV32(1, 1));
	ct_asm_jump(a, IF_GT(1, CT_WALK_END), CT_LABEL_NOT_FOUND);
	CT_ASM(a, ADD(1, 8));
	find_number(a);
	ct_asm_label(a, NUMBER);
	CT_ASM(a, MOVI(4, 0));
	for (short i = 0; i < DIGITS; i++) {
		CT_ASM(a, LOAD8(2, 1, i), ADDI(2, -'0'));
		ct_asm_jump(a, IF_GT(2, 9), IS_NUMBER);
		CT_ASM(a, MULI(4, 10), ADD(4, 2));
	}
	ct_asm_label(a, IS_NUMBER);
	CT_ASM(a, STORE64(8, CT_WALKED(other), 4));
}
