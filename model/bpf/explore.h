/* SPDX-License-Identifier: MIT */
/* Runs a program on a system call of which only some things are known. */
#ifndef CTTRACE_MODEL_BPF_EXPLORE_H
#define CTTRACE_MODEL_BPF_EXPLORE_H

#include "answer.h"
#include "program.h"
#include "range.h"

#include <linux/seccomp.h>

#define CT_BPF_WORDS (sizeof(struct seccomp_data) / sizeof(uint32_t))

/* struct seccomp_data as the words that programs load. */
struct ct_bpf_input {
	struct ct_range words[CT_BPF_WORDS];
};

/* Nothing is known but the number and AUDIT_ARCH_…. */
void ct_bpf_input_init(struct ct_bpf_input *input, uint32_t nr, uint32_t arch);
/* The lower or the upper half of argument 0 … 5 is known. */
void ct_bpf_input_low(struct ct_bpf_input *input, size_t arg, uint32_t value);
void ct_bpf_input_high(struct ct_bpf_input *input, size_t arg, uint32_t value);

/* Working memory, to be used for many runs. */
struct ct_bpf_scratch *ct_bpf_scratch_new(void);
void ct_bpf_scratch_free(struct ct_bpf_scratch *scratch);

/*
 * Every value that the program returns for some call like the input is in *answers (or
 * they are open). The work is linear in the program's length: where ways meet, what is
 * known on all of them goes on, so a value that no call gets may be in *answers as well.
 */
void ct_bpf_explore(const struct ct_bpf_program *program,
		    const struct ct_bpf_input *input, struct ct_bpf_scratch *scratch,
		    struct ct_bpf_answers *answers);

#endif
