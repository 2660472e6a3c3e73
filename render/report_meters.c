/* SPDX-License-Identifier: MIT */
/* What was sampled of a container's cgroup, for the report. */
#include "lookup.h"
#include "report.h"

json_t *ct_report_figures(const int64_t figures[CT_FIGURES])
{
	json_t *o = json_object();

	for (int f = 0; f < CT_FIGURES; f++)
		if (figures[f] >= 0)
			json_object_set_new(o, ct_figure_name((enum ct_figure)f),
					    json_integer(figures[f]));
	return o;
}

static json_t *number(int64_t value)
{
	return value < 0 ? json_null() : json_integer(value);
}

static json_t *peak(const struct ct_peak *p)
{
	if (p->value < 0)
		return json_null();
	return json_pack("{s:I, s:o}", "value", (json_int_t)p->value, "t_ns",
			 ct_report_time(p->t_ns));
}

static json_t *samples(const struct ct_meter *meter)
{
	json_t *array = json_array();

	for (size_t i = 0; i < meter->n_samples; i++) {
		const struct ct_event *e = meter->samples[i];
		json_t *o = ct_report_figures(e->meter->figures);

		json_object_set_new(o, "t_ns", ct_report_time(e->t_ns));
		json_array_append_new(array, o);
	}
	return array;
}

/* What is in no sample. */
static void add_between(json_t *array, const char *figure,
			const struct ct_meter_levels *levels)
{
	for (size_t i = 0; i < levels->n; i++)
		if (levels->items[i].between)
			json_array_append_new(
				array, json_pack("{s:o, s:s, s:I}", "t_ns",
						 ct_report_time(levels->items[i].t_ns),
						 "figure", figure, "value",
						 (json_int_t)levels->items[i].value));
}

static json_t *between(const struct ct_meter *meter)
{
	json_t *array = json_array();

	add_between(array, "memory", &meter->memory_levels);
	add_between(array, "pids", &meter->pids_levels);
	return array;
}

static json_t *pressures(const struct ct_model *model, const struct ct_meter *meter)
{
	json_t *array = json_array();

	for (size_t i = 0; i < meter->n_pressures; i++) {
		const struct ct_pressure *p = &meter->pressures[i];
		json_t *o = json_object();

		json_object_set_new(o, "kind", json_string(ct_pressure_name(p->kind)));
		json_object_set_new(o, "t_ns", ct_report_time(p->t_ns));
		json_object_set_new(o, "end_ns", ct_report_time(p->end_ns));
		json_object_set_new(o, "amount", json_integer(p->amount));
		json_object_set_new(o, "held_ns",
				    p->kind == CT_PRESSURE_THROTTLED
					    ? json_integer(p->held_ns)
					    : json_null());
		json_object_set_new(o, "process",
				    ct_report_process_id(model, p->process));
		json_object_set_new(o, "event", ct_report_event(model, (long)p->event));
		json_array_append_new(array, o);
	}
	return array;
}

json_t *ct_report_meters(const struct ct_model *model, const struct ct_container *c)
{
	const struct ct_meter *meter = ct_meter_at(model, c->meter);
	json_t *o;

	if (!meter)
		return json_null();
	o = json_pack("{s:o, s:o, s:o, s:o}", "cgroup", ct_report_text(meter->cgroup),
		      "last", ct_report_figures(meter->last), "used",
		      ct_report_figures(meter->used), "limits",
		      json_pack("{s:o, s:o, s:o}", "memory",
				number(meter->last[CT_FIGURE_MEMORY_LIMIT]), "pids",
				number(meter->last[CT_FIGURE_PIDS_LIMIT]), "cpu_milli",
				number(meter->cpu_limit)));
	json_object_set_new(o, "peaks",
			    json_pack("{s:o, s:o, s:o}", "memory", peak(&meter->memory),
				      "pids", peak(&meter->pids), "cpu_milli",
				      peak(&meter->cpu)));
	json_object_set_new(o, "events", pressures(model, meter));
	json_object_set_new(o, "samples", samples(meter));
	json_object_set_new(o, "between", between(meter));
	return o;
}
