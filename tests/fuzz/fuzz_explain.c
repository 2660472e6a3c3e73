/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace that is explained, in every format; and again when it has been
 * redacted, which takes names away but no events. */
/* links: ct_explain */
#include "fuzz.h"

#include "cttrace/explain.h"
#include "cttrace/redact.h"

#include <stdlib.h>

static void explain(const struct ct_trace *trace)
{
	static const struct ct_render_options look = { .width = 80, .verbose = 2 };
	struct ct_model *model = ct_model_of_trace(trace);
	struct ct_diagnosis *diagnosis = ct_diagnosis_new(model);

	if (diagnosis->event >= (long)model->n_facts ||
	    diagnosis->process >= (long)model->n_processes || !diagnosis->title)
		abort();
	for (size_t i = 0; ct_explain_formats[i]; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

		ct_explain_formats[i]->write(&out, diagnosis, model, &look);
		for (size_t c = 0; c < out.len; c++)
			if ((unsigned char)out.data[c] < ' ' && out.data[c] != '\n')
				abort();
	}
	ct_diagnosis_free(diagnosis);
	ct_model_free(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)data, size, "r") : NULL;
	struct ct_trace *trace = in ? ct_trace_read(in, "fuzz", NULL) : NULL;
	size_t n = trace ? trace->n_events : 0;

	if (in)
		fclose(in);
	if (trace) {
		explain(trace);
		ct_redact(trace);
		if (trace->n_events != n)
			abort();
		explain(trace);
	}
	ct_trace_free(trace);
	return 0;
}
