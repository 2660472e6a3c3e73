/* SPDX-License-Identifier: MIT */
/* The report: the trace as the model understood it, one JSON object. */
#include "formats.h"
#include "report.h"

#include <errno.h>

static json_t *host(const struct ct_trace_header *h)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "kernel",
			 ct_report_known(h->kernel), "arch", ct_report_known(h->arch),
			 "hostname", ct_report_known(h->hostname), "cgroup",
			 ct_report_known(h->cgroup_mode), "boot_id",
			 ct_report_known(h->boot_id));
}

static json_t *tracer(const struct ct_trace_header *h)
{
	return json_pack("{s:o, s:o, s:o}", "version", ct_report_known(h->tracer),
			 "depth", ct_report_known(h->depth), "failures",
			 ct_report_known(h->failures));
}

static json_t *phase(const struct ct_model *model, int index)
{
	return ct_report_phase(model, &model->phases[index]);
}

static json_t *event(const struct ct_model *model, int index)
{
	return ct_report_event(model, &model->facts[index]);
}

static json_t *finding(const struct ct_model *model, int index)
{
	return ct_report_finding(&model->findings[index]);
}

static json_t *report(const struct ct_model *model)
{
	const struct ct_trace_header *h = model->header;
	json_t *o = json_object();

	json_object_set_new(o, "schema", json_string("cttrace-report/1"));
	json_object_set_new(o, "command", ct_report_argv(h->command, h->n_command));
	json_object_set_new(o, "exit", ct_report_exit(&model->exit, model->exited));
	json_object_set_new(o, "duration_ns", ct_report_time(model->end_ns));
	json_object_set_new(o, "start_realtime_ns", json_integer(h->start_realtime_ns));
	json_object_set_new(o, "host", host(h));
	json_object_set_new(o, "tracer", tracer(h));
	json_object_set_new(o, "complete", json_boolean(model->complete));
	json_object_set_new(
		o, "processes",
		ct_report_array(model, model->n_processes, ct_report_process));
	json_object_set_new(
		o, "containers",
		ct_report_array(model, model->n_containers, ct_report_container));
	json_object_set_new(o, "phases", ct_report_array(model, model->n_phases, phase));
	json_object_set_new(o, "events", ct_report_array(model, model->n_facts, event));
	json_object_set_new(o, "findings",
			    ct_report_array(model, model->n_findings, finding));
	return o;
}

static int append(const char *bytes, size_t len, void *out)
{
	ct_strbuf_add(out, bytes, len);
	return 0;
}

static int render_json(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_render_options *options, struct ct_error *err)
{
	size_t flags = JSON_INDENT(1) | (options->ascii ? JSON_ENSURE_ASCII : 0);
	json_t *o = report(model);
	int failed = json_dump_callback(o, append, out, flags);

	json_decref(o);
	if (failed)
		return ct_error_set(err, ENOMEM, "the report cannot be written as JSON");
	ct_strbuf_addc(out, '\n');
	return 0;
}

const struct ct_render_format ct_format_json = {
	.name = "json",
	.description = "the report: everything the model found, for programs",
	.views = NULL,
	.render = render_json,
};
