/* SPDX-License-Identifier: MIT */
/* The same errno has many causes: one row for each errno of which more is to be known. */
#include "failure.h"

#include <errno.h>
#include <stdbool.h>

static const struct {
	int error;
	unsigned int ask;
	bool key_calls; /* only of a call that builds containers: this errno is common */
} rows[] = {
	{ EPERM, CT_ASK_RIGHTS | CT_ASK_MOUNTS | CT_ASK_LIMITS, false },
	{ EACCES, CT_ASK_RIGHTS | CT_ASK_MOUNTS, false },
	{ EROFS, CT_ASK_MOUNTS, false },
	{ EXDEV, CT_ASK_MOUNTS, false },
	{ ENOSPC, CT_ASK_MOUNTS | CT_ASK_RIGHTS, false },
	{ EDQUOT, CT_ASK_MOUNTS | CT_ASK_RIGHTS, false },
	{ EINVAL, CT_ASK_MOUNTS | CT_ASK_LIMITS, true },
	{ EBUSY, CT_ASK_MOUNTS, true },
	{ EAGAIN, CT_ASK_RIGHTS | CT_ASK_LIMITS, true },
	{ ENOMEM, CT_ASK_RIGHTS | CT_ASK_LIMITS, false },
	{ EMFILE, CT_ASK_LIMITS, false },
	{ ENFILE, CT_ASK_LIMITS, false },
	{ EOVERFLOW, CT_ASK_RIGHTS, false },
};

/* Programs search for files, ask what a descriptor is, and for each capability whether
 * there is one (prctl). */
static const int questions[] = { ENOENT, EEXIST, ENOTTY, EINVAL, ENOTDIR };

static void add_bit(uint64_t bits[2], int number)
{
	bits[number / 64] |= UINT64_C(1) << number % 64;
}

/*
 * Some hundred stacks a start, each with the symbols of another library, and nobody would
 * look at one of them. With a filter that is none, seccomp is asked whether it knows a
 * flag.
 */
void ct_failure_questions(const struct ct_plan *plan, uint64_t errors[2])
{
	errors[0] = errors[1] = 0;
	if (plan->when == CT_WHEN_SECCOMP)
		add_bit(errors, EFAULT);
	if (plan->when != CT_WHEN_FULL && plan->when != CT_WHEN_PRCTL)
		return;
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		add_bit(errors, questions[i]);
}

static bool is_question(const struct ct_plan *plan, int error)
{
	uint64_t errors[2];

	ct_failure_questions(plan, errors);
	return error > 0 && error < 128 && (errors[error / 64] >> error % 64 & 1);
}

unsigned int ct_failure_asks(const struct ct_plan *plan, int error)
{
	unsigned int ask = 0;

	if (is_question(plan, error))
		return 0;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].error == error &&
		    (!rows[i].key_calls || plan->when != CT_WHEN_FULL))
			ask = rows[i].ask;
	if (plan->when == CT_WHEN_PRCTL)
		ask = ask ? CT_ASK_STATUS : 0;
	return ask | CT_ASK_STACK;
}
