/* SPDX-License-Identifier: MIT */
/* What filters can answer to a system call, and which of several answers counts. */
#ifndef CTTRACE_MODEL_BPF_ANSWER_H
#define CTTRACE_MODEL_BPF_ANSWER_H

#include "cttrace/seccomp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CT_BPF_ANSWERS 16

/* A set of return values of filters: SECCOMP_RET_… with its data. */
struct ct_bpf_answers {
	uint32_t values[CT_BPF_ANSWERS];
	size_t n;
	bool open; /* there may be others: too many, or computed from arguments */
};

void ct_bpf_answers_add(struct ct_bpf_answers *answers, uint32_t value);

/*
 * The answers of a chain of filters: `answers` are those of the ones that were installed
 * before, `newer` of one that came later. Any pair can happen.
 */
void ct_bpf_answers_combine(struct ct_bpf_answers *answers,
			    const struct ct_bpf_answers *newer);

/* What one value, or all of a set, means; *error is the errno of CT_VERDICT_ERRNO. */
enum ct_verdict ct_bpf_verdict(uint32_t value, int *error);
enum ct_verdict ct_bpf_answers_verdict(const struct ct_bpf_answers *answers, int *error);

#endif
