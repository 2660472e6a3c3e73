/* SPDX-License-Identifier: MIT */
/* Two sets of runs side by side, for a terminal. */
#include "formats.h"
#include "text.h"

#include <math.h>

enum {
	COL_ROLE = 19,
	COL_FIRST = 39, /* numbers end before their column */
	COL_SECOND = 49,
	COL_RATIO = 56,
	COL_INTERVAL = 58,
	COL_DIFFERENCE = 70,
	FAILURES_MAX = 12,
};

static void add_median(const struct ct_stats_page *page, struct ct_row *row, int column,
		       const struct ct_measure *m)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (m)
		ct_stats_value(page, &sb, m->kind, ct_summary_of(m).median);
	ct_row_right(row, column, CT_STYLE_PLAIN, m ? sb.data : "-");
}

/* What it means: of a time, who is quicker. */
static const char *word_of(const struct ct_difference_row *row, enum ct_style *style)
{
	bool time = ct_measure_is_time(ct_row_measure(row)->kind);

	*style = CT_STYLE_PLAIN;
	switch (row->difference) {
	case CT_DIFFERENCE_MORE:
		*style = CT_STYLE_BAD;
		return time ? "slower" : "more";
	case CT_DIFFERENCE_LESS:
		*style = CT_STYLE_GOOD;
		return time ? "faster" : "fewer";
	case CT_DIFFERENCE_TOO_FEW:
		*style = CT_STYLE_DIM;
		return row->first && row->second ? "too few"
		       : row->first              ? "A only"
						 : "B only";
	case CT_DIFFERENCE_NONE:
	case CT_DIFFERENCES:
		break;
	}
	*style = CT_STYLE_DIM;
	return "none shown";
}

static void difference_line(const struct ct_stats_page *page,
			    const struct ct_difference_row *d)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	enum ct_style style;
	const char *word = word_of(d, &style);

	ct_stats_name(&row, ct_row_measure(d), COL_ROLE);
	add_median(page, &row, COL_FIRST, d->first);
	add_median(page, &row, COL_SECOND, d->second);
	if (isfinite(d->ratio)) {
		ct_strbuf_addf(&sb, "%.2f", d->ratio);
		ct_row_right(&row, COL_RATIO, CT_STYLE_PLAIN, sb.data);
	}
	if (isfinite(d->low) && isfinite(d->high)) {
		ct_row_seek(&row, COL_INTERVAL);
		ct_row_addf(&row, CT_STYLE_PLAIN, "%.*f-%.*f", d->low < 10 ? 2 : 1,
			    d->low, d->high < 10 ? 2 : 1, d->high);
	}
	ct_row_seek(&row, COL_DIFFERENCE);
	ct_row_add(&row, style, word);
	ct_row_end(&row, page->out);
}

static void heading(const struct ct_stats_page *page, const char *title)
{
	static const struct ct_stats_column columns[] = {
		{ "median A", COL_FIRST },
		{ "B", COL_SECOND },
		{ "B/A", COL_RATIO },
		{ "95 %", COL_INTERVAL + 4 },
		{ "difference", COL_DIFFERENCE + 10 },
		{ NULL, 0 },
	};

	ct_stats_heading(page, title, columns);
}

static void rows_of(const struct ct_stats_page *page, const struct ct_stats *stats,
		    enum ct_measure_kind kind, const char *title)
{
	bool any = false;

	for (size_t i = 0; i < stats->n_rows; i++) {
		if (ct_row_measure(&stats->rows[i])->kind != kind)
			continue;
		if (!any && title)
			heading(page, title);
		any = true;
		difference_line(page, &stats->rows[i]);
	}
}

/* -------- failures: how many runs have them -------- */

static void failure_line(const struct ct_stats_page *page, const struct ct_stats *stats,
			 const struct ct_measure *a, const struct ct_measure *b)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_stats_name(&row, a ? a : b, COL_ROLE);
	ct_strbuf_addf(&sb, "%zu of %zu", a ? a->n_runs : 0, stats->first->n_runs);
	ct_row_right(&row, COL_FIRST, CT_STYLE_PLAIN, sb.data);
	ct_strbuf_reset(&sb);
	ct_strbuf_addf(&sb, "%zu of %zu", b ? b->n_runs : 0, stats->second->n_runs);
	ct_row_right(&row, COL_SECOND, CT_STYLE_PLAIN, sb.data);
	ct_row_end(&row, page->out);
}

/* Is it in every run of one set, and in none of the other? */
static bool tells_apart(const struct ct_stats *stats, const struct ct_measure *a,
			const struct ct_measure *b)
{
	return (!b && a->n_runs == stats->first->n_runs) ||
	       (!a && b->n_runs == stats->second->n_runs);
}

static void failures(const struct ct_stats_page *page, const struct ct_stats *stats)
{
	static const struct ct_stats_column columns[] = { { "in runs of A", COL_FIRST },
							  { "of B", COL_SECOND },
							  { NULL, 0 } };
	const struct ct_sample *const sets[] = { stats->first, stats->second };
	size_t n = 0;

	for (int s = 0; s < 2; s++)
		for (size_t i = 0; i < sets[s]->n_measures; i++) {
			const struct ct_measure *m = &sets[s]->measures[i];
			const struct ct_measure *a = s ? NULL : m, *b = s ? m : NULL;

			if (m->kind != CT_MEASURE_FAILURE ||
			    ct_sample_find(sets[!s], m) || !tells_apart(stats, a, b) ||
			    (n++ >= FAILURES_MAX && !page->verbose))
				continue;
			if (n == 1)
				ct_stats_heading(page, "failed in one set only", columns);
			failure_line(page, stats, a, b);
		}
	if (n > FAILURES_MAX && !page->verbose) {
		CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

		ct_row_addf(&row, CT_STYLE_DIM, "  … and %zu more (-v lists them)",
			    n - FAILURES_MAX);
		ct_row_end(&row, page->out);
	}
}

static void remark(const struct ct_stats_page *page, const struct ct_stats *stats)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	size_t tested = 0;

	for (size_t i = 0; i < stats->n_rows; i++)
		tested += stats->rows[i].difference != CT_DIFFERENCE_TOO_FEW;
	ct_row_end(&row, page->out);
	if (tested)
		ct_strbuf_addf(
			&sb,
			"none shown: the interval holds 1. Of %zu lines, about %.0f "
			"would show a difference by chance alone.",
			tested, ceil((double)tested / 20));
	if (tested < stats->n_rows)
		ct_strbuf_addf(
			&sb,
			"%stoo few: with fewer than %d runs of a set, nothing can be "
			"said at 95 %%.",
			sb.len ? " " : "", CT_COMPARE_RUNS);
	ct_row_wrap(&row, 0, CT_STYLE_DIM, sb.data, page->out);
}

void ct_stats_difference(const struct ct_stats_page *page, const struct ct_stats *stats)
{
	ct_stats_subject(page, "A: ", stats->first);
	ct_stats_subject(page, "B: ", stats->second);
	heading(page, "phase");
	rows_of(page, stats, CT_MEASURE_RUN, NULL);
	rows_of(page, stats, CT_MEASURE_PHASE, NULL);
	rows_of(page, stats, CT_MEASURE_STEP, "step of the runtime");
	rows_of(page, stats, CT_MEASURE_ROLE, "role, while one lived");
	rows_of(page, stats, CT_MEASURE_COUNT, "how many");
	failures(page, stats);
	remark(page, stats);
}
