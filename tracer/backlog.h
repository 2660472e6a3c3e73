/* SPDX-License-Identifier: MIT */
/* Records of the second eye that wait for their place among those of the first. */
#ifndef CTTRACE_TRACER_BACKLOG_H
#define CTTRACE_TRACER_BACKLOG_H

#include "record.h"

/* Zeroed before use. */
struct ct_backlog {
	char *data; /* records, in the order in which they came */
	size_t len, cap;
	struct ct_backlog_item {
		int64_t t_ns;
		size_t at; /* in data */
	} * items;         /* sorted by time */
	size_t n_items, cap_items;
	size_t next; /* the first item that still waits */
};

void ct_backlog_release(struct ct_backlog *backlog);

/* Takes a copy. Records of the same time stay in order. */
void ct_backlog_add(struct ct_backlog *backlog, const struct ct_record *rec);
/* Takes the earliest one out if it is not later than until_ns, else NULL. Valid until the
 * next one is added. */
const struct ct_record *ct_backlog_next(struct ct_backlog *backlog, int64_t until_ns);

#endif
