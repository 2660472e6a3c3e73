/* SPDX-License-Identifier: MIT */
/* A comparison as lines for people, most important first; the formats only draw them. */
#ifndef CTTRACE_DIFF_TELL_H
#define CTTRACE_DIFF_TELL_H

#include "cttrace/diff.h"

enum line_kind {
	LINE_NAMES,   /* a, b: what the two are called */
	LINE_HEADING, /* name */
	LINE_ROW,     /* name, a, b: side by side */
	LINE_LABEL,   /* name, a: a paragraph with a label */
	LINE_ONLY_A,  /* a: A has it */
	LINE_ONLY_B,  /* a: B has it */
	LINE_CHANGED, /* a: both have it, but not the same */
	LINE_NOTE,    /* a: a paragraph */
};

/* Texts have the bytes of the traces: they must still be escaped. */
struct line {
	enum line_kind kind;
	const char *name, *a, *b; /* "" */
	int indent;               /* levels */
	bool same;                /* a row that is no difference: times */
};

struct telling {
	const struct ct_diff *diff;
	const char *const *names;
	int verbose;
	struct line *lines;
	size_t n_lines, cap_lines;
	struct ct_arena arena;
};

void tell(struct telling *t);
void telling_release(struct telling *t);

/* For the parts of it: texts are copied, NULL is "". */
struct line *tell_line(struct telling *t, enum line_kind kind, const char *name,
		       const char *a, const char *b);

void tell_deviations(struct telling *t); /* where one went wrong */
void tell_aspects(struct telling *t);    /* what is different */
void tell_steps(struct telling *t);      /* what was done differently */

#endif
