/* SPDX-License-Identifier: MIT */
/*
 * A counter says that something happened between two samples; the trace has the moment:
 * the exit by SIGKILL, the fork that failed.
 */
#include "meter.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* The kernel counts a kill before the process is gone: its exit may come this much later.
 */
#define LATE_NS 1000000000
/* What comes again within this time is told as one. */
#define TOGETHER_NS 1000000000

const char *ct_pressure_name(enum ct_pressure_kind kind)
{
	static const char *const names[CT_PRESSURES] = { "oom-kill", "throttled",
							 "fork-refused" };

	return (unsigned int)kind < CT_PRESSURES ? names[kind] : "?";
}

static bool is_victim(const struct ct_fact *fact)
{
	return fact->event->kind == CT_EVENT_EXIT && fact->event->exit.signal == SIGKILL;
}

static bool is_refused_fork(const struct ct_fact *fact)
{
	const struct ct_event *e = fact->event;
	static const char *const calls[] = { "fork", "vfork", "clone", "clone3" };

	if (e->kind != CT_EVENT_CALL || e->call.result != CT_RESULT_ERROR ||
	    e->call.error != EAGAIN)
		return false;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(e->call.name, calls[i]))
			return true;
	return false;
}

/* The counters that tell of a limit; `shows` finds the moment in the trace. */
static const struct row {
	enum ct_pressure_kind kind;
	enum ct_figure figure;
	bool together; /* what comes within a second is one */
	bool (*shows)(const struct ct_fact *fact);
} rows[] = {
	{ CT_PRESSURE_OOM_KILL, CT_FIGURE_OOM_KILLS, false, is_victim },
	{ CT_PRESSURE_THROTTLED, CT_FIGURE_CPU_THROTTLED, true, NULL },
	{ CT_PRESSURE_FORK, CT_FIGURE_PIDS_REFUSED, true, is_refused_fork },
};

static bool inside(const struct model *m, const struct ct_meter *meter, int process)
{
	const struct ct_process *p = process >= 0 ? &m->pub.processes[process] : NULL;

	return p && p->container == meter->container && p->inside;
}

/* A counter that goes down, and up again, is no counter: then the sum is only large. */
static int64_t sum(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* When it was over: the kernel counts a refused fork in the midst of the call. */
static int64_t end_of(const struct ct_event *event)
{
	return event->dur_ns > 0 ? sum(event->t_ns, event->dur_ns) : event->t_ns;
}

/* A sample has the time at which its first file was read; the counter's may be the last.
 */
static int64_t read_until(const struct ct_meter *meter, const struct row *row, size_t i)
{
	if (!row->together || i + 1 >= meter->n_samples)
		return sum(meter->samples[i]->t_ns, LATE_NS);
	return meter->samples[i + 1]->t_ns;
}

/*
 * The first fact of this kind in the container, from one time to another; -1. Facts are
 * nearly in the order of time, so the search begins at *next, where the last one ended.
 */
static long find_moment(struct model *m, const struct ct_meter *meter,
			const struct row *row, size_t *next, int64_t from_ns,
			int64_t to_ns)
{
	if (!row->shows || meter->container < 0)
		return -1;
	for (; *next < m->pub.n_facts; (*next)++) {
		const struct ct_fact *fact = &m->pub.facts[*next];

		if (fact->event->t_ns > to_ns)
			return -1;
		if (end_of(fact->event) < from_ns || !row->shows(fact) ||
		    !inside(m, meter, fact->process))
			continue;
		return (long)(*next)++;
	}
	return -1;
}

static struct ct_pressure *add(struct model *m, struct ct_meter *meter)
{
	meter->pressures = state_grow(&m->results, meter->pressures, meter->n_pressures,
				      sizeof(*meter->pressures));
	return &meter->pressures[meter->n_pressures++];
}

static int64_t held(const struct row *row, const struct ct_event *a,
		    const struct ct_event *b)
{
	int64_t before = a->meter->figures[CT_FIGURE_CPU_THROTTLED_NS];
	int64_t after = b->meter->figures[CT_FIGURE_CPU_THROTTLED_NS];

	return row->kind == CT_PRESSURE_THROTTLED && before >= 0 && after > before
		       ? after - before
		       : 0;
}

/* What a counter says, sample by sample. */
static void follow(struct model *m, struct ct_meter *meter, const struct row *row)
{
	size_t next = 0, before = 0, mine = meter->n_pressures;

	for (size_t i = 1; i < meter->n_samples; i++) {
		const struct ct_event *a = meter->samples[before];
		const struct ct_event *b = meter->samples[i];
		int64_t was = a->meter->figures[row->figure];
		int64_t is = b->meter->figures[row->figure];
		struct ct_pressure *last =
			meter->n_pressures > mine
				? &meter->pressures[meter->n_pressures - 1]
				: NULL;
		long moment;

		if (is < 0)
			continue;
		before = i;
		if (was < 0 || is <= was)
			continue;
		if (last && row->together && a->t_ns - last->end_ns <= TOGETHER_NS) {
			last->end_ns = b->t_ns;
			last->amount = sum(last->amount, is - was);
			last->held_ns = sum(last->held_ns, held(row, a, b));
			continue;
		}
		moment = find_moment(m, meter, row, &next, a->t_ns,
				     read_until(meter, row, i));
		last = add(m, meter);
		*last = (struct ct_pressure){ .kind = row->kind,
					      .t_ns = a->t_ns,
					      .end_ns = b->t_ns,
					      .amount = is - was,
					      .held_ns = held(row, a, b),
					      .meter = (int)(meter - m->pub.meters),
					      .process = -1,
					      .event = meter->facts[i] };
		if (moment < 0)
			continue;
		last->event = (size_t)moment;
		last->process = m->pub.facts[moment].process;
		last->t_ns = m->pub.facts[moment].event->t_ns;
		if (last->end_ns < last->t_ns)
			last->end_ns = last->t_ns;
	}
}

static int compare(const void *left, const void *right)
{
	const struct ct_pressure *a = left, *b = right;

	if (a->t_ns != b->t_ns)
		return a->t_ns < b->t_ns ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

void pressure_settle(struct model *m, struct ct_meter *meter)
{
	meter->pressures = NULL;
	meter->n_pressures = 0;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		follow(m, meter, &rows[i]);
	if (meter->n_pressures)
		qsort(meter->pressures, meter->n_pressures, sizeof(*meter->pressures),
		      compare);
	for (size_t i = 0; i < meter->n_pressures; i++)
		m->pub.facts[meter->pressures[i].event].pressure = &meter->pressures[i];
}
