/* SPDX-License-Identifier: MIT */
/* Samples of a cgroup: sums, peaks, and the moments between them. */
#include "cttrace/model.h"
#include "test.h"

#include <signal.h>

enum { N_MAX = 16, MS = 1000000 };

struct trace {
	struct ct_event events[N_MAX];
	struct ct_event_meter meters[N_MAX];
	size_t n;
};

static struct ct_event *add(struct trace *t, enum ct_event_kind kind, int64_t ms)
{
	struct ct_event *e = &t->events[t->n++];

	CHECK(t->n <= N_MAX);
	*e = (struct ct_event){
		.kind = kind, .task = { 100, 1 }, .t_ns = ms * MS, .dur_ns = -1
	};
	return e;
}

static int64_t *sample(struct trace *t, int64_t ms)
{
	struct ct_event *e = add(t, CT_EVENT_METER, ms);

	e->meter = &t->meters[t->n - 1];
	e->meter->cgroup = "/box";
	memset(e->meter->figures, -1, sizeof(e->meter->figures));
	return e->meter->figures;
}

static struct ct_model *model_of(const struct trace *t)
{
	struct ct_model *model = ct_model_new(NULL);

	for (size_t i = 0; i < t->n; i++)
		ct_model_feed(model, &t->events[i]);
	ct_model_finish(model, NULL);
	CHECK_INT(model->n_meters, 1);
	return model;
}

TEST(sums_are_what_came_to_it)
{
	struct trace t = { .n = 0 };
	struct ct_model *model;

	sample(&t, 10)[CT_FIGURE_PIDS] = 1;
	sample(&t, 20)[CT_FIGURE_CPU] = 7000 * (int64_t)MS;
	sample(&t, 120)[CT_FIGURE_CPU] = 7050 * (int64_t)MS;
	t.events[2].meter->figures[CT_FIGURE_CPU_QUOTA] = 150000;
	t.events[2].meter->figures[CT_FIGURE_CPU_PERIOD] = 100000;
	model = model_of(&t);
	CHECK_INT(model->meters[0].n_samples, 3);
	CHECK_INT(model->meters[0].used[CT_FIGURE_CPU], 50 * MS);
	CHECK_INT(model->meters[0].used[CT_FIGURE_MEMORY], -1);
	CHECK_INT(model->meters[0].last[CT_FIGURE_PIDS], 1);
	CHECK_INT(model->meters[0].cpu.value, 500);
	CHECK_INT(model->meters[0].cpu.t_ns, 120 * MS);
	CHECK_INT(model->meters[0].cpu_limit, 1500);
	CHECK_INT(model->meters[0].memory.value, -1);
	ct_model_free(model);
}

TEST(peaks_between_samples_but_not_before_them)
{
	static const int64_t now[] = { 10, 20, 15 };
	static const int64_t old[] = { 90, 90, 90 }, new[] = { 10, 30, 31 };

	for (int older = 0; older < 2; older++) {
		struct trace t = { .n = 0 };
		struct ct_model *model;

		for (int i = 0; i < 3; i++) {
			int64_t *figures = sample(&t, 10 * (i + 1));

			figures[CT_FIGURE_MEMORY] = now[i];
			figures[CT_FIGURE_MEMORY_PEAK] = older ? old[i] : new[i];
		}
		model = model_of(&t);
		CHECK_INT(model->meters[0].memory.value, older ? 20 : 31);
		CHECK_INT(model->meters[0].memory.t_ns, (older ? 20 : 30) * MS);
		ct_model_free(model);
	}
}

