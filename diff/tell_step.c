/* SPDX-License-Identifier: MIT */
/* What was done differently, process by process. */
#include "tell.h"

#include "label.h"
#include "pair.h"
#include "tally.h"

#include <string.h>

enum {
	FEW = 10,   /* lines of a process */
	LONG = 200, /* bytes of a step */
};

static const enum line_kind kinds[] = { [CT_DIFF_ONLY_A] = LINE_ONLY_A,
					[CT_DIFF_ONLY_B] = LINE_ONLY_B,
					[CT_DIFF_RESULT] = LINE_CHANGED };

/* A step of this weight is told. */
static int threshold(const struct telling *t)
{
	return t->verbose >= 2 ? 0 : t->verbose ? 1 : 2;
}

static bool is_told(const struct telling *t, const struct ct_diff_step *step)
{
	return step->weight >= threshold(t) && (!step->again || t->verbose >= 2);
}

static enum ct_diff_side side_of(const struct ct_diff_step *step)
{
	return step->change == CT_DIFF_ONLY_B ? CT_DIFF_B : CT_DIFF_A;
}

static const struct ct_event *event_of(const struct telling *t,
				       const struct ct_diff_step *step)
{
	enum ct_diff_side side = side_of(step);

	return t->diff->model[side]->facts[step->event[side]].event;
}

static const char *word_of(const struct ct_event *event)
{
	if (event->kind == CT_EVENT_CALL)
		return event->call.name;
	return event->kind == CT_EVENT_EXEC ? "exec" : "exit";
}

static void add_words(struct ct_strbuf *out, const struct telling *t,
		      enum ct_diff_side side, long index)
{
	const struct ct_model *model = t->diff->model[side];
	const struct ct_event *event = model->facts[index].event;

	if (event->kind == CT_EVENT_EXEC) {
		ct_strbuf_adds(out, "exec ");
		ct_label_command(out, event->exec.argv, event->exec.argc, true);
	} else if (event->kind == CT_EVENT_EXIT) {
		ct_label_exit(out, &event->exit);
	} else {
		ct_label_fact(out, model, (size_t)index);
	}
}

/* Arguments that are not the same in both. */
static void add_arguments(struct ct_strbuf *out, const struct ct_event_exec *a,
			  const struct ct_event_exec *b)
{
	ct_strbuf_addf(out, "exec %s:", ct_basename(a->path));
	for (size_t i = 0; i < a->argc || i < b->argc; i++) {
		const char *x = i < a->argc ? a->argv[i] : "(none)";
		const char *y = i < b->argc ? b->argv[i] : "(none)";

		if (strcmp(x, y) != 0)
			ct_strbuf_addf(out, " %s → %s", x, y);
	}
}

static void add_change(struct ct_strbuf *out, const struct telling *t,
		       const struct ct_diff_step *step)
{
	const struct ct_event *a =
		t->diff->model[CT_DIFF_A]->facts[step->event[CT_DIFF_A]].event;
	const struct ct_event *b =
		t->diff->model[CT_DIFF_B]->facts[step->event[CT_DIFF_B]].event;

	if (a->kind == CT_EVENT_EXEC) {
		add_arguments(out, &a->exec, &b->exec);
		return;
	}
	add_words(out, t, CT_DIFF_A, step->event[CT_DIFF_A]);
	ct_strbuf_adds(out, " → ");
	if (b->kind == CT_EVENT_EXIT)
		ct_label_exit(out, &b->exit);
	else
		ct_label_result(out, &b->call);
}

/* Data of a call can be long; whoever wants to read it asks for more. */
static void shorten(struct ct_strbuf *sb)
{
	size_t len = LONG;

	if (sb->len <= LONG)
		return;
	while (len && ((unsigned char)sb->data[len] & 0xc0) == 0x80)
		len--;
	ct_strbuf_truncate(sb, len);
	ct_strbuf_adds(sb, "…");
}

static void tell_step(struct telling *t, const struct ct_diff_step *step, size_t more)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf cut = CT_STRBUF_INIT;
	enum ct_diff_side side = side_of(step);

	if (step->change == CT_DIFF_RESULT)
		add_change(&sb, t, step);
	else
		add_words(&sb, t, side, step->event[side]);
	if (!t->verbose)
		shorten(&sb);
	if (more)
		ct_strbuf_addf(&sb, "  and %zu more of %s", more,
			       word_of(event_of(t, step)));
	ct_label_text(&cut, sb.data, sb.len, true);
	tell_line(t, kinds[step->change], "", cut.data, "");
}

/* How many steps from this one on that are told are of its kind. */
static size_t run_of(const struct telling *t, const struct ct_diff_process *p,
		     size_t from, size_t *next)
{
	const struct ct_diff_step *steps = t->diff->steps + p->first_step;
	const char *word = word_of(event_of(t, &steps[from]));
	size_t n = 1, i = from + 1;

	for (; i < p->n_steps && !t->verbose; i++) {
		if (!is_told(t, &steps[i]))
			continue;
		if (steps[i].change != steps[from].change ||
		    steps[i].change == CT_DIFF_RESULT ||
		    strcmp(word_of(event_of(t, &steps[i])), word) != 0)
			break;
		n++;
	}
	*next = i;
	return n;
}

