/* SPDX-License-Identifier: MIT */
/* Where the time went: a bar for each phase, and below it the steps it is made of. */
#include "alloc.h"
#include "ascii.h"
#include "bar.h"
#include "label.h"
#include "lesson.h"
#include "lookup.h"
#include "phase_owner.h"

#include <stdlib.h>
#include <string.h>

/* Columns of the table. Narrow screens have no room for who leads a phase. */
struct columns {
	int who, bar, duration, share, detail;
	struct ct_axis axis;
};

/* The longest of what the phases, and meters below them, say beside their length. */
static int widest_detail(const struct ct_look *look, const struct ct_model *model)
{
	enum { METER = 34 };
	struct ct_row probe = CT_ROW_INIT(look);
	int widest = model->n_meters ? METER : 0;

	for (size_t i = 0; i < model->n_phases; i++) {
		const char *detail = model->phases[i].detail;
		int cells = detail ? ct_row_cells(&probe, detail) : 0;

		widest = cells > widest ? cells : widest;
	}
	return widest;
}

static struct columns find_columns(const struct ct_look *look,
				   const struct ct_model *model)
{
	enum { NAME = 26, WHO = 10, WIDE = 90, DURATION = 11, SHARE = 6, BAR_MAX = 80 };
	struct columns c = { .axis = { .end_ns = model->end_ns } };
	int name = look->width < 60 ? 20 : NAME;
	int detail = widest_detail(look, model), fixed, least;

	c.who = name;
	c.bar = name + (look->width >= WIDE ? WHO : 0);
	fixed = c.bar + DURATION + SHARE;
	/* what the details leave, or a part of all; these are wrapped then */
	c.axis.cells = look->width - fixed - detail - 2;
	least = (look->width - fixed) * (detail ? 3 : 5) / 10;
	if (c.axis.cells < least)
		c.axis.cells = least;
	if (c.axis.cells > BAR_MAX)
		c.axis.cells = BAR_MAX;
	if (c.axis.cells < 8)
		c.axis.cells = look->width - c.bar - DURATION;
	c.duration = c.bar + c.axis.cells;
	c.share = c.duration + DURATION;
	c.detail = c.share + SHARE;
	return c;
}

struct ct_axis ct_phases_axis(const struct ct_look *look, const struct ct_model *model,
			      int *column)
{
	struct columns columns = find_columns(look, model);

	*column = columns.bar;
	return columns.axis;
}

static void add_name(struct ct_row *row, const struct ct_phase *phase)
{
	static const struct {
		const char *name, *title;
	} titles[] = {
		{ "engine", "engine: storage, config" },
		{ "create", "runtime: create" },
		{ "join", "runtime: join" },
		{ "start", "runtime: start" },
		{ "run", "container runs" },
	};

	if (phase->step != CT_STEP_NONE) {
		ct_row_addf(row, CT_STYLE_PLAIN, "    %d %s", (int)phase->step,
			    phase->name);
		return;
	}
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (!strcmp(titles[i].name, phase->name)) {
			ct_row_addf(row, CT_STYLE_PLAIN, "  %s", titles[i].title);
			return;
		}
	ct_row_addf(row, CT_STYLE_PLAIN, "  %s", phase->name);
}

static void add_numbers(struct ct_row *row, const struct columns *columns,
			const struct ct_phase *phase)
{
	enum { PERCENT_FROM = 5 };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	int64_t length = phase->end_ns - phase->start_ns;
	int64_t end_ns = columns->axis.end_ns;

	if (phase->step != CT_STEP_NONE && phase->busy_ns > 0)
		length = phase->busy_ns;
	if (phase->start_ns < 0)
		ct_strbuf_adds(&sb, "-");
	else
		ct_label_duration(&sb, length);
	ct_row_right(row, columns->share, CT_STYLE_PLAIN, sb.data);
	ct_strbuf_reset(&sb);
	if (phase->step == CT_STEP_NONE && end_ns > 0 && length > 0 &&
	    (double)length * 100 / (double)end_ns >= PERCENT_FROM)
		ct_strbuf_addf(&sb, "%.0f %%", (double)length * 100 / (double)end_ns);
	if (sb.len && columns->detail <= row->look->width)
		ct_row_right(row, columns->detail, CT_STYLE_DIM, sb.data);
}

/* Who leads a phase; a container that runs is named by its program. */
static void add_leader(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_phase *phase)
{
	const struct ct_container *c = ct_container_at(model, phase->container);
	const struct ct_process *p = c ? ct_process_at(model, c->payload) : NULL;

	if (!strcmp(phase->name, "run") && p && c->payload_exec >= 0 &&
	    (size_t)c->payload_exec < p->n_execs)
		ct_strbuf_adds(out, ct_basename(p->execs[c->payload_exec].path));
	else
		ct_label_name(out, model, phase->process);
}

