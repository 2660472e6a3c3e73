/* SPDX-License-Identifier: MIT */
/* The live view: the event's own words, before the model has seen the rest. */
#include "live.h"

#include "output.h"

#include "cttrace/render.h"

#include <unistd.h>

void live_header(void *ctx, const struct ct_trace_header *header)
{
	struct live *live = ctx;

	live->header = header;
}

void live_event(void *ctx, const struct ct_event *event)
{
	const struct live *live = ctx;
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	struct ct_render_options style;

	output_style(&style, live->options, stderr);
	ct_render_event(&line, event, &style);
	ct_strbuf_addc(&line, '\n');
	output_write_fd(STDERR_FILENO, "stderr", line.data, line.len, NULL);
}
