/* SPDX-License-Identifier: MIT */
/* The timeline: a lane for each process, an item in each row, time going down. */
#include "alloc.h"
#include "ascii.h"
#include "closing.h"
#include "label.h"
#include "lane_rows.h"
#include "lesson.h"
#include "lookup.h"
#include "strokes.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

struct lanes {
	const struct ct_screen *screen;
	const struct ct_story *story;
	struct ct_lane_rows rows;
	struct ct_told *told; /* NULL: no lessons are wanted */
	int time_column, name_column, deepest;
	int step_cells; /* of the numbers of steps, before the words; 0: there are none */
};

/* A lane that is too deep for the screen is drawn in the deepest one there is. */
static int depth_of(const struct lanes *lanes, int process)
{
	int depth = lanes->story->members[process].depth;

	return depth < lanes->deepest ? depth : lanes->deepest;
}

/* Is some lane of this depth drawn both before and after row `r`? */
static bool is_open(const struct lanes *lanes, const int *open, size_t r, int depth)
{
	return open[depth] >= 0 && lanes->rows.last[open[depth]] > r + 1;
}

/* The lanes left of the process's own, and the branch that leads to a birth. */
static void draw_left(struct ct_row *out, const struct lanes *lanes, const int *open,
		      size_t r)
{
	const struct ct_strokes *s = ct_strokes_of(lanes->screen->look);
	const struct ct_lane_row *row = &lanes->rows.items[r];
	int depth = depth_of(lanes, row->process);

	for (int d = 0; d < depth; d++) {
		bool goes_on = is_open(lanes, open, r, d);

		if (row->birth && d == depth - 1)
			ct_row_add(out, CT_STYLE_DIM, goes_on ? s->branch : s->corner);
		else
			ct_row_add(out, CT_STYLE_DIM, goes_on ? s->lane : s->none);
	}
}

/* The process's own lane, and those of others to the right of it. */
static void draw_right(struct ct_row *out, const struct lanes *lanes, const int *open,
		       size_t r, bool named)
{
	const struct ct_strokes *s = ct_strokes_of(lanes->screen->look);
	const struct ct_lane_row *row = &lanes->rows.items[r];
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
	int depth = depth_of(lanes, row->process);

	if (!row->birth)
		ct_row_add(out, CT_STYLE_DIM,
			   lanes->rows.last[row->process] > r + 1 ? s->lane : s->end);
	if (row->birth || named) {
		ct_label_process(&name, lanes->story->model, row->process);
		ct_row_addn(out, row->birth ? CT_STYLE_NAME : CT_STYLE_DIM, name.data,
			    name.len);
		return;
	}
	for (int d = depth + 1; d <= lanes->deepest; d++)
		ct_row_add(out, CT_STYLE_DIM,
			   is_open(lanes, open, r, d) ? s->lane : s->none);
}

/* Repeated helpers are named without a pid: "iptables ×24". */
static void draw_fold(struct ct_row *out, const struct lanes *lanes,
		      const struct ct_lane_row *row)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	ct_label_name(&name, lanes->story->model, row->process);
	ct_row_addf(out, CT_STYLE_NAME, "%s ×%d", name.data,
		    lanes->story->members[row->process].n_folded);
}

/* How long a process that came and went has lived, at the right margin. */
static void add_lifetime(struct ct_row *out, const struct lanes *lanes,
			 const struct ct_lane_row *row)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_process *p;
	int64_t end_ns;

	if (row->process < 0 || !row->birth || lanes->screen->look->width < 80)
		return;
	/* nothing may be cut from a failure */
	if (row->item && row->item->kind == CT_ITEM_FAILURE)
		return;
	p = &lanes->story->model->processes[row->process];
	end_ns = p->exited_ns;
	if (row->item && row->item->kind == CT_ITEM_FOLD)
		end_ns = row->item->end_ns;
	if (end_ns < 0 || row->process == lanes->story->model->root)
		return;
	ct_label_duration(&sb, end_ns - p->born_ns);
	/* nor from what was made */
	if (row->item && row->item->kind == CT_ITEM_NAMESPACE &&
	    out->cells + ct_row_cells(out, sb.data) + 2 > lanes->screen->look->width)
		return;
	ct_row_at_margin(out, CT_STYLE_DIM, sb.data);
}

/* A line that has nothing but the lanes which go on. */
static void draw_lanes(struct ct_row *out, const struct lanes *lanes, const int *open,
		       size_t r)
{
	const struct ct_strokes *s = ct_strokes_of(lanes->screen->look);

	ct_row_seek(out, lanes->time_column);
	for (int d = 0; d <= lanes->deepest; d++)
		ct_row_add(out, CT_STYLE_DIM,
			   is_open(lanes, open, r, d) ? s->lane : s->none);
	ct_row_seek(out, lanes->name_column + lanes->step_cells);
}

/* What the row is good for, below it. */
static void draw_lessons(struct ct_row *out, const struct lanes *lanes, const int *open,
			 size_t r)
{
	const struct ct_lesson *lessons[CT_LESSONS_OF_ITEM];
	const struct ct_item *item = lanes->rows.items[r].item;
	size_t n = 0;

	if (lanes->told && item)
		n = ct_lessons_of_item(lessons, lanes->story->model, item);
	for (size_t i = 0; i < n; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

		if (!ct_told_first(lanes->told, lessons[i]))
			continue;
		if (n > 1)
			ct_strbuf_addf(&text, "%s: ", lessons[i]->word);
		ct_lesson_add(&text, lessons[i]);
		for (const char *rest = text.data; *rest;) {
			draw_lanes(out, lanes, open, r);
			rest = ct_row_fill(out, CT_STYLE_DIM, rest);
			ct_row_end(out, lanes->screen->out);
		}
	}
}

