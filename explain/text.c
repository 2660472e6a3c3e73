/* SPDX-License-Identifier: MIT */
/* A diagnosis for a terminal. */
#include "formats.h"

#include "label.h"
#include "row.h"

#include <string.h>

#define LABEL_COLUMN 5
#define TEXT_COLUMN  13

struct page {
	struct ct_strbuf *out;
	const struct ct_diagnosis *diagnosis;
	const struct ct_model *model;
	struct ct_row row;
};

static void blank(struct page *page)
{
	ct_row_end(&page->row, page->out);
}

static void headline(struct page *page, const struct ct_look *look)
{
	const struct ct_diagnosis *v = page->diagnosis;
	bool bad = ct_diagnosis_failed(v);

	ct_row_add(&page->row, bad ? CT_STYLE_BAD : CT_STYLE_TITLE, v->title);
	if (page->row.cells + 2 + ct_row_cells(&page->row, v->outcome) > look->width)
		ct_row_end(&page->row, page->out);
	ct_row_right(&page->row, look->width, CT_STYLE_PLAIN, v->outcome);
	blank(page);
}

static void call_line(struct page *page)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_diagnosis *v = page->diagnosis;
	const struct ct_event *event;

	if (ct_diagnosis_tells(v))
		blank(page);
	if (v->event < 0 || v->kind == CT_DIAGNOSIS_PAYLOAD ||
	    v->kind == CT_DIAGNOSIS_HANG)
		return;
	event = page->model->facts[v->event].event;
	ct_label_process(&text, page->model, page->model->facts[v->event].process);
	ct_row_addf(&page->row, CT_STYLE_NAME, "  %s   ", text.data);
	ct_strbuf_reset(&text);
	ct_label_fact(&text, page->model, (size_t)v->event);
	ct_strbuf_adds(&text, "   at ");
	ct_label_ms(&text, event->t_ns);
	ct_strbuf_adds(&text, " ms");
	ct_row_wrap(&page->row, TEXT_COLUMN, CT_STYLE_PLAIN, text.data, page->out);
	blank(page);
}

static void remark(struct page *page, const struct ct_remark *remark)
{
	ct_row_seek(&page->row, LABEL_COLUMN);
	ct_row_add(&page->row, CT_STYLE_DIM, remark->label);
	ct_row_seek(&page->row, TEXT_COLUMN);
	ct_row_wrap(&page->row, TEXT_COLUMN, CT_STYLE_PLAIN, remark->text, page->out);
}

static void others(struct page *page, int verbose)
{
	const struct ct_diagnosis *v = page->diagnosis;

	for (size_t i = 1; i < v->n_candidates && verbose; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
		struct ct_remark other = { i == 1 ? "or" : "", NULL };

		ct_label_process(&text, page->model, v->candidates[i].process);
		ct_strbuf_adds(&text, "  ");
		ct_label_fact(&text, page->model, v->candidates[i].event);
		ct_strbuf_addf(&text, "  (%s)", v->candidates[i].agree);
		other.text = text.data;
		remark(page, &other);
	}
	if (v->n_failed < 2 || !ct_diagnosis_failed(v))
		return;
	blank(page);
	ct_row_addf(&page->row, CT_STYLE_DIM, "  %zu other call%s failed on the way; ",
		    v->n_failed - 1, v->n_failed == 2 ? "" : "s");
	if (v->n_benign + 1 < v->n_failed)
		ct_row_addf(&page->row, CT_STYLE_DIM, "starts that work show %zu of them",
			    v->n_benign);
	else
		ct_row_add(&page->row, CT_STYLE_DIM,
			   "starts that work show the same ones");
	blank(page);
}

static void write(struct ct_strbuf *out, const struct ct_diagnosis *diagnosis,
		  const struct ct_model *model, const struct ct_render_options *options)
{
	struct ct_look look = ct_look_of(options);
	struct page page = { .out = out,
			     .diagnosis = diagnosis,
			     .model = model,
			     .row = CT_ROW_INIT(&look) };

	headline(&page, &look);
	call_line(&page);
	for (size_t i = 0; i < diagnosis->n_remarks; i++)
		if (ct_diagnosis_tells(diagnosis) || options->verbose)
			remark(&page, &diagnosis->remarks[i]);
	others(&page, options->verbose);
	ct_row_release(&page.row);
}

const struct ct_explain_format ct_explain_text = { "text", write };
