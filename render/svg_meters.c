/* SPDX-License-Identifier: MIT */
/* Curves in steps: what was there holds until the next that is known. */
#include "svg_meters.h"

#include "label.h"
#include "lookup.h"
#include "series.h"

enum {
	TITLE = 20,
	ROW = 44,   /* words above a curve */
	CURVE = 24, /* its height */
	WORDS = 12, /* their base line in the row */
	FAR = 8,    /* a limit so many times above the peak would press the curve flat */
};

static const struct ct_pen plain = { .size = 11, .fill = "#1a1a1a", .halo = true };
static const struct ct_pen title = { .size = 11, .bold = true, .fill = "#1a1a1a" };
static const struct ct_pen alarm = {
	.size = 11, .bold = true, .fill = "#86001a", .halo = true
};

static bool has_row(const struct ct_meter *meter, enum ct_series_kind kind)
{
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

	/* of I/O the sum says it all */
	if (kind == CT_SERIES_IO)
		return false;
	ct_label_meter(&words, meter, kind);
	return words.len;
}

static const struct ct_meter *meter_of(const struct ct_model *model, size_t container)
{
	return ct_container_is_shown(model, (int)container)
		       ? ct_meter_at(model, model->containers[container].meter)
		       : NULL;
}

double ct_svg_meters_height(const struct ct_model *model)
{
	double height = 0;

	for (size_t i = 0; i < model->n_containers; i++) {
		const struct ct_meter *meter = meter_of(model, i);

		if (!meter)
			continue;
		height += TITLE;
		for (int kind = 0; kind < CT_SERIES_KINDS; kind++)
			height += has_row(meter, (enum ct_series_kind)kind) ? ROW : 0;
	}
	return height;
}

/* -------- one curve -------- */

struct curve {
	const struct ct_svg_meters *d;
	const struct ct_meter *meter;
	enum ct_series_kind kind;
	double base; /* y of nothing */
	int64_t top; /* of the scale */
};

static double y_of(const struct curve *c, int64_t value)
{
	return c->base - CURVE * (double)value / (double)c->top;
}

static size_t count(const struct curve *c)
{
	const struct ct_meter_levels *levels = ct_series_levels(c->meter, c->kind);

	return levels ? levels->n : c->meter->n_samples;
}

/* A point of the curve; of what is used over a time, from its beginning. */
static struct ct_meter_level point(const struct curve *c, size_t i)
{
	const struct ct_meter_levels *levels = ct_series_levels(c->meter, c->kind);
	struct ct_meter_level l = { .t_ns = c->meter->samples[0]->t_ns };

	if (levels)
		return levels->items[i];
	l.t_ns = c->meter->samples[i]->t_ns;
	l.value = i + 1 < c->meter->n_samples ? ct_meter_cpu(c->meter, i, i + 1) : 0;
	l.value = l.value < 0 ? 0 : l.value;
	return l;
}

static int64_t peak_of(const struct curve *c)
{
	int64_t peak = 1;

	for (size_t i = 0; i < count(c); i++)
		if (point(c, i).value > peak)
			peak = point(c, i).value;
	return peak;
}

static void draw_steps(const struct curve *c)
{
	struct ct_strbuf *out = c->d->out;
	size_t n = count(c);

	ct_strbuf_addf(out, "<path d=\"M%.1f %.1f",
		       ct_columns_x(c->d->columns, point(c, 0).t_ns), c->base);
	for (size_t i = 0; i < n; i++) {
		struct ct_meter_level l = point(c, i);
		double x = ct_columns_x(c->d->columns, l.t_ns);
		int64_t most = l.value;

		/* as many points as there are pixels: of each the highest and the last */
		for (; i + 1 < n; i++) {
			struct ct_meter_level next = point(c, i + 1);

			if (ct_columns_x(c->d->columns, next.t_ns) - x >= 0.5)
				break;
			most = next.value > most ? next.value : most;
			l = next;
		}
		ct_strbuf_addf(out, "H%.1fV%.1f", x, y_of(c, most));
		if (l.value != most)
			ct_strbuf_addf(out, "V%.1f", y_of(c, l.value));
	}
	ct_strbuf_addf(out,
		       "V%.1fZ\" fill=\"#cfe0f2\" stroke=\"#2b5f94\" "
		       "stroke-width=\"1\"/>\n",
		       c->base);
}

