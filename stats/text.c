/* SPDX-License-Identifier: MIT */
/* Numbers as tables for a terminal, 80 columns wide. */
#include "text.h"
#include "formats.h"

#include "alloc.h"
#include "label.h"

#include <stdlib.h>
#include <string.h>

enum {
	COL_ROLE = 19,
	COL_N = 36, /* numbers end before their column */
	COL_MIN = 46,
	COL_MEDIAN = 56,
	COL_P95 = 65,
	COL_MAX = 74,
	COL_SHARE = 80,
	CALLS_MAX = 12,    /* names of calls, those that took the longest together */
	FAILURES_MAX = 12, /* those in the most runs */
};

void ct_stats_value(const struct ct_stats_page *page, struct ct_strbuf *out,
		    enum ct_measure_kind kind, double value)
{
	const double ms = 1e6;

	if (ct_measure_is_time(kind) && value < ms - 500)
		ct_strbuf_addf(out, "%.0f %s", value / 1000,
			       page->look->ascii ? "us" : "µs");
	else if (ct_measure_is_time(kind))
		ct_label_duration(out, (int64_t)(value + 0.5));
	else
		ct_strbuf_addf(out, "%.*f", value == (double)(int64_t)value ? 0 : 1,
			       value);
}

void ct_stats_name(struct ct_row *row, const struct ct_measure *m, int role_column)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	if (m->kind == CT_MEASURE_STEP)
		ct_strbuf_addf(&name, "  %d ", m->rank);
	ct_measure_label(&name, m);
	if (m->kind != CT_MEASURE_RUN)
		ct_row_add(row, CT_STYLE_PLAIN, "  ");
	ct_row_addn(row, CT_STYLE_PLAIN, name.data, name.len);
	if (m->kind == CT_MEASURE_PHASE && m->role != CT_ROLE_UNKNOWN) {
		ct_row_seek(row, role_column);
		ct_row_add(row, CT_STYLE_NAME, ct_role_name(m->role));
	}
}

static void add_value(const struct ct_stats_page *page, struct ct_row *row, int column,
		      enum ct_measure_kind kind, double value)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_stats_value(page, &sb, kind, value);
	ct_row_right(row, column, CT_STYLE_PLAIN, sb.data);
}

static void measure_line(const struct ct_stats_page *page, const struct ct_sample *sample,
			 const struct ct_measure *m)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	struct ct_summary s = ct_summary_of(m);
	double share = ct_sample_share(sample, m);

	ct_stats_name(&row, m, COL_ROLE);
	ct_strbuf_addf(&sb, "%zu", m->n);
	ct_row_right(&row, COL_N, CT_STYLE_PLAIN, sb.data);
	add_value(page, &row, COL_MIN, m->kind, s.min);
	add_value(page, &row, COL_MEDIAN, m->kind, s.median);
	add_value(page, &row, COL_P95, m->kind, s.p95);
	add_value(page, &row, COL_MAX, m->kind, s.max);
	if (share >= 0) {
		ct_strbuf_reset(&sb);
		ct_strbuf_addf(&sb, "%.*f %%", share < 0.0995 ? 1 : 0, share * 100);
		ct_row_right(&row, COL_SHARE, CT_STYLE_DIM, sb.data);
	}
	ct_row_end(&row, page->out);
}

void ct_stats_heading(const struct ct_stats_page *page, const char *title,
		      const struct ct_stats_column *columns)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

	ct_row_end(&row, page->out);
	ct_row_add(&row, CT_STYLE_TITLE, title);
	for (; columns->name; columns++)
		ct_row_right(&row, columns->end, CT_STYLE_DIM, columns->name);
	ct_row_end(&row, page->out);
}

static const struct ct_stats_column columns[] = {
	{ "n", COL_N },     { "min", COL_MIN }, { "median", COL_MEDIAN },
	{ "p95", COL_P95 }, { "max", COL_MAX }, { "share", COL_SHARE },
	{ NULL, 0 },
};

/* All measures of a kind, below a heading. */
static void table(const struct ct_stats_page *page, const struct ct_sample *sample,
		  enum ct_measure_kind kind, const char *title)
{
	bool any = false;

	for (size_t i = 0; i < sample->n_measures; i++) {
		if (sample->measures[i].kind != kind)
			continue;
		if (!any && title)
			ct_stats_heading(page, title, columns);
		any = true;
		measure_line(page, sample, &sample->measures[i]);
	}
}

/* -------- what is too much to be told in full -------- */

static double sum_of(const struct ct_measure *m)
{
	return ct_summary_of(m).sum;
}

/* Those in the most runs first, and of them the most frequent. */
static double spread_of(const struct ct_measure *m)
{
	return (double)m->n_runs * 1e9 + sum_of(m);
}

struct ranked {
	const struct ct_measure *measure;
	double weight;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->measure > y->measure) - (x->measure < y->measure);
}

/* The measures of a kind, the heaviest first; how many. Freed by free(). */
static struct ranked *rank(const struct ct_sample *sample, enum ct_measure_kind kind,
			   double (*weight)(const struct ct_measure *m), size_t *n)
{
	struct ranked *all = ct_alloc((sample->n_measures + 1) * sizeof(*all));

	*n = 0;
	for (size_t i = 0; i < sample->n_measures; i++)
		if (sample->measures[i].kind == kind)
			all[(*n)++] = (struct ranked){ &sample->measures[i],
						       weight(&sample->measures[i]) };
	qsort(all, *n, sizeof(*all), compare_ranked);
	return all;
}

