/* SPDX-License-Identifier: MIT */
/* Numbers as comma-separated values (RFC 4180): one line a measure. */
#include "formats.h"

#include "cttrace/errno.h"

#include "escape.h"

#include <math.h>
#include <string.h>

/* Names are bytes of traces. A spreadsheet must not take one for a formula. */
static void add_text(struct ct_strbuf *out, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf safe = CT_STRBUF_INIT;

	ct_escape_terminal(&safe, text, strlen(text), false);
	if (!strpbrk(safe.data, ",\"\r\n=+-@\t")) {
		ct_strbuf_adds(out, safe.data);
		return;
	}
	ct_strbuf_addc(out, '"');
	if (strchr("=+-@\t", *safe.data))
		ct_strbuf_addc(out, '\'');
	for (const char *c = safe.data; *c; c++) {
		if (*c == '"')
			ct_strbuf_addc(out, '"');
		ct_strbuf_addc(out, *c);
	}
	ct_strbuf_addc(out, '"');
}

static void add_number(struct ct_strbuf *out, double value)
{
	ct_strbuf_addc(out, ',');
	if (isfinite(value))
		ct_measure_number(out, value);
	else if (isinf(value))
		ct_strbuf_adds(out, "Inf");
}

/* What every line begins with. */
static void add_names(struct ct_strbuf *out, const struct ct_measure *m)
{
	ct_strbuf_adds(out, ct_measure_kind_name(m->kind));
	ct_strbuf_addc(out, ',');
	add_text(out, m->name);
	ct_strbuf_addf(out, ",%s,%s,%s,%s",
		       m->role == CT_ROLE_UNKNOWN ? "" : ct_role_name(m->role),
		       m->error ? ct_errno_name(m->error) : "", m->benign ? "benign" : "",
		       ct_measure_is_time(m->kind) ? "ns" : "1");
}

static void add_measure(struct ct_strbuf *out, const struct ct_sample *sample,
			const struct ct_measure *m)
{
	struct ct_summary s = ct_summary_of(m);
	double share = ct_sample_share(sample, m);

	add_names(out, m);
	ct_strbuf_addf(out, ",%zu,%zu", m->n_runs, m->n);
	add_number(out, s.min);
	add_number(out, s.median);
	add_number(out, s.p95);
	add_number(out, s.max);
	add_number(out, s.sum);
	add_number(out, share < 0 ? NAN : share);
	ct_strbuf_adds(out, "\r\n");
}

static void add_difference(struct ct_strbuf *out, const struct ct_difference_row *row)
{
	const struct ct_measure *const sets[] = { row->first, row->second };

	add_names(out, ct_row_measure(row));
	for (int i = 0; i < 2; i++) {
		ct_strbuf_addf(out, ",%zu", sets[i] ? sets[i]->n : 0);
		add_number(out, sets[i] ? ct_summary_of(sets[i]).median : NAN);
	}
	add_number(out, row->ratio);
	add_number(out, row->low);
	add_number(out, row->high);
	ct_strbuf_addf(out, ",%s\r\n", ct_difference_name(row->difference));
}

static int write_csv(struct ct_strbuf *out, const struct ct_stats *stats,
		     const struct ct_render_options *options, struct ct_error *err)
{
	(void)options;
	(void)err;
	ct_strbuf_adds(out, "kind,name,role,errno,benign,unit,");
	ct_strbuf_adds(out, stats->second ? "n_a,median_a,n_b,median_b,ratio,low,high,"
					    "difference\r\n"
					  : "runs,n,min,median,p95,max,sum,share\r\n");
	for (size_t i = 0; i < stats->n_rows; i++)
		add_difference(out, &stats->rows[i]);
	for (size_t i = 0; !stats->second && i < stats->first->n_measures; i++)
		add_measure(out, stats->first, &stats->first->measures[i]);
	return 0;
}

const struct ct_stats_format ct_stats_csv = { .name = "csv", .write = write_csv };
