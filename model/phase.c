/* SPDX-License-Identifier: MIT */
/* The tables of phases and steps, and tiling the run with them. */
#include "phase.h"

#include "detail.h"
#include "milestone.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The large phases of a container, in the order in which they come. */
static const struct large {
	const char *name;
	size_t span; /* in struct milestones */
	detail_fn *detail;
} larges[] = {
	{ "network", offsetof(struct milestones, network), detail_network },
	{ "monitor", offsetof(struct milestones, monitor), detail_none },
	{ "create", offsetof(struct milestones, create), detail_none },
	{ "start", offsetof(struct milestones, start), detail_none },
	{ "run", offsetof(struct milestones, run), detail_run },
	{ "clean-up", offsetof(struct milestones, clean_up), detail_none },
};

#define N_LARGE (sizeof(larges) / sizeof(larges[0]))

/* The steps; `absent` has something to say about a step that nobody did. */
static const struct {
	enum ct_step step;
	detail_fn *detail, *absent;
} steps[] = {
	{ CT_STEP_NAMESPACES, detail_namespaces, NULL },
	{ CT_STEP_CGROUP, detail_cgroup, NULL },
	{ CT_STEP_ROOTFS, detail_rootfs, NULL },
	{ CT_STEP_NETWORK, detail_made_before, detail_made_before },
	{ CT_STEP_PIVOT, detail_pivot, NULL },
	{ CT_STEP_CAPABILITIES, detail_capabilities, NULL },
	{ CT_STEP_SECCOMP, detail_seccomp, NULL },
	{ CT_STEP_EXEC, detail_exec, NULL },
};

struct tile {
	struct ct_phase phase;
	int site;
	const struct large *row; /* NULL: between the containers' phases */
};

struct tiling {
	struct model *m;
	struct tile *tiles;
	size_t n;
	int64_t *births; /* sorted */
};

