/* SPDX-License-Identifier: MIT */
/* --filter */
#ifndef CTTRACE_CLI_FILTER_H
#define CTTRACE_CLI_FILTER_H

#include "cttrace/query.h"
#include "options.h"

/*
 * The expression of --filter into *query; NULL without one. An expression that is wrong
 * is shown on stderr, with a caret below the place: -EINVAL.
 */
int filter_read(const struct options *options, struct ct_query **query);

static inline void filter_release(struct ct_query **query)
{
	ct_query_free(*query);
}

#define CLEANUP_FILTER __attribute__((cleanup(filter_release)))

#endif
