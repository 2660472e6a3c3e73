/* SPDX-License-Identifier: MIT */
/* File names made absolute, from what was known while the task was stopped. */
#ifndef CTTRACE_DECODE_RESOLVE_H
#define CTTRACE_DECODE_RESOLVE_H

#include "span.h"

struct ct_name_parts {
	struct ct_span path; /* as the task wrote it */
	struct ct_span dir;  /* where a relative one starts; empty: not known */
	struct ct_span
		target; /* where the magic link in it points; empty: there is none */
};

/*
 * The absolute name, "." and ".." and "//" removed by the text alone. A magic link of
 * /proc at its beginning (/proc/self/fd/7, …/ns/net, …/cwd, …/root, …/exe) is replaced by
 * where it points, which may be no path at all: "net:[4026531840]". An empty path is the
 * directory. NULL: a relative path whose directory is not known.
 */
char *ct_resolve(const struct ct_name_parts *parts, struct ct_arena *arena);

#endif
