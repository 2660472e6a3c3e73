/* SPDX-License-Identifier: MIT */
/*
 * Texts of a trace without what changes from run to run: pids, container ids, inode
 * numbers, temporary names, times. Only for comparing: what is shown is the text itself.
 */
#ifndef CTTRACE_DIFF_NORMAL_H
#define CTTRACE_DIFF_NORMAL_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

struct normal {
	int32_t *pids; /* of the trace, ascending */
	size_t n_pids;
	const char **ids; /* of its containers */
	size_t n_ids;
};

void normal_init(struct normal *n, const struct ct_model *model, struct ct_arena *arena);

enum normal_kind {
	NORMAL_TEXT, /* numbers in it may mean something */
	NORMAL_PATH, /* so do names only */
};

void normal_add(struct ct_strbuf *out, const struct normal *n, enum normal_kind kind,
		const char *bytes, size_t len);

/* Has a person chosen this id of a container? */
bool normal_is_name(const char *id);

uint64_t normal_hash(const char *bytes, size_t len);

#endif
