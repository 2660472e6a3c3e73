/* SPDX-License-Identifier: MIT */
/*
 * A climb between two samples is in neither. But the kernel keeps the most that there
 * was, and counts how often a limit was run into; and the trace has the moment at which
 * somebody was killed for it, or refused.
 */
#include "meter.h"

/* One curve: its figure, the kernel's peak of it, its limit, and who counts that. */
struct curve {
	enum ct_figure now, most, limit, hits;
	enum ct_pressure_kind pressure; /* what comes of it at the limit */
};

static int64_t figure(const struct ct_event *sample, enum ct_figure f)
{
	return sample->meter->figures[f];
}

/* Did it grow? A counter that was not there before has not. */
static bool grew(const struct ct_event *a, const struct ct_event *b, enum ct_figure f)
{
	return figure(a, f) >= 0 && figure(b, f) > figure(a, f);
}

/* What it came to between two samples, if that is more than both say; -1. */
static int64_t between(const struct curve *c, const struct ct_event *a,
		       const struct ct_event *b)
{
	int64_t value = grew(a, b, c->most) ? figure(b, c->most) : -1;

	if (grew(a, b, c->hits) && figure(b, c->limit) > value)
		value = figure(b, c->limit);
	return value > figure(a, c->now) && value > figure(b, c->now) ? value : -1;
}

/* When: at what the limit did, or no later than the sample that tells. */
static int64_t moment(const struct ct_meter *meter, const struct curve *c,
		      int64_t from_ns, int64_t to_ns)
{
	for (size_t i = 0; i < meter->n_pressures; i++) {
		const struct ct_pressure *p = &meter->pressures[i];

		if (p->kind == c->pressure && p->t_ns > from_ns && p->t_ns <= to_ns)
			return p->t_ns;
	}
	return to_ns;
}

static void add(struct ct_meter_levels *levels, int64_t t_ns, int64_t value,
		bool is_between)
{
	levels->items[levels->n++] = (struct ct_meter_level){ t_ns, value, is_between };
}

static void draw(struct model *m, const struct ct_meter *meter, const struct curve *c,
		 struct ct_meter_levels *levels)
{
	const struct ct_event *before = NULL;

	*levels = (struct ct_meter_levels){ 0 };
	if (!meter->n_samples)
		return;
	levels->items =
		ct_arena_array(&m->results, struct ct_meter_level, 2 * meter->n_samples);
	for (size_t i = 0; i < meter->n_samples; i++) {
		const struct ct_event *e = meter->samples[i];
		int64_t value;

		if (figure(e, c->now) < 0)
			continue;
		value = before ? between(c, before, e) : -1;
		if (value >= 0)
			add(levels, moment(meter, c, before->t_ns, e->t_ns), value, true);
		add(levels, e->t_ns, figure(e, c->now), false);
		before = e;
	}
}

static void raise_peak(struct ct_peak *peak, const struct ct_meter_levels *levels)
{
	for (size_t i = 0; i < levels->n; i++) {
		const struct ct_meter_level *l = &levels->items[i];

		if (l->between && (l->value > peak->value ||
				   (l->value == peak->value && l->t_ns < peak->t_ns)))
			*peak = (struct ct_peak){ l->value, l->t_ns };
	}
}

void level_settle(struct model *m, struct ct_meter *meter)
{
	static const struct curve memory = { CT_FIGURE_MEMORY, CT_FIGURE_MEMORY_PEAK,
					     CT_FIGURE_MEMORY_LIMIT,
					     CT_FIGURE_MEMORY_HITS,
					     CT_PRESSURE_OOM_KILL };
	static const struct curve pids = { CT_FIGURE_PIDS, CT_FIGURE_PIDS_PEAK,
					   CT_FIGURE_PIDS_LIMIT, CT_FIGURE_PIDS_REFUSED,
					   CT_PRESSURE_FORK };

	draw(m, meter, &memory, &meter->memory_levels);
	draw(m, meter, &pids, &meter->pids_levels);
	raise_peak(&meter->memory, &meter->memory_levels);
	raise_peak(&meter->pids, &meter->pids_levels);
}
