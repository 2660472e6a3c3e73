/* SPDX-License-Identifier: MIT */
/* Return values of filters, by the kernel's order (kernel/seccomp.c, __seccomp_filter).
 */
#include "answer.h"

#include <linux/seccomp.h>

#define ERRNO_MAX 4095 /* the kernel cuts larger ones down to it */

void ct_bpf_answers_add(struct ct_bpf_answers *answers, uint32_t value)
{
	for (size_t i = 0; i < answers->n; i++)
		if (answers->values[i] == value)
			return;
	if (answers->n < CT_BPF_ANSWERS)
		answers->values[answers->n++] = value;
	else
		answers->open = true;
}

/* The kernel compares actions as signed numbers: that puts KILL_PROCESS below all. */
static int32_t rank(uint32_t value)
{
	return (int32_t)(value & SECCOMP_RET_ACTION_FULL);
}

void ct_bpf_answers_combine(struct ct_bpf_answers *answers,
			    const struct ct_bpf_answers *newer)
{
	struct ct_bpf_answers both = { .open = answers->open || newer->open };

	for (size_t i = 0; i < answers->n; i++)
		for (size_t k = 0; k < newer->n; k++)
			/* the newest filter runs first, and keeps a tie */
			ct_bpf_answers_add(&both, rank(answers->values[i]) <
								  rank(newer->values[k])
							  ? answers->values[i]
							  : newer->values[k]);
	*answers = both;
}

enum ct_verdict ct_bpf_verdict(uint32_t value, int *error)
{
	static const struct {
		uint32_t action;
		enum ct_verdict verdict;
	} actions[] = {
		{ SECCOMP_RET_KILL_PROCESS, CT_VERDICT_KILL_PROCESS },
		{ SECCOMP_RET_KILL_THREAD, CT_VERDICT_KILL_THREAD },
		{ SECCOMP_RET_TRAP, CT_VERDICT_TRAP },
		{ SECCOMP_RET_ERRNO, CT_VERDICT_ERRNO },
		{ SECCOMP_RET_USER_NOTIF, CT_VERDICT_NOTIFY },
		{ SECCOMP_RET_TRACE, CT_VERDICT_TRACE },
		{ SECCOMP_RET_LOG, CT_VERDICT_LOG },
		{ SECCOMP_RET_ALLOW, CT_VERDICT_ALLOW },
	};
	uint32_t data = value & SECCOMP_RET_DATA;

	*error = 0;
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
		if (actions[i].action != (value & SECCOMP_RET_ACTION_FULL))
			continue;
		if (actions[i].verdict == CT_VERDICT_ERRNO)
			*error = (int)(data < ERRNO_MAX ? data : ERRNO_MAX);
		return actions[i].verdict;
	}
	return CT_VERDICT_KILL_PROCESS;
}

enum ct_verdict ct_bpf_answers_verdict(const struct ct_bpf_answers *answers, int *error)
{
	enum ct_verdict verdict = CT_VERDICT_UNDETERMINED;

	*error = 0;
	for (size_t i = 0; i < answers->n && !answers->open; i++) {
		int this_error;
		enum ct_verdict this = ct_bpf_verdict(answers->values[i], &this_error);

		if (i && (this != verdict || this_error != *error)) {
			*error = 0;
			return CT_VERDICT_CONDITIONAL;
		}
		verdict = this;
		*error = this_error;
	}
	return verdict;
}
