/* SPDX-License-Identifier: MIT */
/*
 * Recorded starts as tables: tests/golden/stats/NAME.FORMAT. With CT_UPDATE_GOLDENS set
 * they are written instead: read the difference before you commit it.
 */
#include "cttrace/stats.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#define GOLDEN CT_SOURCE_DIR "/tests/golden/stats/"
#define TRACES CT_SOURCE_DIR "/tests/golden/explain/"

static struct ct_sample *sample_of(const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct ct_error err = { 0 };
	struct ct_sample *sample;
	struct ct_trace *trace;
	struct ct_model *model;

	ct_strbuf_addf(&path, TRACES "%s.jsonl", name);
	trace = ct_trace_open(path.data, &err);
	CHECK_STR(err.text, "");
	model = ct_model_of_trace(trace);
	sample = ct_sample_of_run(model, name);
	ct_model_free(model);
	ct_trace_free(trace);
	return sample;
}

static void check(const struct ct_stats *stats, const char *name)
{
	static const struct ct_render_options look = { .width = 80 };

	for (int i = 0; ct_stats_formats[i]; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf want = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
		bool update = getenv("CT_UPDATE_GOLDENS");
		char buffer[4096];
		FILE *file;

		CHECK_INT(ct_stats_formats[i]->write(&got, stats, &look, NULL), 0);
		ct_strbuf_addf(&path, GOLDEN "%s.%s", name, ct_stats_formats[i]->name);
		file = fopen(path.data, update ? "w" : "r");
		if (!file)
			test_fail(__FILE__, __LINE__, "cannot open %s", path.data);
		if (update)
			fwrite(got.data, 1, got.len, file);
		for (size_t n; !update && (n = fread(buffer, 1, sizeof(buffer), file));)
			ct_strbuf_add(&want, buffer, n);
		fclose(file);
		if (!update)
			CHECK_STR(got.data, want.data);
	}
}

TEST(some_starts)
{
	struct ct_sample *all = sample_of("hard-limit"),
			 *more = sample_of("not-a-namespace");
	struct ct_stats *stats;

	ct_sample_merge(all, more);
	ct_sample_free(more);
	more = sample_of("unknown-file-system");
	ct_sample_merge(all, more);
	ct_sample_free(more);
	stats = ct_stats_new(all, NULL);
	check(stats, "starts");
	ct_stats_free(stats);
	ct_sample_free(all);
}

/* As many runs of a start, of which each takes a little longer than the one before. */
static struct ct_sample *runs_of(const char *name, int n, int64_t percent)
{
	struct ct_sample *all = ct_sample_new();

	for (int run = 0; run < n; run++) {
		struct ct_sample *one = sample_of(name);

		for (size_t i = 0; i < one->n_measures; i++) {
			struct ct_measure *m = &one->measures[i];

			for (size_t j = 0; ct_measure_is_time(m->kind) && j < m->n; j++)
				m->values[j] = m->values[j] * (percent + run) / 100;
		}
		ct_sample_merge(all, one);
		ct_sample_free(one);
	}
	return all;
}

TEST(two_sets)
{
	struct ct_sample *first = runs_of("hard-limit", 8, 100);
	struct ct_sample *second = runs_of("not-a-namespace", 8, 100);
	struct ct_stats *stats = ct_stats_new(first, second);

	check(stats, "two-sets");
	ct_stats_free(stats);
	ct_sample_free(second);
	second = runs_of("hard-limit", 10, 120);
	stats = ct_stats_new(first, second);
	check(stats, "slower");
	ct_stats_free(stats);
	ct_sample_free(first);
	ct_sample_free(second);
}

/* Names are bytes of traces: no line, column or formula may come of them. */
TEST(hostile_names)
{
	struct ct_event event = { .kind = CT_EVENT_CALL,
				  .t_ns = 1,
				  .dur_ns = 5,
				  .call = { .name = "=1+1\n\"\033[2J,\xff",
					    .result = CT_RESULT_ERROR,
					    .error = 1 } };
	struct ct_trace_header header = { .version = 1 };
	struct ct_model *model = ct_model_new(&header);
	struct ct_sample *sample;
	struct ct_stats *stats;

	ct_model_feed(model, &event);
	ct_model_finish(model, NULL);
	sample = ct_sample_of_run(model, "t");
	stats = ct_stats_new(sample, NULL);
	check(stats, "hostile");
	ct_stats_free(stats);
	ct_sample_free(sample);
	ct_model_free(model);
}
