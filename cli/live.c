/* SPDX-License-Identifier: MIT */
/* What is written while the recording goes on, in one piece for each event. */
#include "live.h"

#include "output.h"

#include "cttrace/escape.h"
#include "cttrace/render.h"

#include <string.h>
#include <unistd.h>

struct ct_live *live_new(const struct options *options,
			 const struct ct_trace_header *header)
{
	struct ct_render_options style;

	output_style(&style, options, stderr);
	return ct_live_new(header, &style);
}

void live_event(struct ct_live *live, const struct ct_event *event, bool shown)
{
	CT_CLEANUP_STRBUF struct ct_strbuf lines = CT_STRBUF_INIT;

	ct_live_feed(live, event, shown, &lines);
	if (!lines.len)
		return;
	output_write_fd(STDERR_FILENO, "stderr", lines.data, lines.len, NULL);
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
