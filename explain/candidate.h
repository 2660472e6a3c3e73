/* SPDX-License-Identifier: MIT */
/* Which failed call does a message speak of? Scores by independent pieces of evidence. */
#ifndef CTTRACE_EXPLAIN_CANDIDATE_H
#define CTTRACE_EXPLAIN_CANDIDATE_H

#include "cttrace/explain.h"
#include "message.h"

/* A pair of a message and a call that agree. */
struct pair {
	const struct message *message; /* NULL: nobody said anything */
	size_t fact;
	int process;
	int points;
	unsigned int agree; /* 1 << enum evidence */
};

enum evidence {
	EVIDENCE_ERRNO, /* the message names its errno */
	EVIDENCE_NAME,  /* … a path or another argument of it */
	EVIDENCE_VERB,  /* … the call, in some words */
	EVIDENCE_TASK,  /* the same process wrote it */
	EVIDENCE_TIME,  /* it is the last that failed before */
	EVIDENCE_END,   /* its process then ended with an error */
	EVIDENCES,
};

/* The message speaks of this call, and not only of an error. */
#define EVIDENCE_SUBJECT (1u << EVIDENCE_NAME | 1u << EVIDENCE_VERB)

#define CANDIDATE_MIN 52 /* less than an errno and something else is a coincidence */

struct pairs {
	struct pair *items; /* best first, one for each call; the caller's to free */
	size_t n, cap;
};

/* Of those who start a container; or of the program in it, of which nobody else speaks.
 */
struct pairs pairs_of(const struct ct_model *model, const struct messages *messages,
		      bool payload);

/* evidence.c: "the errno, a name, the process" */
const char *evidence_words(unsigned int agree, struct ct_arena *arena);
enum ct_sure evidence_sure(const struct pairs *pairs, size_t index);

#endif