static void add_id(struct ct_row *row, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf id = CT_STRBUF_INIT;

	ct_label_id(&id, c->id);
	ct_row_addf(row, CT_STYLE_DIM, "%s ", id.data);
}

static void phase_line(const struct ct_screen *screen, const struct columns *columns,
		       const struct ct_model *model, const struct ct_phase *phase)
{
	CT_CLEANUP_STRBUF struct ct_strbuf bar = CT_STRBUF_INIT;
	const struct ct_container *c = ct_container_at(model, phase->container);
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	add_name(&row, phase);
	ct_row_seek(&row, columns->who);
	if (columns->bar > columns->who && ct_process_at(model, phase->process)) {
		CT_CLEANUP_STRBUF struct ct_strbuf who = CT_STRBUF_INIT;

		add_leader(&who, model, phase);
		if (phase->step == CT_STEP_NONE)
			ct_row_addn(&row, CT_STYLE_NAME, who.data, who.len);
		ct_row_seek(&row, columns->bar);
	}
	ct_row_seek(&row, columns->bar);
	if (phase->start_ns >= 0)
		ct_bar_add(&bar, &columns->axis, phase->start_ns, phase->end_ns);
	ct_row_addn(&row, phase->step ? CT_STYLE_PLAIN : CT_STYLE_CHANGE, bar.data,
		    bar.len);
	add_numbers(&row, columns, phase);
	if (columns->detail < screen->look->width) {
		/* a step has no share of the whole */
		int column = (phase->step ? columns->share : columns->detail) + 2;

		ct_row_seek(&row, column);
		if (c && model->n_containers > 1 && phase->step == CT_STEP_NONE)
			add_id(&row, c);
		if (phase->detail && *phase->detail) {
			ct_row_wrap(&row, column, CT_STYLE_PLAIN, phase->detail,
				    screen->out);
			return;
		}
	}
	ct_row_end(&row, screen->out);
}

/* Below the phase, once in a picture for those that come again. */
static void lesson_line(const struct ct_screen *screen, const struct ct_phase *phase,
			struct ct_told *told)
{
	const struct ct_lesson *lesson = ct_lesson_find(phase->name);
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	int indent = phase->step ? 6 : 4;

	if (!screen->lessons || !ct_told_first(told, lesson))
		return;
	ct_lesson_add(&text, lesson);
	ct_row_seek(&row, indent);
	ct_row_wrap(&row, indent, CT_STYLE_DIM, text.data, screen->out);
}

static void told_line(const struct ct_screen *screen, const struct columns *columns,
		      const struct ct_model *model, size_t phase, struct ct_told *told)
{
	phase_line(screen, columns, model, &model->phases[phase]);
	lesson_line(screen, &model->phases[phase], told);
}

/* Every large phase with its steps below it, and the steps that have none. */
static void phase_lines(const struct ct_screen *screen, const struct columns *columns,
			const struct ct_model *model)
{
	struct ct_told told = { 0 };
	size_t n = model->n_phases;
	size_t *owners = ct_phase_owners(model);
	size_t *first = ct_alloc((n + 1) * sizeof(*first)); /* step + 1 of an owner */
	size_t *next = ct_alloc((n + 1) * sizeof(*next));   /* step + 1 after a step */

	for (size_t i = n; i-- > 0;) {
		if (!model->phases[i].step)
			continue;
		next[i] = first[owners[i]];
		first[owners[i]] = i + 1;
	}
	for (size_t i = 0; i <= n; i++) {
		if (i < n && !model->phases[i].step)
			told_line(screen, columns, model, i, &told);
		for (size_t step = first[i]; step; step = next[step - 1])
			told_line(screen, columns, model, step - 1, &told);
	}
	free(owners);
	free(first);
	free(next);
}

void ct_view_phases(const struct ct_screen *screen, const struct ct_model *model)
{
	CT_CLEANUP_STRBUF struct ct_strbuf scale = CT_STRBUF_INIT;
	struct columns columns = find_columns(screen->look, model);
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	if (!model->n_phases)
		return;
	ct_row_end(&row, screen->out);
	ct_axis_add(&scale, &columns.axis);
	ct_row_add(&row, CT_STYLE_TITLE, "  where the time went");
	ct_row_seek(&row, columns.bar);
	ct_row_addn(&row, CT_STYLE_DIM, scale.data, scale.len);
	ct_row_end(&row, screen->out);
	phase_lines(screen, &columns, model);
}
