/* SPDX-License-Identifier: MIT */
/* What a system call means: a row for each. */
#ifndef CTTRACE_MODEL_RULE_H
#define CTTRACE_MODEL_RULE_H

#include "state.h"

struct rule {
	const char *name; /* of the call; a pattern, for files */
	int64_t number;   /* option, for prctl */
	unsigned int tags;
	enum ct_step step;
	void (*apply)(struct feed *f);        /* after success; NULL: nothing to learn */
	void (*apply_failed)(struct feed *f); /* after failure; NULL */
	/* the arguments decide: another row, or NULL when the call means nothing */
	const struct rule *(*refine)(const struct feed *f);
};

/* The row that applies to the event's call, or NULL. */
const struct rule *rule_find(const struct feed *f);
/* All rows, sorted by name, for the test that they are. */
const struct rule *rule_table(size_t *n);

#endif
