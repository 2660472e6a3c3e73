/* SPDX-License-Identifier: MIT */
/* Words in the order of their first appearance, with how often each appeared. */
#ifndef CTTRACE_RENDER_TALLY_H
#define CTTRACE_RENDER_TALLY_H

#include "cttrace/strbuf.h"

#include <stdbool.h>

struct ct_tally {
	struct {
		char *word;
		size_t count;
	} * rows;
	size_t n, cap;
	bool more; /* a trace may hold a million words; not all of them are in it */
};

void ct_tally_add(struct ct_tally *tally, const char *word); /* "" is not counted */
/* "iptables ×24, crun": with `counts`; a trailing … when there were more. */
void ct_tally_print(const struct ct_tally *tally, struct ct_strbuf *out,
		    const char *separator, bool counts);
void ct_tally_release(struct ct_tally *tally);
#define CT_CLEANUP_TALLY __attribute__((cleanup(ct_tally_release)))

#endif
