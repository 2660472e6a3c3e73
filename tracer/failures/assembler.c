/* SPDX-License-Identifier: MIT */
/* Putting BPF instructions together. */
#include "assembler.h"

#include <assert.h>
#include <string.h>

void ct_asm_add(struct ct_asm *a, const struct bpf_insn *insns, size_t n)
{
	assert(a->n + n <= CT_ASM_MAX);
	memcpy(a->insns + a->n, insns, n * sizeof(*insns));
	a->n += n;
}

void ct_asm_label(struct ct_asm *a, unsigned int label)
{
	assert(label < CT_ASM_LABELS);
	a->label[label] = a->n;
}

void ct_asm_jump(struct ct_asm *a, struct bpf_insn insn, unsigned int label)
{
	a->jump[a->n_jumps].at = a->n;
	a->jump[a->n_jumps++].label = label;
	ct_asm_add(a, &insn, 1);
}

void ct_asm_link(struct ct_asm *a)
{
	for (size_t i = 0; i < a->n_jumps; i++) {
		size_t at = a->jump[i].at;

		/* a jump counts from the instruction after it */
		a->insns[at].off = (short)(a->label[a->jump[i].label] - at - 1);
	}
}