static int compare_times(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int compare_tiles(const void *a, const void *b)
{
	const struct tile *x = a, *y = b;

	if (x->phase.start_ns != y->phase.start_ns)
		return x->phase.start_ns < y->phase.start_ns ? -1 : 1;
	if (x->phase.end_ns != y->phase.end_ns)
		return x->phase.end_ns < y->phase.end_ns ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static size_t born_before(const struct tiling *t, int64_t t_ns)
{
	size_t low = 0, high = t->m->pub.n_processes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->births[middle] < t_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct tile *add_tile(struct tiling *t, const char *name, const struct span *span,
			     int site)
{
	struct tile *tile = &t->tiles[t->n++];

	tile->site = site;
	tile->phase = (struct ct_phase){
		.name = name,
		.start_ns = span->start_ns,
		.end_ns = span->end_ns,
		.container = site >= 0 ? t->m->sites[site].container : -1,
		.process = span->process,
		.detail = "",
	};
	return tile;
}

/* What was there before the trace is not made in it: `podman exec`. */
static const char *name_of(struct model *m, int site, const struct large *large)
{
	bool create = large->span == offsetof(struct milestones, create);

	return create && site_container(m, site)->older ? "join" : large->name;
}

/* A container's own phases follow one another. */
static void add_container(struct tiling *t, int site, const struct milestones *all)
{
	const char *base = (const char *)&all[t->m->sites[site].container];
	struct tile *last = NULL;

	for (size_t i = 0; i < N_LARGE; i++) {
		const struct span *span = (const struct span *)(base + larges[i].span);

		if (span->start_ns < 0)
			continue;
		if (last && last->phase.end_ns > span->start_ns)
			last->phase.end_ns = last->phase.start_ns < span->start_ns
						     ? span->start_ns
						     : last->phase.start_ns;
		last = add_tile(t, name_of(t->m, site, &larges[i]), span, site);
		last->row = &larges[i];
	}
}

static int engine_of(const struct model *m, int site)
{
	int engine = site >= 0 ? m->sites[site].engine : -1;

	return engine >= 0 ? engine : m->pub.root;
}

static bool is_engine(const struct model *m, int process)
{
	enum ct_role role = process < 0 ? CT_ROLE_ENGINE : m->pub.processes[process].role;

	return role == CT_ROLE_ENGINE || role == CT_ROLE_DAEMON;
}

/* A shell that starts the engine is none, nor is a script that calls the runtime itself.
 */
static void add_engine(struct tiling *t, int engine, int64_t start, int64_t end)
{
	const struct model *m = t->m;
	int64_t from = start;

	if (!is_engine(m, engine))
		from = end;
	else if (engine >= 0 && engine != m->pub.root &&
		 m->pub.processes[engine].born_ns > start)
		from = m->pub.processes[engine].born_ns;
	if (from > end)
		from = end;
	if (start < from)
		add_tile(t, "command", &(struct span){ start, from, m->pub.root }, -1);
	if (from < end)
		add_tile(t, "engine", &(struct span){ from, end, engine }, -1);
}

/* Time before, between or after the containers' phases. */
static void fill(struct tiling *t, struct tile *before, struct tile *after, int64_t start,
		 int64_t end)
{
	const struct tile *near = after ? after : before;
	int engine = engine_of(t->m, near ? near->site : -1);

	if (start >= end)
		return;
	if (!after && before && before->row == &larges[N_LARGE - 1]) {
		before->phase.end_ns = end;
		return;
	}
	if (!after && before) {
		add_tile(t, "clean-up", &(struct span){ start, end, engine },
			 before->site);
		return;
	}
	/* the runtime itself was called: what it did before its first step is its own */
	if (after && !before && after->phase.process == t->m->pub.root) {
		after->phase.start_ns = start;
		return;
	}
	add_engine(t, engine, start, end);
}

static void fill_holes(struct tiling *t)
{
	size_t n = t->n;
	int64_t cursor = 0;
	struct tile *last = NULL;

	for (size_t i = 0; i < n; i++) {
		fill(t, last, &t->tiles[i], cursor, t->tiles[i].phase.start_ns);
		if (!last || t->tiles[i].phase.end_ns >= cursor)
			last = &t->tiles[i];
		if (t->tiles[i].phase.end_ns > cursor)
			cursor = t->tiles[i].phase.end_ns;
	}
	fill(t, last, NULL, cursor, t->m->pub.end_ns);
}

static void emit_step(struct model *m, const struct tile *tile, size_t row)
{
	const struct site *s = &m->sites[tile->site];
	const struct step_time *time = &(s->built ? s->built : s->steps)[steps[row].step];
	bool absent = time->start_ns < 0;
	struct ct_phase phase = {
		.name = ct_step_name(steps[row].step),
		.step = steps[row].step,
		.start_ns = absent ? tile->phase.start_ns : time->start_ns,
		.end_ns = absent ? tile->phase.start_ns : time->end_ns,
		.busy_ns = time->busy_ns,
		.container = s->container,
		.process = absent ? -1 : time->processes[0],
		.n_processes = time->n_processes,
	};
	detail_fn *detail = absent ? steps[row].absent : steps[row].detail;

	phase.detail = detail ? detail(m, tile->site, &phase) : "";
	if (absent && !*phase.detail)
		return;
	m->pub.phases[m->pub.n_phases++] = phase;
}

static bool has_start(const struct model *m, int site)
{
	return m->sites[site].starter >= 0;
}

static void emit_steps(struct model *m, const struct tile *tile)
{
	bool create = tile->row && tile->row->span == offsetof(struct milestones, create);
	bool start = !strcmp(tile->phase.name, "start");

	if (tile->site < 0 || (!create && !start))
		return;
	for (size_t row = 0; row < sizeof(steps) / sizeof(steps[0]); row++) {
		bool is_exec = steps[row].step == CT_STEP_EXEC;

		/* `runtime create` leaves the exec to `runtime start` */
		if (is_exec && has_start(m, tile->site) ? start : create)
			emit_step(m, tile, row);
	}
}

static void emit(struct tiling *t)
{
	struct model *m = t->m;
	size_t room = t->n + m->pub.n_containers * (CT_STEPS + 1);

	m->pub.phases = ct_arena_array(&m->results, struct ct_phase, room);
	m->pub.n_phases = 0;
	for (size_t i = 0; i < t->n; i++) {
		struct tile *tile = &t->tiles[i];
		struct ct_phase *phase = &tile->phase;

		phase->busy_ns = phase->end_ns - phase->start_ns;
		phase->n_processes =
			born_before(t, phase->end_ns) - born_before(t, phase->start_ns);
		if (!phase->n_processes && phase->process >= 0)
			phase->n_processes = 1;
		if (tile->row)
			phase->detail = tile->row->detail(m, tile->site, phase);
		m->pub.phases[m->pub.n_phases++] = *phase;
		emit_steps(m, tile);
	}
}

/* An engine that never came to a container has a run too; other programs have none. */
static bool worth_it(const struct model *m)
{
	int root = m->pub.root;

	return m->pub.n_containers ||
	       (root >= 0 && m->pub.processes[root].role == CT_ROLE_ENGINE);
}

void phase_compute(struct model *m)
{
	struct tiling t = { .m = m };
	const struct milestones *all;

	m->pub.phases = NULL;
	m->pub.n_phases = 0;
	if (!worth_it(m))
		return;
	all = milestone_compute(m);
	t.tiles = ct_arena_array(&m->results, struct tile,
				 (m->pub.n_containers * N_LARGE + 1) * 3);
	t.births = ct_arena_array(&m->results, int64_t, m->pub.n_processes);
	for (size_t i = 0; i < m->pub.n_processes; i++)
		t.births[i] = m->pub.processes[i].born_ns;
	qsort(t.births, m->pub.n_processes, sizeof(*t.births), compare_times);
	for (size_t i = 0; i < m->n_sites; i++)
		if (m->sites[i].container >= 0)
			add_container(&t, (int)i, all);
	qsort(t.tiles, t.n, sizeof(*t.tiles), compare_tiles);
	fill_holes(&t);
	qsort(t.tiles, t.n, sizeof(*t.tiles), compare_tiles);
	emit(&t);
}
