/* SPDX-License-Identifier: MIT */
/* The timeline while it is made. Its model grows with the trace, up to a bound. */
#include "live.h"
#include "alloc.h"
#include "cttrace/render.h"
#include "cttrace/trace.h"
#include "label.h"
#include "lesson.h"
#include "lookup.h"
#include "strokes.h"
#include "tell.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

enum {
	TIME_COLUMN = 9,
	NAMES_MOST = 32,
	LABEL_CELLS = 16,
	STEP_CELLS = 2,
	BOUND = 200000
};

struct ct_live {
	struct ct_trace_header header;
	struct ct_look look;
	struct ct_story story;
	struct ct_teller teller;
	struct ct_model *model;
	struct ct_event_keeper *keeper;
	bool *drawn; /* per process: a line has named it */
	size_t cap_drawn, cap_members;
	int previous;        /* whose the last line was; -1 */
	size_t bound, limit; /* of events that are remembered */
};

static void begin(struct ct_live *live)
{
	live->keeper = ct_event_keeper_new();
	live->model = ct_model_new(&live->header);
	live->story.model = live->model;
	ct_makers_init(&live->story.makers, live->model);
	ct_teller_init(&live->teller, &live->story);
	live->previous = -1;
}

static void end(struct ct_live *live)
{
	ct_teller_release(&live->teller);
	for (size_t i = 0; i < live->story.n_items; i++)
		free(live->story.items[i].events);
	free(live->story.items);
	free(live->story.members);
	free(live->drawn);
	ct_makers_release(&live->story.makers);
	ct_model_free(live->model);
	ct_event_keeper_free(live->keeper);
}

struct ct_live *ct_live_new(const struct ct_trace_header *header,
			    const struct ct_render_options *options)
{
	struct ct_live *live = ct_alloc(sizeof(*live));

	live->header = *header;
	/* what is mounted is nothing that a line needs, and a lot to remember */
	live->header.mounts = NULL;
	live->header.n_mounts = 0;
	live->look = ct_look_of(options);
	live->story.verbose = options->verbose;
	live->story.growing = true;
	ct_live_bound(live, BOUND);
	begin(live);
	return live;
}

void ct_live_bound(struct ct_live *live, size_t events)
{
	live->bound = live->limit = events;
}

void ct_live_free(struct ct_live *live)
{
	if (!live)
		return;
	end(live);
	free(live);
}

/* A depth for each process that is new. */
static void grow(struct ct_live *live)
{
	size_t n = live->model->n_processes, old = live->cap_members;

	if (n > live->cap_drawn) {
		live->drawn = ct_realloc(live->drawn, 2 * n, sizeof(*live->drawn));
		memset(live->drawn + live->cap_drawn, 0,
		       (2 * n - live->cap_drawn) * sizeof(*live->drawn));
		live->story.members = ct_realloc(live->story.members, 2 * n,
						 sizeof(*live->story.members));
		live->cap_drawn = 2 * n;
	}
	for (size_t i = old; i < n; i++) {
		struct ct_member *m = &live->story.members[i];
		int creator = live->model->processes[i].creator;

		*m = (struct ct_member){ .parent = creator < (int)i ? creator : -1,
					 .fold = (int)i,
					 .n_folded = 1,
					 .shown = true };
		m->depth = m->parent < 0 ? 0 : live->story.members[m->parent].depth + 1;
	}
	live->cap_members = n;
}

static bool feed(struct ct_live *live, const struct ct_event *event)
{
	const struct ct_event *kept = ct_event_keep(live->keeper, event);

	if (!kept)
		return false;
	ct_model_feed(live->model, kept);
	grow(live);
	return true;
}

/* Per process: it lives, or one does that came of it. */
static bool *find_lasting(const struct ct_model *model)
{
	bool *lasting = ct_alloc((model->n_processes + 1) * sizeof(*lasting));

	for (size_t i = model->n_processes; i-- > 0;) {
		int creator = model->processes[i].creator;

		lasting[i] |= model->processes[i].exited_ns < 0;
		if (lasting[i] && creator >= 0 && creator < (int)i)
			lasting[creator] = true;
	}
	return lasting;
}

/* What later lines can still need: who lives, what it runs, where it is. */
static bool is_needed(const struct ct_fact *fact, const bool *lasting)
{
	const unsigned int tags = 1U << CT_TAG_PROCESS | 1U << CT_TAG_NAMESPACE |
				  1U << CT_TAG_CGROUP | 1U << CT_TAG_ROOT;

	return fact->process >= 0 && lasting[fact->process] && (fact->tags & tags);
}

static int find_serial(const struct ct_model *model, uint32_t serial)
{
	for (size_t i = model->n_processes; i-- > 0;)
		if (model->processes[i].serial == serial)
			return (int)i;
	return -1;
}

