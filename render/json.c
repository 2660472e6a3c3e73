/* SPDX-License-Identifier: MIT */
/* The report: the trace as the model understood it, one JSON object. */
#include "filter_note.h"
#include "formats.h"
#include "lesson.h"
#include "many.h"
#include "report.h"
#include "stream.h"

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
	return json_pack("{s:o, s:o, s:o, s:o}", "version", ct_report_known(h->tracer),
			 "depth", ct_report_known(h->depth), "failures",
			 ct_report_known(h->failures), "meters_ns",
			 h->meters_ns ? json_integer(h->meters_ns) : json_null());
}

static json_t *phase(const struct ct_model *model, int index)
{
	return ct_report_phase(model, &model->phases[index]);
}

static json_t *finding(const struct ct_model *model, int index)
{
	return ct_report_finding(model, &model->findings[index]);
}

static void add_array(struct ct_stream *stream, const char *name,
		      const struct ct_model *model, size_t n,
		      json_t *(*make)(const struct ct_model *model, int index))
{
	ct_stream_open(stream, name, '[');
	for (size_t i = 0; i < n; i++)
		ct_stream_item(stream, make(model, (int)i));
	ct_stream_close(stream, ']');
}

static void put_event(struct ct_json_out *out, const void *ctx, size_t i)
{
	const struct ct_model *model = ctx;

	if (model->selection)
		i = model->selection->shown[i];
	ct_report_put_event(out, model, &model->facts[i]);
}

static void add_lessons(struct ct_stream *stream)
{
	ct_stream_open(stream, "lessons", '[');
	for (const struct ct_lesson *l = ct_lessons; l->word; l++)
		ct_stream_item(stream,
			       json_pack("{s:s, s:s, s:s}", "word", l->word, "sentence",
					 l->sentence, "page", l->page));
	ct_stream_close(stream, ']');
}

static void add_events(struct ct_stream *stream, const struct ct_model *model)
{
	struct ct_many many = { model->selection ? model->selection->n_shown
						 : model->n_facts,
				put_event, model };

	ct_stream_open(stream, "events", '[');
	ct_many_add(stream, &many);
	ct_stream_close(stream, ']');
}

static int render_json(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_render_options *options, struct ct_error *err)
{
	const struct ct_trace_header *h = model->header;
	struct ct_stream s = ct_stream_begin(out, options);

	ct_stream_member(&s, "schema", json_string("cttrace-report/1"));
	ct_stream_member(&s, "command", ct_report_argv(h->command, h->n_command));
	ct_stream_member(&s, "exit", ct_report_exit(&model->exit, model->exited));
	ct_stream_member(&s, "duration_ns", ct_report_time(model->end_ns));
	ct_stream_member(&s, "start_realtime_ns", json_integer(h->start_realtime_ns));
	ct_stream_member(&s, "host", host(h));
	ct_stream_member(&s, "tracer", tracer(h));
	ct_stream_member(&s, "complete", json_boolean(model->complete));
	if (model->selection)
		ct_stream_member(&s, "filter", ct_filter_report(model));
	add_array(&s, "processes", model, model->n_processes, ct_report_process);
	add_array(&s, "containers", model, model->n_containers, ct_report_container);
	add_array(&s, "phases", model, model->n_phases, phase);
	add_events(&s, model);
	add_array(&s, "handovers", model, model->n_handovers, ct_report_handover);
	add_array(&s, "networks", model, model->n_networks, ct_report_network);
	add_array(&s, "network_requests", model, model->n_net_requests,
		  ct_report_net_request);
	add_array(&s, "findings", model, model->n_findings, finding);
	if (options->lessons)
		add_lessons(&s);
	return ct_stream_end(&s, err);
}

const struct ct_render_format ct_format_json = {
	.name = "json",
	.description = "the report: everything the model found, for programs",
	.views = NULL,
	.render = render_json,
};
