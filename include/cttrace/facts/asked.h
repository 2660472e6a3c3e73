/* SPDX-License-Identifier: MIT */
/* What a bundle's config.json asks for, beside what came of it. */
#ifndef CTTRACE_FACTS_ASKED_H
#define CTTRACE_FACTS_ASKED_H

#include <stdbool.h>

/* Something that the bundle's config.json says, and what came of it. */
enum ct_match {
	CT_MATCH_SAME,
	CT_MATCH_DIFFERS,
	CT_MATCH_NOT_SEEN,  /* the trace does not tell */
	CT_MATCH_NOT_ASKED, /* nothing was asked for; `done` is what there is */
};
const char *ct_match_name(enum ct_match match); /* "same", "differs", … */

struct ct_asked {
	const char *aspect; /* "namespace", "mount", "rlimit" */
	const char *name;   /* "pid", "/proc", "RLIMIT_NOFILE"; "" */
	const char *asked;  /* "new", "proc nosuid,nodev"; "" when nothing was */
	const char *done;   /* "private", "refused: EPERM"; "" when nothing was seen */
	const char *said;   /* of a hook: the first line of what it printed; "" */
	enum ct_match match;
	bool refused; /* somebody tried, and it failed */
	long event;   /* index into facts[]; -1 */
};

#endif
