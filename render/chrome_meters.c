/* SPDX-License-Identifier: MIT */
/* Counter events: viewers draw a curve for each name, an area for each argument. */
#include "chrome_meters.h"

#include "report.h"

/* The figures of each, up to CT_FIGURES. */
static const struct counter {
	const char *name;
	enum ct_figure figures[3];
} counters[] = {
	{ "I/O", { CT_FIGURE_IO_READ, CT_FIGURE_IO_WRITTEN, CT_FIGURES } },
};

static void add(struct ct_stream *stream, const char *name, int64_t pid, int64_t t_ns,
		json_t *args)
{
	if (json_object_size(args))
		ct_stream_item(stream, json_pack("{s:s, s:s, s:f, s:I, s:o}", "ph", "C",
						 "name", name, "ts", (double)t_ns / 1000,
						 "pid", (json_int_t)pid, "args", args));
	else
		json_decref(args);
}

static json_t *figures(const struct ct_event *e, const struct counter *counter)
{
	json_t *args = json_object();

	for (const enum ct_figure *f = counter->figures; *f != CT_FIGURES; f++)
		if (e->meter->figures[*f] >= 0)
			json_object_set_new(args, ct_figure_name(*f),
					    json_integer(e->meter->figures[*f]));
	return args;
}

static void add_samples(struct ct_stream *stream, const struct ct_meter *meter,
			int64_t pid)
{
	for (size_t i = 0; i < meter->n_samples; i++) {
		const struct ct_event *e = meter->samples[i];
		int64_t cpu = i ? ct_meter_cpu(meter, i - 1, i) : -1;

		if (cpu >= 0)
			add(stream, "CPU", pid, e->t_ns,
			    json_pack("{s:f}", "cpus", (double)cpu / 1000));
		for (size_t j = 0; j < sizeof(counters) / sizeof(*counters); j++)
			add(stream, counters[j].name, pid, e->t_ns,
			    figures(e, &counters[j]));
	}
}

static void add_levels(struct ct_stream *stream, const struct ct_meter_levels *levels,
		       enum ct_figure figure, int64_t pid)
{
	const char *name = ct_figure_name(figure);

	for (size_t i = 0; i < levels->n; i++)
		add(stream, name, pid, levels->items[i].t_ns,
		    json_pack("{s:I}", name, (json_int_t)levels->items[i].value));
}

void ct_chrome_meters(struct ct_stream *stream, const struct ct_model *model, int64_t pid)
{
	for (size_t i = 0; i < model->n_meters; i++, pid++) {
		const struct ct_meter *meter = &model->meters[i];

		ct_stream_item(stream,
			       json_pack("{s:s, s:s, s:I, s:{s:o}}", "ph", "M", "name",
					 "process_name", "pid", (json_int_t)pid, "args",
					 "name", ct_report_text(meter->cgroup)));
		add_levels(stream, &meter->memory_levels, CT_FIGURE_MEMORY, pid);
		add_levels(stream, &meter->pids_levels, CT_FIGURE_PIDS, pid);
		add_samples(stream, meter, pid);
	}
}
