/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace: compared with itself there is no difference, in every format. */
/* links: ct_diff */
#include "fuzz.h"

#include "cttrace/diff.h"

#include <stdlib.h>

static struct ct_model *model_of(const struct ct_trace *trace)
{
	return trace ? ct_model_of_trace(trace) : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "a", "b" };
	FILE *in = size ? fmemopen((void *)data, size, "r") : NULL;
	struct ct_trace *trace = in ? ct_trace_read(in, "fuzz", NULL) : NULL;
	struct ct_model *a = model_of(trace), *b = model_of(trace);

	if (in)
		fclose(in);
	if (a) {
		struct ct_render_options look = { .width = 80, .verbose = 2 };
		struct ct_diff *diff = ct_diff_new(a, b);

		if (!diff->same)
			abort();
		for (int i = 0; ct_diff_formats[i]; i++) {
			CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

			ct_diff_formats[i]->write(&out, diff, names, &look);
		}
		ct_diff_free(diff);
	}
	ct_model_free(a);
	ct_model_free(b);
	ct_trace_free(trace);
	return 0;
}
