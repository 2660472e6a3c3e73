/* SPDX-License-Identifier: MIT */
/* What a chain of filters answers to every system call of an architecture. */
#ifndef CTTRACE_MODEL_BPF_SURVEY_H
#define CTTRACE_MODEL_BPF_SURVEY_H

#include "explore.h"

/* Filters of one task, in the order in which they were installed; n > 0. */
struct ct_bpf_chain {
	const struct ct_bpf_program *const *programs;
	size_t n;
};

/* What may come out when all of them are asked: the most restrictive answer of each. */
void ct_bpf_chain_answers(const struct ct_bpf_chain *chain,
			  const struct ct_bpf_input *input,
			  struct ct_bpf_scratch *scratch, struct ct_bpf_answers *answers);

/* AUDIT_ARCH_…, and the number as the kernel gives it to filters (x32 has a bit in it).
 */
void ct_bpf_input_call(struct ct_bpf_input *input, enum ct_arch arch, int64_t nr);

/* The result and all its strings are in the arena. `arch`: not CT_ARCH_UNKNOWN. */
const struct ct_seccomp *ct_bpf_survey(struct ct_arena *arena,
				       const struct ct_bpf_chain *chain,
				       enum ct_arch arch, struct ct_bpf_scratch *scratch);

#endif
