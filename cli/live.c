/* SPDX-License-Identifier: MIT */
/* The live view: the event's own words, before the model has seen the rest. */
#include "live.h"

#include "output.h"

#include "cttrace/escape.h"
#include "cttrace/render.h"

#include <string.h>
#include <unistd.h>

void live_event(const struct options *options, const struct ct_event *event)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	struct ct_render_options style;

	output_style(&style, options, stderr);
	ct_render_event(&line, event, &style);
	ct_strbuf_addc(&line, '\n');
	output_write_fd(STDERR_FILENO, "stderr", line.data, line.len, NULL);
}

void live_remark(const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	size_t len = strlen(text);

	ct_strbuf_adds(&line, "cttrace: ");
	while (len) { /* names of tasks are in it, and those may be anything */
		uint32_t character;
		size_t n = ct_utf8_next(text, len, &character);

		if (ct_is_control(character))
			ct_strbuf_addc(&line, '?');
		else
			ct_strbuf_add(&line, text, n);
		text += n;
		len -= n;
	}
	ct_strbuf_addc(&line, '\n');
	output_write_fd(STDERR_FILENO, "stderr", line.data, line.len, NULL);
}