static void draw_limit(const struct curve *c, int64_t limit)
{
	ct_strbuf_addf(c->d->out,
		       "<path d=\"M%.1f %.1fH%.1f\" stroke=\"#b00020\" "
		       "stroke-dasharray=\"5 3\" fill=\"none\"/>\n",
		       ct_columns_x(c->d->columns, point(c, 0).t_ns), y_of(c, limit),
		       ct_columns_x(c->d->columns, point(c, count(c) - 1).t_ns));
}

/* What its limit did to it: a line at that moment, and words beside it. */
static void draw_pressures(const struct curve *c)
{
	static const enum ct_series_kind rows[CT_PRESSURES] = {
		[CT_PRESSURE_OOM_KILL] = CT_SERIES_MEMORY,
		[CT_PRESSURE_THROTTLED] = CT_SERIES_CPU,
		[CT_PRESSURE_FORK] = CT_SERIES_PIDS,
	};

	for (size_t i = 0; i < c->meter->n_pressures; i++) {
		const struct ct_pressure *p = &c->meter->pressures[i];

		if (rows[p->kind] == c->kind)
			ct_strbuf_addf(c->d->out,
				       "<path d=\"M%.1f %.1fv%d\" stroke=\"#b00020\" "
				       "stroke-width=\"2\" fill=\"none\"/>\n",
				       ct_columns_x(c->d->columns, p->t_ns),
				       c->base - CURVE - 3, CURVE + 3);
	}
}

/* The peak and the limit, and then what came of it: the first, as the rest is like it. */
static void draw_words(const struct curve *c, double y, double right)
{
	static const enum ct_pressure_kind pressures[CT_SERIES_KINDS] = {
		[CT_SERIES_MEMORY] = CT_PRESSURE_OOM_KILL,
		[CT_SERIES_CPU] = CT_PRESSURE_THROTTLED,
		[CT_SERIES_PIDS] = CT_PRESSURE_FORK,
		[CT_SERIES_IO] = CT_PRESSURES,
	};
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;
	struct ct_spot spot = { .x = c->d->left + 4, .y = y };

	spot.room = right - spot.x;
	ct_label_meter(&words, c->meter, c->kind);
	ct_svg_text(c->d->out, &plain, &spot, words.data);
	spot.x += ct_svg_width(&plain, words.data) + 16;
	spot.room = right - spot.x;
	for (size_t i = 0; i < c->meter->n_pressures && spot.room > 0; i++) {
		if (c->meter->pressures[i].kind != pressures[c->kind])
			continue;
		ct_strbuf_reset(&words);
		ct_label_pressure(&words, c->d->model, &c->meter->pressures[i]);
		ct_svg_text(c->d->out, &alarm, &spot, words.data);
		return;
	}
}

static void draw_row(const struct ct_svg_meters *d, const struct ct_meter *meter,
		     enum ct_series_kind kind, double y)
{
	const struct ct_column *last = &d->columns->items[d->columns->n - 1];
	struct curve c = { .d = d, .meter = meter, .kind = kind };
	struct ct_spot name = { .x = d->margin + 10,
				.y = y + ROW - 8,
				.room = d->left - d->margin - 18 };
	int64_t limit = ct_series_limit(meter, kind);

	c.base = y + ROW - 4;
	c.top = peak_of(&c);
	if (limit > 0 && limit / FAR > c.top)
		limit = -1;
	if (limit > c.top)
		c.top = limit;
	ct_svg_text(d->out, &plain, &name, ct_series_name(kind));
	if (count(&c)) {
		draw_steps(&c);
		if (limit > 0)
			draw_limit(&c, limit);
		draw_pressures(&c);
	}
	draw_words(&c, y + WORDS, last->x + last->width);
}

void ct_svg_meters_draw(const struct ct_svg_meters *d)
{
	double y = d->top;

	for (size_t i = 0; i < d->model->n_containers; i++) {
		const struct ct_meter *meter = meter_of(d->model, i);
		struct ct_spot spot = { .x = d->margin, .y = y + TITLE - 6 };
		CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

		if (!meter)
			continue;
		ct_strbuf_adds(&words, "what ");
		ct_label_id(&words, d->model->containers[i].id);
		ct_strbuf_adds(&words, " used");
		spot.room = d->left; /* nothing else is in this line */
		ct_svg_text(d->out, &title, &spot, words.data);
		y += TITLE;
		for (int kind = 0; kind < CT_SERIES_KINDS; kind++) {
			if (!has_row(meter, (enum ct_series_kind)kind))
				continue;
			draw_row(d, meter, (enum ct_series_kind)kind, y);
			y += ROW;
		}
	}
}