/* The number of the step, before the words; all words begin in one column. */
static void draw_step(struct ct_row *out, const struct lanes *lanes,
		      const struct ct_item *item)
{
	enum ct_step step = CT_STEP_NONE;

	if (lanes->step_cells && item)
		step = ct_step_of_item(lanes->story->model, item);
	if (step)
		ct_row_addf(out, CT_STYLE_TITLE, "%d", (int)step);
	ct_row_seek(out, lanes->name_column + lanes->step_cells);
}

static void draw_row(struct ct_row *out, const struct lanes *lanes, const int *open,
		     size_t r, int previous)
{
	const struct ct_lane_row *row = &lanes->rows.items[r];
	CT_CLEANUP_STRBUF struct ct_strbuf time = CT_STRBUF_INIT;

	ct_label_ms(&time, row->t_ns);
	ct_row_right(out, lanes->time_column - 2, CT_STYLE_DIM, time.data);
	ct_row_seek(out, lanes->time_column);
	if (row->process >= 0) {
		draw_left(out, lanes, open, r);
		if (row->item && row->item->kind == CT_ITEM_FOLD)
			draw_fold(out, lanes, row);
		else
			draw_right(out, lanes, open, r, row->process != previous);
	}
	ct_row_seek(out, lanes->name_column);
	draw_step(out, lanes, row->item);
	if (row->item)
		ct_words_add(out, lanes->story, row->item);
	else
		ct_row_add(
			out, CT_STYLE_DIM,
			ct_words_birth(lanes->story->model->processes[row->process].how));
	add_lifetime(out, lanes, row);
	ct_row_end(out, lanes->screen->out);
	draw_lessons(out, lanes, open, r);
}

static void draw(const struct lanes *lanes)
{
	/* the process whose lane is drawn at each depth: the one that goes on longest */
	int *open = ct_alloc(((size_t)lanes->deepest + 1) * sizeof(*open));
	const struct ct_screen *screen = lanes->screen;
	CT_CLEANUP_ROW struct ct_row out = CT_ROW_INIT(screen->look);
	int previous = -1;

	memset(open, -1, ((size_t)lanes->deepest + 1) * sizeof(*open));
	for (size_t r = 0; r < lanes->rows.n && !screen->failed->code; r++) {
		int process = lanes->rows.items[r].process;

		if (process >= 0 && lanes->rows.items[r].birth) {
			int *lane = &open[depth_of(lanes, process)];

			if (*lane < 0 ||
			    lanes->rows.last[process] > lanes->rows.last[*lane])
				*lane = process;
		}
		draw_row(&out, lanes, open, r, previous);
		ct_render_drain(screen->out, screen->options, screen->failed);
		previous = process;
	}
	free(open);
}

/* The columns: time as wide as the longest, names as wide as they need within a third. */
static void find_columns(struct lanes *lanes)
{
	enum { LABEL_CELLS = 16, NARROWEST = 18, STEP_CELLS = 2 };
	const struct ct_model *model = lanes->story->model;
	int step = ct_strokes_of(lanes->screen->look)->cells, widest = NARROWEST;
	int most = lanes->screen->look->width * 2 / 5;
	CT_CLEANUP_STRBUF struct ct_strbuf end = CT_STRBUF_INIT;
	struct ct_row probe = CT_ROW_INIT(lanes->screen->look);

	ct_label_ms(&end, model->end_ns);
	lanes->time_column = (end.len < 7 ? 7 : (int)end.len) + 2;
	lanes->deepest = (most - LABEL_CELLS) / step;
	if (lanes->deepest < 1)
		lanes->deepest = 1;
	for (size_t r = 0; r < lanes->rows.n; r++) {
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		int process = lanes->rows.items[r].process, need;

		if (process < 0 || !lanes->rows.items[r].birth)
			continue;
		ct_label_process(&name, model, process);
		need = depth_of(lanes, process) * step;
		need += ct_row_cells(&probe, name.data) + 2;
		/* where it is named again, that is right of its lane */
		if (lanes->rows.last[process] > r + 1)
			need += step;
		widest = need > widest ? need : widest;
	}
	lanes->name_column = lanes->time_column + (widest < most ? widest : most);
	for (size_t i = 0; i < model->n_phases && !lanes->step_cells; i++)
		lanes->step_cells = model->phases[i].step ? STEP_CELLS : 0;
}

static void heading(const struct lanes *lanes)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(lanes->screen->look);

	ct_row_end(&row, lanes->screen->out);
	ct_row_right(&row, lanes->time_column - 2, CT_STYLE_TITLE, "ms");
	ct_row_seek(&row, lanes->time_column);
	ct_row_add(&row, CT_STYLE_TITLE, "process");
	ct_row_seek(&row, lanes->name_column + lanes->step_cells);
	ct_row_add(&row, CT_STYLE_TITLE, "what happened");
	ct_row_end(&row, lanes->screen->out);
}

void ct_view_lanes(const struct ct_screen *screen, const struct ct_model *model)
{
	struct ct_story *story = ct_story_new(model, screen->verbose);
	struct ct_told told = { 0 };
	struct lanes lanes = { .screen = screen,
			       .story = story,
			       .told = screen->lessons ? &told : NULL };

	ct_lane_rows_init(&lanes.rows, story);
	find_columns(&lanes);
	if (lanes.rows.n) {
		heading(&lanes);
		draw(&lanes);
	}
	ct_closing_lines(screen, story);
	ct_lane_rows_release(&lanes.rows);
	ct_story_free(story);
}