/* Neither sample has it: the kernel's peak has, or that the limit was run into. */
TEST(a_climb_between_two_samples_is_drawn)
{
	static const struct {
		int64_t peak, limit, hits, want; /* of the second sample; -1: no climb */
	} rows[] = {
		{ 100, -1, -1, 100 }, /* no limit */
		{ 80, 100, 3, 100 },  /* a kernel without memory.peak, or a late one */
		{ -1, 100, 3, 100 },  { -1, 100, 0, -1 }, /* it was not run into */
		{ 30, 100, -1, -1 }, /* what the samples say already */
		{ -1, -1, 3, -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trace t = { .n = 0 };
		struct ct_model *model;
		const struct ct_meter_levels *levels;
		int64_t *figures = sample(&t, 10);

		figures[CT_FIGURE_MEMORY] = 20;
		figures[CT_FIGURE_MEMORY_PEAK] = rows[i].peak < 0 ? -1 : 20;
		figures[CT_FIGURE_MEMORY_HITS] = rows[i].hits < 0 ? -1 : 0;
		figures = sample(&t, 30);
		figures[CT_FIGURE_MEMORY] = 30;
		figures[CT_FIGURE_MEMORY_PEAK] = rows[i].peak;
		figures[CT_FIGURE_MEMORY_LIMIT] = rows[i].limit;
		figures[CT_FIGURE_MEMORY_HITS] = rows[i].hits;
		model = model_of(&t);
		levels = &model->meters[0].memory_levels;
		CHECK_INT(levels->n, rows[i].want < 0 ? 2 : 3);
		CHECK_INT(levels->items[0].value, 20);
		CHECK_INT(levels->items[levels->n - 1].value, 30);
		CHECK(!levels->items[levels->n - 1].between);
		if (rows[i].want >= 0) {
			CHECK(levels->items[1].between);
			CHECK_INT(levels->items[1].value, rows[i].want);
			CHECK_INT(levels->items[1].t_ns, 30 * MS);
			CHECK_INT(model->meters[0].memory.value, rows[i].want);
		}
		ct_model_free(model);
	}
}

TEST(what_comes_again_within_a_second_is_one)
{
	static const int64_t at[] = { 0, 100, 200, 900, 2500, 2600 };
	static const int64_t throttled[] = { 3, 3, 5, 6, 6, 7 };
	struct trace t = { .n = 0 };
	struct ct_model *model;
	const struct ct_pressure *p;

	for (int i = 0; i < 6; i++) {
		int64_t *figures = sample(&t, at[i]);

		figures[CT_FIGURE_CPU_THROTTLED] = throttled[i];
		figures[CT_FIGURE_CPU_THROTTLED_NS] = throttled[i] * 1000;
	}
	model = model_of(&t);
	CHECK_INT(model->meters[0].n_pressures, 2);
	p = model->meters[0].pressures;
	CHECK_INT(p[0].kind, CT_PRESSURE_THROTTLED);
	CHECK_INT(p[0].t_ns, 100 * MS);
	CHECK_INT(p[0].end_ns, 900 * MS);
	CHECK_INT(p[0].amount, 3);
	CHECK_INT(p[0].held_ns, 3000);
	CHECK_INT(p[0].event, 2);
	CHECK(model->facts[2].pressure == &p[0]);
	CHECK_INT(p[1].t_ns, 2500 * (int64_t)MS);
	CHECK_INT(p[1].amount, 1);
	ct_model_free(model);
}

TEST(kills_are_told_one_by_one_and_without_a_container_at_their_samples)
{
	struct trace t = { .n = 0 };
	struct ct_model *model;

	for (int i = 0; i < 4; i++)
		sample(&t, 10 * i)[CT_FIGURE_OOM_KILLS] = i / 2 + i % 2;
	add(&t, CT_EVENT_EXIT, 35)->exit = (struct ct_event_exit){ -1, SIGKILL, false };
	model = model_of(&t);
	/* 0, 1, 1, 2 */
	CHECK_INT(model->meters[0].n_pressures, 2);
	CHECK_INT(model->meters[0].pressures[0].end_ns, 10 * MS);
	CHECK_INT(model->meters[0].pressures[1].end_ns, 30 * MS);
	CHECK_INT(model->meters[0].pressures[1].event, 3);
	CHECK_INT(model->meters[0].pressures[1].process, -1);
	ct_model_free(model);
}

TEST(times_that_go_back_are_no_samples)
{
	struct trace t = { .n = 0 };
	struct ct_model *model;

	sample(&t, 20)[CT_FIGURE_PIDS] = 1;
	sample(&t, 10)[CT_FIGURE_PIDS] = 5;
	sample(&t, 30)[CT_FIGURE_PIDS] = 2;
	model = model_of(&t);
	CHECK_INT(model->meters[0].n_samples, 2);
	CHECK_INT(model->meters[0].pids.value, 2);
	CHECK_INT(model->meters[0].facts[1], 2);
	ct_model_free(model);
}
