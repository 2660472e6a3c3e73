/* SPDX-License-Identifier: MIT */
/* Series of a cgroup: whose it is, its peaks, what was used while it was sampled. */
#include "meter.h"

#include <string.h>

static struct ct_meter *meter_of(struct model *m, const char *cgroup)
{
	uint64_t key = map_hash(cgroup);
	int index = map_get(&m->by_cgroup, key);
	struct ct_meter *meter;

	if (index >= 0 && !strcmp(m->pub.meters[index].cgroup, cgroup))
		return &m->pub.meters[index];
	map_put(&m->by_cgroup, key, (int)m->pub.n_meters);
	meter = push(m, m->pub.meters, m->pub.n_meters);
	*meter = (struct ct_meter){ .cgroup = cgroup, .container = -1 };
	return meter;
}

/* Beyond this a time makes no sense: docs/trace-format.md, "Values". */
#define TIME_MAX ((int64_t)1 << 62)

void meter_sample(struct feed *f)
{
	struct ct_meter *meter = meter_of(f->m, f->event->meter->cgroup);
	size_t n = meter->n_samples;
	int64_t last_ns = n ? meter->samples[n - 1]->t_ns : 0;

	/* rates need times that grow */
	if (f->event->t_ns < last_ns || f->event->t_ns >= TIME_MAX)
		return;
	*push(f->m, meter->samples, meter->n_samples) = f->event;
	*push(f->m, meter->facts, n) = f->index;
}

/* In thousandths; -1 for what no CPU can do. */
static int64_t milli(int64_t part, int64_t whole)
{
	double share = (double)part * 1000 / (double)whole;

	return share < 1e15 ? (int64_t)share : -1;
}

int64_t ct_meter_cpu(const struct ct_meter *meter, size_t from, size_t to)
{
	const struct ct_event *a = meter->samples[from], *b = meter->samples[to];
	int64_t before = a->meter->figures[CT_FIGURE_CPU];
	int64_t after = b->meter->figures[CT_FIGURE_CPU];

	if (before < 0 || after < before || b->t_ns <= a->t_ns)
		return -1;
	return milli(after - before, b->t_ns - a->t_ns);
}

static void raise_peak(struct ct_peak *peak, int64_t value, int64_t t_ns)
{
	if (value > peak->value)
		*peak = (struct ct_peak){ value, t_ns };
}

/* The kernel's own peak may lie between two samples; of an older cgroup it may be older.
 */
static void find_peak(const struct ct_meter *meter, struct ct_peak *peak,
		      enum ct_figure now, enum ct_figure most)
{
	int64_t first = -1;

	for (size_t i = 0; i < meter->n_samples; i++) {
		const struct ct_event *e = meter->samples[i];
		int64_t kernel = e->meter->figures[most];

		raise_peak(peak, e->meter->figures[now], e->t_ns);
		if (first < 0)
			first = kernel;
		if (kernel > first)
			raise_peak(peak, kernel, e->t_ns);
	}
}

/* Counters of very short stretches say nothing: the kernel counts in ticks. */
#define CPU_STRETCH_NS 20000000

static void find_cpu_peak(struct ct_meter *meter)
{
	size_t from = 0;

	for (size_t i = 1; i < meter->n_samples; i++) {
		if (meter->samples[from]->meter->figures[CT_FIGURE_CPU] < 0)
			from = i;
		if (meter->samples[i]->t_ns - meter->samples[from]->t_ns < CPU_STRETCH_NS)
			continue;
		raise_peak(&meter->cpu, ct_meter_cpu(meter, from, i),
			   meter->samples[i]->t_ns);
		from = i;
	}
}

static int64_t cpu_limit(const struct ct_meter *meter)
{
	int64_t quota = meter->last[CT_FIGURE_CPU_QUOTA];
	int64_t period = meter->last[CT_FIGURE_CPU_PERIOD];

	if (quota < 0 || period <= 0)
		return -1;
	return milli(quota, period);
}

static void sum_up(struct ct_meter *meter)
{
	static const struct ct_peak unknown = { -1, -1 };

	memset(meter->last, -1, sizeof(meter->last));
	memset(meter->used, -1, sizeof(meter->used));
	for (int f = 0; f < CT_FIGURES; f++) {
		int64_t first = -1;

		for (size_t i = 0; i < meter->n_samples; i++) {
			int64_t value = meter->samples[i]->meter->figures[f];

			if (value < 0)
				continue;
			first = first < 0 ? value : first;
			meter->last[f] = value;
			meter->used[f] = value > first ? value - first : 0;
		}
	}
	meter->memory = meter->pids = meter->cpu = unknown;
	find_peak(meter, &meter->memory, CT_FIGURE_MEMORY, CT_FIGURE_MEMORY_PEAK);
	find_peak(meter, &meter->pids, CT_FIGURE_PIDS, CT_FIGURE_PIDS_PEAK);
	find_cpu_peak(meter);
	meter->cpu_limit = cpu_limit(meter);
}

static void give(struct model *m, struct ct_container *c, const char *cgroup)
{
	int index = map_get(&m->by_cgroup, map_hash(cgroup));

	/* the first one that it got into: that is where its limits are */
	if (index < 0 || strcmp(m->pub.meters[index].cgroup, cgroup) != 0 ||
	    (c->meter >= 0 && c->meter <= index))
		return;
	c->meter = index;
}

static void find_meter(struct model *m, struct ct_container *c)
{
	c->meter = -1;
	for (size_t i = 0; i < c->n_cgroup_changes; i++)
		give(m, c, m->pub.cgroup_changes[c->cgroup_changes[i]].to);
	if (c->init >= 0)
		for (size_t i = 0; i < m->states[c->init].n_cgroups; i++)
			give(m, c, m->states[c->init].cgroups[i].path);
	give(m, c, c->cgroup);
	if (c->meter >= 0)
		m->pub.meters[c->meter].container = (int)(c - m->pub.containers);
}

void meter_settle(struct model *m)
{
	for (size_t i = 0; i < m->pub.n_facts && m->pub.n_meters; i++)
		m->pub.facts[i].pressure = NULL;
	for (size_t i = 0; i < m->pub.n_meters; i++) {
		m->pub.meters[i].container = -1;
		sum_up(&m->pub.meters[i]);
	}
	for (size_t i = 0; i < m->pub.n_containers; i++)
		find_meter(m, &m->pub.containers[i]);
	for (size_t i = 0; i < m->pub.n_meters; i++)
		pressure_settle(m, &m->pub.meters[i]);
	for (size_t i = 0; i < m->pub.n_meters; i++)
		level_settle(m, &m->pub.meters[i]);
}
