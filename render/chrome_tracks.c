/* SPDX-License-Identifier: MIT */
/*
 * Viewers take a span that begins within another one as its child, and draw nonsense when
 * it then ends later: here spans either lie within each other, or beside each other.
 */
#include "chrome_tracks.h"

#include "alloc.h"
#include "lookup.h"

#include <stdlib.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

/* Track by track; on each by time, what is around others before them. */
static int compare_spans(const void *left, const void *right)
{
	const struct ct_span *a = left, *b = right;

	if (a->pid != b->pid)
		return COMPARE(a->pid, b->pid);
	if (a->tid != b->tid)
		return COMPARE(a->tid, b->tid);
	if (a->start_ns != b->start_ns)
		return COMPARE(a->start_ns, b->start_ns);
	if (a->program != b->program)
		return a->program ? -1 : 1;
	if (a->end_ns != b->end_ns)
		return COMPARE(b->end_ns, a->end_ns);
	return COMPARE(a->index, b->index);
}

static void sort(struct ct_spans *spans)
{
	if (spans->n)
		qsort(spans->items, spans->n, sizeof(*spans->items), compare_spans);
}

/* The ends of the spans that are open at some time, the innermost last. */
struct nest {
	int64_t *ends;
	size_t n, cap;
};

static void close_before(struct nest *nest, int64_t t_ns)
{
	while (nest->n && nest->ends[nest->n - 1] <= t_ns)
		nest->n--;
}

static bool fits(struct nest *nest, const struct ct_span *span)
{
	close_before(nest, span->start_ns);
	return !nest->n || span->end_ns <= nest->ends[nest->n - 1];
}

static void open_span(struct nest *nest, int64_t end_ns)
{
	*ct_push(nest->ends, nest->n, nest->cap) = end_ns;
}

/* The spans of a track that are open at some time, the innermost last. */
struct open_spans {
	struct ct_span **items;
	size_t n, cap;
};

/* A neighbour that begins where one ends is told apart by a nanosecond. */
static void close_for(struct open_spans *open, const struct ct_span *next)
{
	while (open->n && open->items[open->n - 1]->end_ns <= next->start_ns) {
		struct ct_span *last = open->items[--open->n];

		if (last->end_ns == next->start_ns && last->end_ns > last->start_ns)
			last->end_ns--;
	}
}

/*
 * Times are decimal microseconds, and viewers add them up as floating-point numbers: two
 * ends that are equal may then cross. So what lies in another span ends before it, by
 * what a neighbour may take from that, and whatever has no length gets a little.
 */
static void settle(struct ct_spans *spans)
{
	enum { APART_NS = 2 };
	struct open_spans open = { 0 };

	for (size_t i = 0; i < spans->n; i++) {
		struct ct_span *span = &spans->items[i];

		if (i && (span->pid != span[-1].pid || span->tid != span[-1].tid))
			open.n = 0;
		if (span->end_ns == span->start_ns && span->end_ns < INT64_MAX)
			span->end_ns++;
		close_for(&open, span);
		if (open.n && span->end_ns > open.items[open.n - 1]->end_ns - APART_NS)
			span->end_ns = open.items[open.n - 1]->end_ns - APART_NS;
		if (span->end_ns < span->start_ns)
			span->end_ns = span->start_ns;
		*ct_push(open.items, open.n, open.cap) = span;
	}
	free(open.items);
}

/* Phases of several containers run at the same time; a track more than these is drawn
 * as it comes. */
#define PHASE_TRACKS 64

struct ct_spans ct_phase_spans(const struct ct_model *model, uint32_t pid)
{
	struct ct_spans spans = { 0 };
	struct nest tracks[PHASE_TRACKS] = { { 0 } };

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *phase = &model->phases[i];

		if (phase->start_ns < 0 || phase->end_ns < phase->start_ns)
			continue;
		*ct_push(spans.items, spans.n, spans.cap) =
			(struct ct_span){ .start_ns = phase->start_ns,
					  .end_ns = phase->end_ns,
					  .pid = pid,
					  .tid = pid,
					  .index = (int)i };
	}
	sort(&spans);
	for (size_t i = 0; i < spans.n; i++) {
		unsigned int track = 0;

		while (track < PHASE_TRACKS - 1 && !fits(&tracks[track], &spans.items[i]))
			track++;
		open_span(&tracks[track], spans.items[i].end_ns);
		spans.items[i].tid = pid + track;
	}
	for (unsigned int track = 0; track < PHASE_TRACKS; track++)
		free(tracks[track].ends);
	sort(&spans);
	settle(&spans);
	return spans;
}

static void add_programs(struct ct_spans *spans, const struct ct_model *model,
			 int process)
{
	const struct ct_process *p = &model->processes[process];
	int64_t end_ns = p->exited_ns < 0 ? model->end_ns : p->exited_ns;
	struct ct_span span = { .start_ns = p->born_ns,
				.pid = p->serial,
				.tid = p->serial,
				.program = true,
				.exec = -1,
				.index = process };

	for (size_t i = 0; i <= p->n_execs; i++) {
		span.end_ns = i < p->n_execs ? p->execs[i].t_ns : end_ns;
		if (span.end_ns > span.start_ns)
			*ct_push(spans->items, spans->n, spans->cap) = span;
		span.start_ns = span.end_ns > span.start_ns ? span.end_ns : span.start_ns;
		span.exec = (int)i;
	}
}

static void add_fact(struct ct_spans *spans, const struct ct_model *model, size_t fact)
{
	const struct ct_event *e = model->facts[fact].event;
	const struct ct_process *p = ct_process_at(model, model->facts[fact].process);
	int64_t length = e->kind == CT_EVENT_CALL && e->dur_ns > 0 ? e->dur_ns : 0;

	if (e->kind == CT_EVENT_TASK || e->kind == CT_EVENT_EXEC)
		return;
	if (length > INT64_MAX - e->t_ns)
		length = 0;
	*ct_push(spans->items, spans->n, spans->cap) =
		(struct ct_span){ .start_ns = e->t_ns,
				  .end_ns = e->t_ns + length,
				  .pid = p ? p->serial : e->task.serial,
				  .tid = e->task.serial,
				  .index = (int)fact };
}

struct ct_spans ct_task_spans(const struct ct_model *model)
{
	struct ct_spans spans = { 0 };

	for (size_t i = 0; i < model->n_processes; i++)
		if (ct_process_is_shown(model, (int)i))
			add_programs(&spans, model, (int)i);
	for (size_t i = 0; i < model->n_facts; i++)
		if (ct_fact_is_shown(model, i))
			add_fact(&spans, model, i);
	sort(&spans);
	settle(&spans);
	return spans;
}
