/* SPDX-License-Identifier: MIT */
/* From samples at any times to cells of the same length. */
#include "series.h"

#include "alloc.h"

const char *ct_series_name(enum ct_series_kind kind)
{
	static const char *const names[CT_SERIES_KINDS] = { "memory", "CPU", "pids",
							    "I/O" };

	return names[kind];
}

static int64_t now(const struct ct_meter *meter, size_t i, enum ct_figure figure)
{
	return meter->samples[i]->meter->figures[figure];
}

static int64_t cpu(const struct ct_meter *meter, size_t i)
{
	return i ? ct_meter_cpu(meter, i - 1, i) : -1;
}

/* Bytes a second since the last sample. */
static int64_t io(const struct ct_meter *meter, size_t i)
{
	double bytes = 0, ns;

	if (!i || now(meter, i, CT_FIGURE_IO_READ) < 0 ||
	    now(meter, i - 1, CT_FIGURE_IO_READ) < 0)
		return -1;
	ns = (double)(meter->samples[i]->t_ns - meter->samples[i - 1]->t_ns);
	for (int f = CT_FIGURE_IO_READ; f <= CT_FIGURE_IO_WRITTEN; f++)
		bytes += (double)now(meter, i, (enum ct_figure)f) -
			 (double)now(meter, i - 1, (enum ct_figure)f);
	bytes = ns > 0 ? bytes / ns * 1e9 : 0;
	return bytes < 0 ? 0 : bytes < 1e18 ? (int64_t)bytes : (int64_t)1e18;
}

const struct ct_meter_levels *ct_series_levels(const struct ct_meter *meter,
					       enum ct_series_kind kind)
{
	return kind == CT_SERIES_MEMORY ? &meter->memory_levels
	       : kind == CT_SERIES_PIDS ? &meter->pids_levels
					: NULL;
}

int64_t ct_series_limit(const struct ct_meter *meter, enum ct_series_kind kind)
{
	const int64_t limits[CT_SERIES_KINDS] = {
		[CT_SERIES_MEMORY] = meter->last[CT_FIGURE_MEMORY_LIMIT],
		[CT_SERIES_CPU] = meter->cpu_limit,
		[CT_SERIES_PIDS] = meter->last[CT_FIGURE_PIDS_LIMIT],
		[CT_SERIES_IO] = -1,
	};

	return limits[kind];
}

static size_t cell_of(int64_t t_ns, int64_t end_ns, size_t cells)
{
	double cell = end_ns > 0 ? (double)t_ns / (double)end_ns * (double)cells : 0;

	if (cell < 0)
		return 0;
	return cell < (double)(cells - 1) ? (size_t)cell : cells - 1;
}

static void raise_cell(struct ct_series *s, size_t cell, int64_t value)
{
	if (value > s->values[cell])
		s->values[cell] = value;
	if (value > s->peak)
		s->peak = value;
}

/* What was measured over a stretch holds for all of it. */
static void fill_rate(struct ct_series *s, const struct ct_meter *meter,
		      int64_t (*rate)(const struct ct_meter *, size_t), int64_t end_ns,
		      size_t cells)
{
	size_t from = cells;

	for (size_t i = 0; i < meter->n_samples; i++) {
		size_t to = cell_of(meter->samples[i]->t_ns, end_ns, cells);
		int64_t value = rate(meter, i);

		for (size_t cell = from + 1; cell < to; cell++)
			raise_cell(s, cell, value);
		raise_cell(s, to, value);
		from = to;
	}
}

/* Between two moments the first one holds: a sample that says the same as the one before
 * is not in the trace. */
static void fill_levels(struct ct_series *s, const struct ct_meter_levels *levels,
			int64_t end_ns, size_t cells)
{
	size_t from = cells;

	for (size_t i = 0; i < levels->n; i++) {
		size_t to = cell_of(levels->items[i].t_ns, end_ns, cells);

		for (size_t cell = from + 1; cell < to; cell++)
			raise_cell(s, cell, levels->items[i - 1].value);
		raise_cell(s, to, levels->items[i].value);
		from = to;
	}
}

struct ct_series ct_series_of(const struct ct_meter *meter, enum ct_series_kind kind,
			      int64_t end_ns, size_t cells)
{
	static int64_t (*const rates[CT_SERIES_KINDS])(const struct ct_meter *,
						       size_t) = {
		[CT_SERIES_CPU] = cpu,
		[CT_SERIES_IO] = io,
	};
	struct ct_series s = { .peak = -1, .limit = ct_series_limit(meter, kind) };

	s.values = ct_alloc((cells ? cells : 1) * sizeof(*s.values));
	for (size_t i = 0; i < cells; i++)
		s.values[i] = -1;
	if (cells && rates[kind])
		fill_rate(&s, meter, rates[kind], end_ns, cells);
	else if (cells)
		fill_levels(&s, ct_series_levels(meter, kind), end_ns, cells);
	s.top = s.limit > s.peak ? s.limit : s.peak;
	if (s.top <= 0)
		s.top = 1;
	return s;
}
