/* SPDX-License-Identifier: MIT */
/* Who still waited in which call: for a start that hangs, this is what it hangs in. */
#include "alloc.h"
#include "ascii.h"
#include "label.h"
#include "lookup.h"

#include <errno.h>
#include <stdlib.h>

/* A call that had not returned when the tracer looked. */
struct waiting {
	size_t fact;
	uint32_t serial;
	int64_t since_ns; /* when the task was last seen to do something else */
	bool called;      /* it did something before, since the tracer came */
	bool returned;    /* later on */
};

static int by_task(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	if (x->serial != y->serial)
		return x->serial < y->serial ? -1 : 1;
	return (x->fact > y->fact) - (x->fact < y->fact);
}

static int by_time(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	return (x->fact > y->fact) - (x->fact < y->fact);
}

static bool is_ongoing(const struct ct_event *e)
{
	return e->kind == CT_EVENT_CALL && e->call.result == CT_RESULT_ONGOING;
}

/* The last one of each task, in the order of tasks. */
static size_t collect(const struct ct_model *model, struct waiting **waiting)
{
	size_t n = 0, cap = 0, kept = 0;

	for (size_t i = 0; i < model->n_facts; i++)
		if (is_ongoing(model->facts[i].event) && ct_fact_is_shown(model, i))
			*ct_push(*waiting, n, cap) = (struct waiting){
				.fact = i, .serial = model->facts[i].event->task.serial
			};
	if (n)
		qsort(*waiting, n, sizeof(**waiting), by_task);
	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || (*waiting)[i].serial != (*waiting)[i + 1].serial)
			(*waiting)[kept++] = (*waiting)[i];
	return kept;
}

static struct waiting *find(struct waiting *waiting, size_t n, uint32_t serial)
{
	struct waiting key = { .serial = serial };
	size_t low = 0;

	while (n) { /* the first that is not before (serial, 0) */
		size_t half = n / 2;

		if (by_task(&waiting[low + half], &key) < 0) {
			low += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return &waiting[low];
}

/* What else the tasks did: before, which bounds how long they wait, and after. */
static void look_around(const struct ct_model *model, struct waiting *waiting, size_t n)
{
	for (size_t i = 0; n && i < model->n_facts; i++) {
		const struct ct_event *e = model->facts[i].event;
		struct waiting *w = find(waiting, n, e->task.serial);

		if (w == waiting + n || w->serial != e->task.serial)
			continue;
		if (i < w->fact && !is_ongoing(e))
			w->since_ns = e->t_ns + (e->dur_ns > 0 ? e->dur_ns : 0);
		w->called |= i < w->fact && e->kind == CT_EVENT_CALL && !is_ongoing(e);
		/* that a signal has ended it is no answer */
		if (i > w->fact && e->kind == CT_EVENT_CALL &&
		    (e->call.result == CT_RESULT_VALUE ||
		     (e->call.result == CT_RESULT_ERROR && e->call.error != EINTR)))
			w->returned = true;
	}
}

/* To wait is what a daemon is for; it is not told unless somebody asks for more. */
static bool is_idle(const struct ct_screen *screen, const struct ct_process *p)
{
	return !screen->verbose &&
	       (p->role == CT_ROLE_DAEMON || p->role == CT_ROLE_MONITOR);
}

/* An attached process may have been waiting long before the tracer came. */
static const char *bound(const struct ct_model *model, const struct waiting *w)
{
	const struct ct_fact *fact = &model->facts[w->fact];

	if (!w->called && model->processes[fact->process].how == CT_BIRTH_ATTACHED)
		return "at least ";
	return fact->event->dur_ns >= 0 ? "" : "at most ";
}

static void draw(struct ct_row *row, const struct ct_screen *screen,
		 const struct ct_model *model, const struct waiting *w)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_fact *fact = &model->facts[w->fact];
	const struct ct_event *e = fact->event;
	int64_t waited_ns = e->dur_ns >= 0 ? e->dur_ns : e->t_ns - w->since_ns;
	enum { NAME = 2, CALL = 20 };

	ct_row_seek(row, NAME);
	ct_label_process(&sb, model, fact->process);
	if (e->task.tid != model->processes[fact->process].pid)
		ct_strbuf_addf(&sb, "/%d", e->task.tid);
	ct_row_addn(row, CT_STYLE_NAME, sb.data, sb.len);
	ct_row_seek(row, CALL);
	ct_strbuf_reset(&sb);
	ct_label_arguments(&sb, &e->call);
	ct_row_addn(row, CT_STYLE_PLAIN, sb.data, sb.len);
	ct_strbuf_reset(&sb);
	ct_strbuf_addf(&sb, "  for %s", bound(model, w));
	ct_label_duration(&sb, waited_ns);
	ct_row_at_margin(row, CT_STYLE_BAD, sb.data);
	ct_row_end(row, screen->out);
}

void ct_view_inside(const struct ct_screen *screen, const struct ct_model *model)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	struct waiting *waiting = NULL;
	size_t n = collect(model, &waiting);
	bool any = false;

	look_around(model, waiting, n);
	if (n)
		qsort(waiting, n, sizeof(*waiting), by_time);
	for (size_t i = 0; i < n; i++) {
		const struct ct_process *p =
			ct_process_at(model, model->facts[waiting[i].fact].process);

		if (waiting[i].returned || !p || is_idle(screen, p))
			continue;
		if (!any)
			ct_screen_heading(screen,
					  "still inside, when the tracer looked:");
		any = true;
		draw(&row, screen, model, &waiting[i]);
	}
	free(waiting);
}