/* A trace may go on for days. Of what is over, only the lines on the screen stay. */
static void forget(struct ct_live *live)
{
	struct ct_live old = *live;
	const struct ct_process *previous = ct_process_at(old.model, old.previous);
	bool *lasting = find_lasting(old.model);

	live->story = (struct ct_story){ .verbose = old.story.verbose, .growing = true };
	live->drawn = NULL;
	live->cap_drawn = live->cap_members = 0;
	begin(live);
	for (size_t i = 0; i < old.model->n_facts; i++)
		if (is_needed(&old.model->facts[i], lasting))
			feed(live, old.model->facts[i].event);
	for (size_t i = 0; i < live->model->n_processes; i++)
		live->drawn[i] = true;
	if (previous)
		live->previous = find_serial(live->model, previous->serial);
	live->limit = live->model->n_facts + live->bound;
	free(lasting);
	end(&old);
}

/* -------- a line -------- */

/* The deepest lane that leaves room for a name. */
static int deepest_of(const struct ct_live *live)
{
	int most = live->look.width * 2 / 5;

	most = most < NAMES_MOST ? most : NAMES_MOST;
	most = (most - LABEL_CELLS) / ct_strokes_of(&live->look)->cells;
	return most < 1 ? 1 : most;
}

/* Lanes of those that live, and the branch that leads to a birth. */
static void draw_lanes(struct ct_row *row, const struct ct_live *live, int process,
		       int64_t t_ns, bool birth)
{
	const struct ct_strokes *s = ct_strokes_of(&live->look);
	const struct ct_member *members = live->story.members;
	int deepest = deepest_of(live), depth = members[process].depth;
	int shown = depth < deepest ? depth : deepest;

	for (int d = 0; d < shown; d++) {
		const struct ct_process *p;
		int up = process;

		while (members[up].depth > d)
			up = members[up].parent;
		p = &live->model->processes[up];
		if (birth && d == shown - 1)
			ct_row_add(row, CT_STYLE_DIM, s->branch);
		else
			ct_row_add(row, CT_STYLE_DIM,
				   p->exited_ns < 0 || p->exited_ns > t_ns ? s->lane
									   : s->none);
	}
	if (!birth)
		ct_row_add(row, CT_STYLE_DIM,
			   live->model->processes[process].exited_ns < 0 ? s->lane
									 : s->end);
}

static void draw_name(struct ct_row *row, struct ct_live *live,
		      const struct ct_item *item)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
	int process = item->process;
	bool birth;

	if (process < 0)
		return;
	birth = !live->drawn[process];
	draw_lanes(row, live, process, item->t_ns, birth);
	if (!birth && process == live->previous)
		return;
	ct_label_process(&name, live->model, process);
	ct_row_addn(row, birth ? CT_STYLE_NAME : CT_STYLE_DIM, name.data, name.len);
	live->drawn[process] = true;
}

static void draw(struct ct_live *live, const struct ct_item *item, struct ct_strbuf *out)
{
	int most = live->look.width * 2 / 5;
	int names = TIME_COLUMN + (most < NAMES_MOST ? most : NAMES_MOST);
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&live->look);
	CT_CLEANUP_STRBUF struct ct_strbuf time = CT_STRBUF_INIT;
	enum ct_step step = ct_step_of_item(live->model, item);

	ct_label_ms(&time, item->t_ns);
	/* after hours the time is wider than its column */
	if (time.len + 2 > TIME_COLUMN)
		names += (int)time.len + 2 - TIME_COLUMN;
	ct_row_right(&row, time.len + 2 > TIME_COLUMN ? (int)time.len : TIME_COLUMN - 2,
		     CT_STYLE_DIM, time.data);
	ct_row_add(&row, CT_STYLE_PLAIN, "  ");
	draw_name(&row, live, item);
	ct_row_seek(&row, names);
	if (step)
		ct_row_addf(&row, CT_STYLE_TITLE, "%d", (int)step);
	ct_row_seek(&row, names + STEP_CELLS);
	ct_words_add(&row, &live->story, item);
	ct_row_end(&row, out);
	live->previous = item->process;
}

void ct_live_feed(struct ct_live *live, const struct ct_event *event, bool shown,
		  struct ct_strbuf *out)
{
	const struct ct_fact *fact;

	if (live->model->n_facts >= live->limit)
		forget(live);
	if (!feed(live, event) || !shown)
		return;
	fact = &live->model->facts[live->model->n_facts - 1];
	if (fact->n_ns) {
		ct_makers_release(&live->story.makers);
		ct_makers_init(&live->story.makers, live->model);
	}
	ct_teller_tell_last(&live->teller);
	for (size_t i = 0; i < live->story.n_items; i++) {
		draw(live, &live->story.items[i], out);
		free(live->story.items[i].events);
	}
	live->story.n_items = 0;
}
