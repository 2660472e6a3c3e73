/* SPDX-License-Identifier: MIT */
/* A diagnosis to be pasted into an issue. */
#include "formats.h"

#include "escape.h"
#include "label.h"

#include <string.h>

/* What Markdown and HTML would read as markup; control characters are made visible. */
static void add(struct ct_strbuf *out, const char *bytes)
{
	CT_CLEANUP_STRBUF struct ct_strbuf plain = CT_STRBUF_INIT;

	ct_escape_terminal(&plain, bytes, strlen(bytes), false);
	for (size_t i = 0; i < plain.len; i++) {
		if (strchr("\\`*_[]<>#|&", plain.data[i]))
			ct_strbuf_addc(out, '\\');
		ct_strbuf_addc(out, plain.data[i]);
	}
}

/* Indented code: nothing in it is markup, so nothing needs to be escaped but controls. */
static void add_call(struct ct_strbuf *out, const struct ct_model *model, size_t fact)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (model->facts[fact].process >= 0)
		ct_label_process(&text, model, model->facts[fact].process);
	ct_strbuf_adds(&text, "  ");
	ct_label_fact(&text, model, fact);
	ct_strbuf_adds(out, "    ");
	ct_escape_terminal(out, text.data, text.len, false);
	ct_strbuf_adds(out, "\n\n");
}

static void add_command(struct ct_strbuf *out, const struct ct_model *model)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (!model->header || !model->header->n_command)
		return;
	ct_label_command(&text, model->header->command, model->header->n_command, false);
	ct_strbuf_adds(out, "    $ ");
	ct_escape_terminal(out, text.data, text.len, false);
	ct_strbuf_adds(out, "\n\n");
}

static void write(struct ct_strbuf *out, const struct ct_diagnosis *v,
		  const struct ct_model *model, const struct ct_render_options *options)
{
	const char *label = "";

	(void)options;
	ct_strbuf_adds(out, "## ");
	add(out, v->title);
	ct_strbuf_adds(out, "\n\n");
	add_command(out, model);
	add(out, v->outcome);
	ct_strbuf_adds(out, "\n\n");
	if (v->event >= 0 && model->facts[v->event].event->kind == CT_EVENT_CALL)
		add_call(out, model, (size_t)v->event);
	for (size_t i = 0; i < v->n_remarks; i++) {
		if (*v->remarks[i].label)
			label = v->remarks[i].label;
		ct_strbuf_addf(out, "- **%s** ", label);
		add(out, v->remarks[i].text);
		ct_strbuf_addc(out, '\n');
	}
	for (size_t i = 1; i < v->n_candidates; i++) {
		ct_strbuf_adds(out, i == 1 ? "\nOther candidates:\n\n" : "");
		add_call(out, model, v->candidates[i].event);
	}
}

const struct ct_explain_format ct_explain_markdown = { "markdown", write };
