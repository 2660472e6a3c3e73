/* SPDX-License-Identifier: MIT */
/*
 * Who is drawn in a diagram: processes that did something, repeated helpers as one, and
 * no more of them than a person can read.
 */
#ifndef CTTRACE_RENDER_CAST_H
#define CTTRACE_RENDER_CAST_H

#include "family.h"

#include "cttrace/strbuf.h"

struct ct_cast {
	struct ct_member *members; /* one per process of the model */
	size_t n;                  /* how many are drawn */
	size_t left_out;           /* how many only helped, and are counted instead */
	size_t cut;                /* how many began too late to have a place */
	size_t end;                /* the first of those: nobody stands in for it */
};

/* At most `max` are drawn where leaving out helpers is enough for that. */
void ct_cast_init(struct ct_cast *cast, const struct ct_model *model, int verbose,
		  size_t max);
void ct_cast_release(struct ct_cast *cast);
/* At most `most` are drawn, the first ones: for pictures whose layout takes too long. */
void ct_cast_cut(struct ct_cast *cast, const struct ct_model *model, size_t most);
/* "12 helpers are not drawn", after a separator; nothing if all are. */
void ct_cast_note(struct ct_strbuf *out, const struct ct_cast *cast,
		  const char *separator);
/* Has the process a place of its own? */
bool ct_cast_has(const struct ct_cast *cast, int process);

#endif
