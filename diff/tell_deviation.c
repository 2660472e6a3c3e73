/* SPDX-License-Identifier: MIT */
/* Where one start went wrong and the other did not, in words. */
#include "tell.h"

#include "label.h"

#include <string.h>

static void add_fact(struct ct_strbuf *out, const struct ct_model *model, long event)
{
	const struct ct_fact *fact = &model->facts[event];

	if (fact->process >= 0)
		ct_label_process(out, model, fact->process);
	ct_strbuf_adds(out, ": ");
	if (fact->event->kind == CT_EVENT_EXEC) {
		ct_strbuf_adds(out, "exec ");
		ct_label_command(out, fact->event->exec.argv, fact->event->exec.argc,
				 true);
	} else if (fact->event->kind == CT_EVENT_EXIT) {
		ct_label_exit(out, &fact->event->exit);
	} else {
		ct_label_fact(out, model, (size_t)event);
	}
	ct_strbuf_adds(out, ", at ");
	ct_label_ms(out, fact->event->t_ns);
	ct_strbuf_adds(out, " ms");
}

/* With long ids cut. */
static void tell_text(struct telling *t, const char *label, const struct ct_strbuf *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf cut = CT_STRBUF_INIT;

	ct_label_text(&cut, text->data, text->len, true);
	tell_line(t, LINE_LABEL, label, cut.data, "");
}

static void tell_counterpart(struct telling *t, const struct ct_diff_deviation *d)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	enum ct_diff_side other = !d->failed;

	if (d->event[other] >= 0) {
		add_fact(&sb, t->diff->model[other], d->event[other]);
		ct_strbuf_adds(&sb, d->counterpart_ok ? " – it worked" : "");
	} else {
		ct_strbuf_adds(&sb, "no such failure");
	}
	tell_text(t, t->names[other], &sb);
}

static void tell_remarks(struct telling *t, const struct ct_diff_deviation *d)
{
	static const char *const wanted[] = { "why", "said", "asked", "try" };
	const struct ct_diagnosis *v = d->diagnosis;

	for (size_t i = 0; i < v->n_remarks; i++)
		for (size_t k = 0; k < sizeof(wanted) / sizeof(*wanted); k++)
			if (!strcmp(v->remarks[i].label, wanted[k]))
				tell_line(t, LINE_LABEL, wanted[k], v->remarks[i].text,
					  "");
}

static void tell_deviation(struct telling *t, const struct ct_diff_deviation *d)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	long event = d->event[d->failed];

	ct_strbuf_addf(&sb, "where %s failed%s", t->names[d->failed],
		       d->both_failed ? "" : " and the other went on");
	tell_line(t, LINE_HEADING, sb.data, "", "");
	ct_strbuf_reset(&sb);
	if (event >= 0) {
		add_fact(&sb, t->diff->model[d->failed], event);
		tell_text(t, t->names[d->failed], &sb);
		tell_counterpart(t, d);
	} else {
		tell_line(t, LINE_LABEL, t->names[d->failed], d->diagnosis->title, "");
	}
	/* what the diagnosis says is about its own choice */
	if (event < 0 || event == d->diagnosis->event)
		tell_remarks(t, d);
	if (d->last_common < 0)
		return;
	ct_strbuf_reset(&sb);
	add_fact(&sb, t->diff->model[d->failed], d->last_common);
	tell_text(t, "last alike", &sb);
}

void tell_deviations(struct telling *t)
{
	for (size_t i = 0; i < t->diff->n_deviations; i++)
		tell_deviation(t, &t->diff->deviations[i]);
}
