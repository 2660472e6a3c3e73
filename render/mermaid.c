/* SPDX-License-Identifier: MIT */
/* The format mermaid: its views, and the text in them. */
#include "mermaid.h"

#include "cells.h"
#include "escape.h"
#include "filter_note.h"
#include "formats.h"
#include "headline.h"

#include <string.h>

static const char *const view_names[] = { "sequence", "gantt", NULL };

void ct_mermaid_text(struct ct_strbuf *out, const char *text, int cells)
{
	size_t len = strlen(text), fits = ct_cells_prefix(text, len, cells);

	ct_escape_mermaid(out, text, fits);
	if (fits < len)
		ct_strbuf_adds(out, "…");
}

void ct_mermaid_title(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options)
{
	enum { TITLE_CELLS = 80, NOTE_CELLS = 120 };
	CT_CLEANUP_STRBUF struct ct_strbuf note = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;

	if (options->title)
		ct_strbuf_adds(&title, options->title);
	else
		ct_headline_subject(&title, model);
	ct_strbuf_adds(out, "    title ");
	ct_mermaid_text(out, title.data, TITLE_CELLS);
	ct_filter_note(&note, model, " · ");
	if (!model->complete)
		ct_strbuf_adds(&note, " · the trace is cut off");
	ct_mermaid_text(out, note.data, NOTE_CELLS);
	ct_strbuf_addc(out, '\n');
}

static int render_mermaid(struct ct_strbuf *out, const struct ct_model *model,
			  const struct ct_render_options *options, struct ct_error *err)
{
	bool gantt = options->view && !strcmp(options->view, "gantt");

	(void)err;
	if (gantt)
		ct_mermaid_gantt(out, model, options);
	else
		ct_mermaid_sequence(out, model, options);
	return 0;
}

const struct ct_render_format ct_format_mermaid = {
	.name = "mermaid",
	.description = "sequence diagram or gantt chart, for GitHub and GitLab",
	.views = view_names,
	.render = render_mermaid,
};
