/* SPDX-License-Identifier: MIT */
/* What the tables of one set, and of two, share. */
#ifndef CTTRACE_STATS_TEXT_H
#define CTTRACE_STATS_TEXT_H

#include "cttrace/stats.h"

#include "row.h"

struct ct_stats_page {
	struct ct_strbuf *out;
	const struct ct_look *look;
	int verbose;
};

struct ct_stats_column {
	const char *name; /* NULL: the last one was before */
	int end;
};

/* "A: 20 runs of podman run …", and how many of them failed */
void ct_stats_subject(const struct ct_stats_page *page, const char *label,
		      const struct ct_sample *sample);
/* A blank line, and the heads of a table. */
void ct_stats_heading(const struct ct_stats_page *page, const char *title,
		      const struct ct_stats_column *columns);
/* "58.1 ms", "67 µs"; "10.5" of a count */
void ct_stats_value(const struct ct_stats_page *page, struct ct_strbuf *out,
		    enum ct_measure_kind kind, double value);
void ct_stats_name(struct ct_row *row, const struct ct_measure *m, int role_column);

/* Two sets, and how they differ. */
void ct_stats_difference(const struct ct_stats_page *page, const struct ct_stats *stats);

#endif
