/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace that is drawn: a format that is for machines can be parsed, and
 * nothing that steers a terminal gets into one that is for people. */
/* links: ct_render jansson::jansson */
#include "fuzz.h"

#include "cttrace/render.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const struct ct_render_options look = { .width = 80, .verbose = 2 };

static bool is_json(const char *format)
{
	return !strcmp(format, "json") || !strcmp(format, "chrome") ||
	       !strcmp(format, "otlp");
}

/* Tabs are drawings' own indentation. */
static void check_text(const struct ct_strbuf *out, const char *allowed)
{
	for (size_t i = 0; i < out->len; i++)
		if (((unsigned char)out->data[i] < ' ' &&
		     (!out->data[i] || !strchr(allowed, out->data[i]))) ||
		    out->data[i] == 0x7f)
			abort();
}

static void check(const char *format, const struct ct_strbuf *out)
{
	json_t *value;

	if (!is_json(format)) {
		check_text(out, strcmp(format, "ascii") ? "\n\t" : "\n");
		return;
	}
	value = json_loadb(out->data, out->len, JSON_ALLOW_NUL, NULL);
	if (!value)
		abort();
	json_decref(value);
}

static void draw(const struct ct_model *model, const struct ct_render_format *format,
		 const char *view)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options options = look;

	options.view = view;
	if (!format->render(&out, model, &options, NULL))
		check(format->name, &out);
}

/* Line by line, as it would have come. */
static void draw_live(const struct ct_trace *trace)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_live *live = ct_live_new(&trace->header, &look);

	for (size_t i = 0; i < trace->n_events; i++)
		ct_live_feed(live, &trace->events[i], true, &out);
	check_text(&out, "\n");
	ct_live_free(live);
}

/* One format for an input, which follows from its length: all of them take long. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)data, size, "r") : NULL;
	struct ct_trace *trace = in ? ct_trace_read(in, "fuzz", NULL) : NULL;
	struct ct_model *model = trace ? ct_model_of_trace(trace) : NULL;
	const struct ct_render_format *format;
	size_t n = 0, view = 0;

	if (in)
		fclose(in);
	while (ct_render_formats[n])
		n++;
	format = ct_render_formats[size % n];
	if (model && !format->views)
		draw(model, format, NULL);
	for (; model && format->views && format->views[view]; view++)
		draw(model, format, format->views[view]);
	if (model && view)
		draw_live(trace);
	ct_model_free(model);
	ct_trace_free(trace);
	return 0;
}
