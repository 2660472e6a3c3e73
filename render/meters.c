/* SPDX-License-Identifier: MIT */
/* What each container used, as a line over time, and what its limits did to it. */
#include "ascii.h"
#include "label.h"
#include "lookup.h"
#include "series.h"

#include <stdlib.h>
#include <string.h>

struct table {
	const struct ct_screen *screen;
	const struct ct_model *model;
	const struct ct_meter *meter;
	struct ct_axis axis;
	int bar; /* the column where the axis begins */
};

enum { GAP = 2, LEVELS = 8 };

static void add_line(struct ct_strbuf *out, const struct ct_look *look,
		     const struct ct_series *series, size_t cells)
{
	static const char *const blocks[LEVELS] = {
		"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"
	};
	static const char *const letters[LEVELS] = { "_", ".", ":", "-",
						     "=", "+", "*", "#" };
	const char *const *levels = look->ascii ? letters : blocks;

	for (size_t i = 0; i < cells; i++) {
		int64_t value = series->values[i];
		double share = (double)value / (double)series->top;
		int level = (int)(share * LEVELS);

		if (level >= LEVELS)
			level = LEVELS - 1;
		ct_strbuf_adds(out, value < 0 ? " " : levels[level]);
	}
}

/* A row: a name, what is drawn along the axis, words. */
static void add_row(const struct table *t, const char *name, enum ct_style style,
		    const struct ct_strbuf *drawing, const struct ct_strbuf *words)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(t->screen->look);

	ct_row_addf(&row, style == CT_STYLE_BAD ? style : CT_STYLE_PLAIN, "    %s", name);
	ct_row_seek(&row, t->bar);
	ct_row_addn(&row, style, drawing->data, drawing->len);
	ct_row_seek(&row, t->bar + t->axis.cells + GAP);
	ct_row_wrap(&row, row.cells, style == CT_STYLE_BAD ? style : CT_STYLE_PLAIN,
		    words->data, t->screen->out);
}

static void series_row(const struct table *t, enum ct_series_kind kind)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;
	size_t cells = t->axis.cells > 0 ? (size_t)t->axis.cells : 0;
	struct ct_series series;

	ct_label_meter(&words, t->meter, kind);
	if (!words.len)
		return;
	series = ct_series_of(t->meter, kind, t->axis.end_ns, cells);
	add_line(&line, t->screen->look, &series, cells);
	add_row(t, ct_series_name(kind), CT_STYLE_CHANGE, &line, &words);
	free(series.values);
}

static void pressure_row(const struct table *t, const struct ct_pressure *pressure)
{
	static const char *const names[CT_PRESSURES] = {
		[CT_PRESSURE_OOM_KILL] = "out of memory",
		[CT_PRESSURE_THROTTLED] = "throttled",
		[CT_PRESSURE_FORK] = "fork refused",
	};
	CT_CLEANUP_STRBUF struct ct_strbuf bar = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

	ct_bar_add(&bar, &t->axis, pressure->t_ns,
		   pressure->kind == CT_PRESSURE_OOM_KILL ? pressure->t_ns
							  : pressure->end_ns);
	ct_label_pressure(&words, t->model, pressure);
	add_row(t, names[pressure->kind],
		pressure->kind == CT_PRESSURE_THROTTLED ? CT_STYLE_CHANGE : CT_STYLE_BAD,
		&bar, &words);
}

/* So many of them are shown; -v shows all. */
#define PRESSURES_MAX 8

static void meter_rows(const struct table *t, const char *whose)
{
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;
	size_t n = t->meter->n_pressures;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(t->screen->look);

	if (!t->screen->verbose && n > PRESSURES_MAX)
		n = PRESSURES_MAX;
	ct_row_end(&row, t->screen->out);
	ct_label_id(&title, whose);
	ct_row_addf(&row, CT_STYLE_TITLE, "  what %s used", title.data);
	ct_row_end(&row, t->screen->out);
	for (int kind = 0; kind < CT_SERIES_KINDS; kind++)
		series_row(t, (enum ct_series_kind)kind);
	for (size_t i = 0; i < n; i++)
		pressure_row(t, &t->meter->pressures[i]);
	if (n == t->meter->n_pressures)
		return;
	ct_row_addf(&row, CT_STYLE_DIM, "    %zu more of these (-v lists them)",
		    t->meter->n_pressures - n);
	ct_row_end(&row, t->screen->out);
}

/* Without phases above, with which they are in line, the words come before the curves. */
static void leave_room(struct table *t)
{
	enum { WORDS = 40, LEAST = 8 };
	int room = t->screen->look->width - t->bar - GAP - WORDS;

	if (t->model->n_phases || t->axis.cells <= room)
		return;
	t->axis.cells = room > LEAST ? room : LEAST;
}

void ct_view_meters(const struct ct_screen *screen, const struct ct_model *model)
{
	struct table t = { .screen = screen, .model = model };

	t.axis = ct_phases_axis(screen->look, model, &t.bar);
	leave_room(&t);
	for (size_t i = 0; i < model->n_containers; i++) {
		t.meter = ct_meter_at(model, model->containers[i].meter);
		if (t.meter && ct_container_is_shown(model, (int)i))
			meter_rows(&t, model->containers[i].id);
	}
	/* of a container that was there before the trace only its cgroup is known */
	for (size_t i = 0; i < model->n_meters && !model->n_containers; i++) {
		t.meter = &model->meters[i];
		meter_rows(&t, t.meter->cgroup);
	}
}