static void more_line(const struct ct_stats_page *page, size_t n)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

	ct_row_addf(&row, CT_STYLE_DIM, "  … and %zu more (-v lists them)", n);
	ct_row_end(&row, page->out);
}

static void benign_line(const struct ct_stats_page *page, size_t n)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

	ct_row_end(&row, page->out);
	ct_row_addf(&row, CT_STYLE_DIM,
		    "%zu kinds of failures are as in starts that work (-v lists them)",
		    n);
	ct_row_end(&row, page->out);
}

static void call_table(const struct ct_stats_page *page, const struct ct_sample *sample)
{
	size_t n, shown;
	struct ranked *all = rank(sample, CT_MEASURE_CALL, sum_of, &n);

	shown = page->verbose || n < CALLS_MAX ? n : CALLS_MAX;
	if (n)
		ct_stats_heading(page, "time in calls, each call", columns);
	for (size_t i = 0; i < shown; i++)
		measure_line(page, sample, all[i].measure);
	if (shown < n)
		more_line(page, n - shown);
	free(all);
}

static void failure_line(const struct ct_stats_page *page, const struct ct_sample *sample,
			 const struct ct_measure *m)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_stats_name(&row, m, COL_ROLE);
	ct_strbuf_addf(&sb, "%zu of %zu", m->n_runs, sample->n_runs);
	ct_row_right(&row, COL_N, CT_STYLE_PLAIN, sb.data);
	add_value(page, &row, COL_MIN, CT_MEASURE_FAILURE, sum_of(m));
	if (m->benign)
		ct_row_add(&row, CT_STYLE_DIM, "  as in starts that work");
	ct_row_end(&row, page->out);
}

static void failure_table(const struct ct_stats_page *page,
			  const struct ct_sample *sample)
{
	static const struct ct_stats_column heads[] = { { "in runs", COL_N },
							{ "times", COL_MIN },
							{ NULL, 0 } };
	size_t n, shown = 0, benign = 0;
	struct ranked *all = rank(sample, CT_MEASURE_FAILURE, spread_of, &n);

	for (size_t i = 0; i < n; i++) {
		if (all[i].measure->benign && !page->verbose) {
			benign++;
			continue;
		}
		if (shown++ == 0)
			ct_stats_heading(page, "calls that failed", heads);
		if (shown <= FAILURES_MAX || page->verbose)
			failure_line(page, sample, all[i].measure);
	}
	if (shown > FAILURES_MAX && !page->verbose)
		more_line(page, shown - FAILURES_MAX);
	if (benign)
		benign_line(page, benign);
	free(all);
}

static void slowest_table(const struct ct_stats_page *page,
			  const struct ct_sample *sample)
{
	enum { DURATION = 11, WHO = 13, INDENT = 13 };
	static const struct ct_stats_column none[] = { { NULL, 0 } };

	if (sample->n_slowest)
		ct_stats_heading(page, "the slowest calls", none);
	for (size_t i = 0; i < sample->n_slowest; i++) {
		const struct ct_slow_call *call = &sample->slowest[i];
		CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);

		add_value(page, &row, DURATION, CT_MEASURE_CALL, (double)call->dur_ns);
		ct_row_seek(&row, WHO);
		ct_row_addf(&row, CT_STYLE_NAME, "%s   ", call->process);
		ct_row_add(&row, CT_STYLE_PLAIN, call->call);
		ct_row_end(&row, page->out);
		if (sample->n_runs < 2)
			continue;
		ct_row_seek(&row, INDENT);
		ct_row_addf(&row, CT_STYLE_DIM, "in %s", call->trace);
		ct_row_end(&row, page->out);
	}
}

void ct_stats_subject(const struct ct_stats_page *page, const char *label,
		      const struct ct_sample *sample)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(page->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (sample->n_bad)
		ct_strbuf_addf(&sb, "%zu failed", sample->n_bad);
	if (sample->n_cut)
		ct_strbuf_addf(&sb, "%s%zu cut off", sb.len ? ", " : "", sample->n_cut);
	ct_row_addf(&row, CT_STYLE_TITLE, "%s%zu run%s of %s", label, sample->n_runs,
		    sample->n_runs == 1 ? "" : "s",
		    sample->mixed ? "several commands" : sample->command);
	if (row.cells + ct_row_cells(&row, sb.data) + 1 > page->look->width)
		ct_row_cut(&row, page->look->width - (int)sb.len - 2);
	ct_row_right(&row, page->look->width, CT_STYLE_BAD, sb.data);
	ct_row_end(&row, page->out);
}

static void one_set(const struct ct_stats_page *page, const struct ct_sample *sample)
{
	ct_stats_subject(page, "", sample);
	ct_stats_heading(page, "phase", columns);
	table(page, sample, CT_MEASURE_RUN, NULL);
	table(page, sample, CT_MEASURE_PHASE, NULL);
	table(page, sample, CT_MEASURE_STEP, "step of the runtime");
	table(page, sample, CT_MEASURE_ROLE, "role, while one lived");
	table(page, sample, CT_MEASURE_COUNT, "how many");
	call_table(page, sample);
	slowest_table(page, sample);
	failure_table(page, sample);
}

static int write_text(struct ct_strbuf *out, const struct ct_stats *stats,
		      const struct ct_render_options *options, struct ct_error *err)
{
	struct ct_look look = ct_look_of(options);
	struct ct_stats_page page = { .out = out,
				      .look = &look,
				      .verbose = options->verbose };

	(void)err;
	if (stats->second)
		ct_stats_difference(&page, stats);
	else
		one_set(&page, stats->first);
	return 0;
}

const struct ct_stats_format ct_stats_text = { .name = "text", .write = write_text };
