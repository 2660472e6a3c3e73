/* SPDX-License-Identifier: MIT */
/* The clock of the steps: pieces of work, added up. */
#include "step.h"

#include "role.h"
#include "site.h"

static int64_t add(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

int64_t step_event_end(const struct ct_event *event)
{
	return event->dur_ns > 0 ? add(event->t_ns, event->dur_ns) : event->t_ns;
}

static void remember(struct step_time *time, int process)
{
	size_t n = sizeof(time->processes) / sizeof(time->processes[0]);

	for (size_t i = 0; i < time->n_processes; i++)
		if (time->processes[i] == process)
			return;
	if (time->n_processes < n)
		time->processes[time->n_processes++] = process;
}

static void count(struct step_time *time, int64_t from, int64_t to)
{
	if (to > from)
		time->busy_ns = add(time->busy_ns, to - from);
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void work(struct site *s, enum ct_step step, const struct feed *f)
{
	struct step_time *time = &s->steps[step];
	int64_t start = larger(f->event->t_ns, 0);
	int64_t end = larger(step_event_end(f->event), start);

	if (time->start_ns < 0)
		time->start_ns = time->end_ns = start;
	/* a clone is reported after the child's own first event, but began before it */
	if (start < time->start_ns) {
		count(time, start, end < time->start_ns ? end : time->start_ns);
		time->start_ns = start;
	}
	/* while the same piece of work goes on, what lies between belongs to it */
	count(time, s->step == step ? time->end_ns : larger(start, time->end_ns), end);
	time->end_ns = larger(time->end_ns, end);
	s->step = step;
	remember(time, f->process);
}

/*
 * Others may prepare namespaces and cgroups; the rest counts where the container is. crun
 * and runc also mount a copy of themselves, which is not the container's business.
 */
static bool is_work(const struct feed *f, enum ct_step step)
{
	if (step == CT_STEP_NAMESPACES || step == CT_STEP_CGROUP)
		return true;
	return f->m->tasks[f->task].inside;
}

void step_note(const struct feed *f, enum ct_step step)
{
	struct model *m = f->m;
	int site = f->site >= 0 ? f->site : m->tasks[f->task].site;
	struct site *s = site >= 0 ? &m->sites[site] : NULL;

	if (!s || s->dissolved || !is_work(f, step) ||
	    role_keeps_to_itself(m->states[f->process].hint))
		return;
	if (s->rank >= (s->named ? RANK_INIT : RANK_ROOT_DESCENDANT))
		return;
	if (site_building(m, site))
		feed_fact(f)->step = (int)step;
	work(s, step, f);
}

void step_payload(const struct feed *f, int site)
{
	struct site *s = &f->m->sites[site];

	feed_fact(f)->step = CT_STEP_EXEC;
	work(s, CT_STEP_EXEC, f);
	s->built = ct_arena_memdup(&f->m->arena, s->steps, sizeof(s->steps));
}
