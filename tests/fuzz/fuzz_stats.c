/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace of which there are numbers: alone, and beside itself, when nothing
 * can differ. */
/* links: ct_stats */
#include "fuzz.h"

#include "cttrace/stats.h"

#include <stdlib.h>

static void write_all(const struct ct_sample *first, const struct ct_sample *second)
{
	static const struct ct_render_options look = { .width = 80, .verbose = 2 };
	struct ct_stats *stats = ct_stats_new(first, second);

	for (size_t i = 0; i < stats->n_rows; i++)
		if (stats->rows[i].difference == CT_DIFFERENCE_MORE ||
		    stats->rows[i].difference == CT_DIFFERENCE_LESS)
			abort();
	for (size_t i = 0; ct_stats_formats[i]; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

		if (ct_stats_formats[i]->write(&out, stats, &look, NULL))
			abort();
	}
	ct_stats_free(stats);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)data, size, "r") : NULL;
	struct ct_trace *trace = in ? ct_trace_read(in, "fuzz", NULL) : NULL;
	struct ct_model *model = trace ? ct_model_of_trace(trace) : NULL;

	if (in)
		fclose(in);
	if (model) {
		struct ct_sample *run = ct_sample_of_run(model, "fuzz");
		struct ct_sample *runs = ct_sample_new();

		for (int i = 0; i < CT_COMPARE_RUNS; i++)
			ct_sample_merge(runs, run);
		write_all(run, NULL);
		write_all(runs, runs);
		ct_sample_free(runs);
		ct_sample_free(run);
	}
	ct_model_free(model);
	ct_trace_free(trace);
	return 0;
}
