/* SPDX-License-Identifier: MIT */
/* Numbers for programs: docs/stats.md and docs/stats.schema.json. */
#include "formats.h"

#include "cttrace/errno.h"

#include "report.h"
#include "stream.h"

#include <math.h>

static void put_number(struct ct_json_out *out, const char *key, double value)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (isfinite(value))
		ct_measure_number(&sb, value);
	else
		ct_strbuf_adds(&sb, "null");
	ct_json_out_key(out, key);
	ct_json_out_word(out, sb.data);
}

static void put_text(struct ct_json_out *out, const char *key, const char *text)
{
	ct_json_out_key(out, key);
	ct_report_put_known(out, text);
}

static void put_names(struct ct_json_out *out, const struct ct_measure *m)
{
	put_text(out, "kind", ct_measure_kind_name(m->kind));
	put_text(out, "name", m->name);
	put_text(out, "role", m->role == CT_ROLE_UNKNOWN ? NULL : ct_role_name(m->role));
	put_text(out, "errno", m->error ? ct_errno_name(m->error) : NULL);
	ct_json_out_key(out, "benign");
	ct_json_out_word(out, m->benign ? "true" : "false");
	put_text(out, "unit", ct_measure_is_time(m->kind) ? "ns" : "1");
}

static void put_measure(struct ct_json_out *out, const struct ct_sample *sample,
			const struct ct_measure *m)
{
	struct ct_summary s = ct_summary_of(m);
	double share = ct_sample_share(sample, m);

	ct_json_out_open(out, '{');
	put_names(out, m);
	put_number(out, "runs", (double)m->n_runs);
	put_number(out, "n", (double)m->n);
	put_number(out, "min", s.min);
	put_number(out, "median", s.median);
	put_number(out, "p95", s.p95);
	put_number(out, "max", s.max);
	put_number(out, "sum", s.sum);
	put_number(out, "share", share < 0 ? NAN : share);
	ct_json_out_close(out, '}');
}

static void put_slow_call(struct ct_json_out *out, const struct ct_slow_call *call)
{
	ct_json_out_open(out, '{');
	put_number(out, "dur_ns", (double)call->dur_ns);
	put_text(out, "trace", call->trace);
	put_number(out, "t_ns", (double)call->t_ns);
	put_text(out, "process", call->process);
	put_text(out, "role", ct_role_name(call->role));
	put_text(out, "call", call->call);
	ct_json_out_close(out, '}');
}

static void add_set(struct ct_stream *stream, const struct ct_sample *sample)
{
	ct_stream_open_item(stream, '{');
	ct_stream_member(stream, "runs", json_integer((json_int_t)sample->n_runs));
	ct_stream_member(stream, "bad", json_integer((json_int_t)sample->n_bad));
	ct_stream_member(stream, "cut", json_integer((json_int_t)sample->n_cut));
	ct_stream_member(stream, "command",
			 sample->mixed ? json_null() : ct_report_known(sample->command));
	ct_stream_open(stream, "measures", '[');
	for (size_t i = 0; i < sample->n_measures; i++)
		put_measure(ct_stream_begin_item(stream), sample, &sample->measures[i]);
	ct_stream_close(stream, ']');
	ct_stream_open(stream, "slowest", '[');
	for (size_t i = 0; i < sample->n_slowest; i++)
		put_slow_call(ct_stream_begin_item(stream), &sample->slowest[i]);
	ct_stream_close(stream, ']');
	ct_stream_close(stream, '}');
}

static void put_row(struct ct_json_out *out, const struct ct_difference_row *row)
{
	const struct ct_measure *const sets[] = { row->first, row->second };
	static const char *const names[] = { "a", "b" };

	ct_json_out_open(out, '{');
	put_names(out, ct_row_measure(row));
	for (int i = 0; i < 2; i++) {
		ct_json_out_key(out, names[i]);
		ct_json_out_open(out, '{');
		put_number(out, "n", sets[i] ? (double)sets[i]->n : 0);
		put_number(out, "median", sets[i] ? ct_summary_of(sets[i]).median : NAN);
		ct_json_out_close(out, '}');
	}
	put_number(out, "ratio", row->ratio);
	put_number(out, "low", row->low);
	put_number(out, "high", row->high);
	put_text(out, "difference", ct_difference_name(row->difference));
	ct_json_out_close(out, '}');
}

static void add_comparison(struct ct_stream *stream, const struct ct_stats *stats)
{
	ct_stream_open(stream, "comparison", '{');
	ct_stream_member(stream, "confidence_percent", json_integer(95));
	ct_stream_member(stream, "resamples", json_integer(CT_COMPARE_RESAMPLES));
	ct_stream_member(stream, "seed", json_integer(CT_COMPARE_SEED));
	ct_stream_member(stream, "runs_needed", json_integer(CT_COMPARE_RUNS));
	ct_stream_open(stream, "rows", '[');
	for (size_t i = 0; i < stats->n_rows; i++)
		put_row(ct_stream_begin_item(stream), &stats->rows[i]);
	ct_stream_close(stream, ']');
	ct_stream_close(stream, '}');
}

static int write_json(struct ct_strbuf *out, const struct ct_stats *stats,
		      const struct ct_render_options *options, struct ct_error *err)
{
	struct ct_stream stream = ct_stream_begin(out, options);

	ct_stream_member(&stream, "schema", json_string("cttrace-stats/1"));
	ct_stream_open(&stream, "sets", '[');
	add_set(&stream, stats->first);
	if (stats->second)
		add_set(&stream, stats->second);
	ct_stream_close(&stream, ']');
	if (stats->second)
		add_comparison(&stream, stats);
	return ct_stream_end(&stream, err);
}

const struct ct_stats_format ct_stats_json = { .name = "json", .write = write_json };