static size_t count_told(const struct telling *t, const struct ct_diff_process *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_steps; i++)
		n += is_told(t, &t->diff->steps[p->first_step + i]);
	return n;
}

static void tell_heading(struct telling *t, const struct ct_diff_process *p)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_process(&sb, t->diff->model[CT_DIFF_A], p->process[CT_DIFF_A]);
	ct_strbuf_adds(&sb, " ⇄ ");
	ct_label_process(&sb, t->diff->model[CT_DIFF_B], p->process[CT_DIFF_B]);
	ct_strbuf_addf(&sb, ": %zu step%s alike", p->n_same, p->n_same == 1 ? "" : "s");
	tell_line(t, LINE_NOTE, "", sb.data, "");
}

/* Too many to be read: which calls, and how often. */
static void tell_tally(struct telling *t, const struct ct_diff_process *p,
		       enum ct_diff_change change)
{
	CT_CLEANUP_TALLY struct ct_tally tally = { 0 };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = 0; i < p->n_steps; i++) {
		const struct ct_diff_step *step = &t->diff->steps[p->first_step + i];

		if (is_told(t, step) && step->change == change)
			ct_tally_add(&tally, word_of(event_of(t, step)));
	}
	ct_tally_print(&tally, &sb, ", ", true);
	if (sb.len)
		tell_line(t, kinds[change], "", sb.data, "");
}

/* How many lines they take. */
static size_t count_lines(const struct telling *t, const struct ct_diff_process *p)
{
	size_t lines = 0, next;

	for (size_t i = 0; i < p->n_steps; i = next) {
		next = i + 1;
		if (!is_told(t, &t->diff->steps[p->first_step + i]))
			continue;
		run_of(t, p, i, &next);
		lines++;
	}
	return lines;
}

static void tell_list(struct telling *t, const struct ct_diff_process *p)
{
	const struct ct_diff_step *steps = t->diff->steps + p->first_step;

	for (size_t i = 0, next; i < p->n_steps; i = next) {
		size_t n;

		next = i + 1;
		if (!is_told(t, &steps[i]))
			continue;
		n = run_of(t, p, i, &next);
		tell_step(t, &steps[i], n - 1);
	}
}

static void tell_process(struct telling *t, const struct ct_diff_process *p)
{
	if (!count_told(t, p))
		return;
	tell_heading(t, p);
	if (t->verbose || count_lines(t, p) <= FEW) {
		tell_list(t, p);
		return;
	}
	for (enum ct_diff_change change = 0; change < CT_DIFF_CHANGES; change++)
		tell_tally(t, p, change);
}

/* "iptables ×24, netavark" */
static void tell_alone(struct telling *t, enum ct_diff_side side)
{
	CT_CLEANUP_TALLY struct ct_tally tally = { 0 };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = 0; i < t->diff->n_processes; i++) {
		const struct ct_diff_process *p = &t->diff->processes[i];

		if (p->process[side] >= 0 && p->process[!side] < 0 && count_told(t, p))
			ct_tally_add(&tally, pairs_program(t->diff->model[side],
							   p->process[side]));
	}
	if (!tally.n)
		return;
	ct_strbuf_adds(&sb, "processes: ");
	ct_tally_print(&tally, &sb, ", ", true);
	tell_line(t, side == CT_DIFF_A ? LINE_ONLY_A : LINE_ONLY_B, "", sb.data, "");
}

static void tell_summary(struct telling *t)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	size_t minor = 0;

	for (size_t i = 0; i < t->diff->n_steps; i++)
		minor += !is_told(t, &t->diff->steps[i]);
	ct_strbuf_addf(&sb, "steps that were the same in both: %zu", t->diff->n_same);
	if (minor)
		ct_strbuf_addf(&sb,
			       "; not shown%s: %zu (files, failed look-ups, repetitions)",
			       t->verbose >= 2 ? ""
			       : t->verbose    ? " without -vv"
					       : " without -v or -vv",
			       minor);
	tell_line(t, LINE_NOTE, "", sb.data, "");
}

void tell_steps(struct telling *t)
{
	tell_line(t, LINE_HEADING, "what was done differently", "", "");
	tell_alone(t, CT_DIFF_A);
	tell_alone(t, CT_DIFF_B);
	for (size_t i = 0; i < t->diff->n_processes; i++)
		if (t->diff->processes[i].process[CT_DIFF_A] >= 0 &&
		    t->diff->processes[i].process[CT_DIFF_B] >= 0)
			tell_process(t, &t->diff->processes[i]);
	tell_summary(t);
}
