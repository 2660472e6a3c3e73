/* SPDX-License-Identifier: MIT */
/*
 * The Chrome trace event format, for ui.perfetto.dev and chrome://tracing: a track for
 * each task, phases on tracks of their own, arrows where one process made or prepared
 * what another one has. Described in "Trace Event Format", a document of the Chromium
 * project.
 */
#include "chrome_tracks.h"
#include "formats.h"
#include "handover.h"
#include "label.h"
#include "line.h"
#include "lookup.h"
#include "report.h"
#include "stream.h"

#include <stdlib.h>

/* Viewers want pids and tids that are never reused: serials are. Phases come first. */
#define PHASES_PID 0x40000000

struct chrome {
	struct ct_stream stream;
	const struct ct_model *model;
	json_int_t flow; /* the last arrow */
};

static json_t *micros(int64_t t_ns)
{
	return json_real((double)t_ns / 1000);
}

static json_t *label_of(const struct ct_model *model, int process)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_process(&sb, model, process);
	return ct_report_text(sb.data);
}

static void add_metadata(struct chrome *c, const char *what, json_int_t pid,
			 json_int_t tid, json_t *args)
{
	ct_stream_item(&c->stream,
		       json_pack("{s:s, s:s, s:I, s:I, s:o}", "ph", "M", "name", what,
				 "pid", pid, "tid", tid, "args", args));
}

/* A stretch of time on a track. */
static void add_span(struct chrome *c, const struct ct_span *span, const char *category,
		     json_t *name, json_t *args)
{
	json_t *o = json_pack("{s:s, s:s, s:o, s:o, s:o, s:I, s:I, s:o}", "ph", "X",
			      "cat", category, "name", name, "ts", micros(span->start_ns),
			      "dur", micros(span->end_ns - span->start_ns), "pid",
			      (json_int_t)span->pid, "tid", (json_int_t)span->tid, "args",
			      args);

	ct_stream_item(&c->stream, o);
}

static void add_phases(struct chrome *c)
{
	struct ct_spans spans = ct_phase_spans(c->model, PHASES_PID);

	if (spans.n) {
		add_metadata(c, "process_name", PHASES_PID, PHASES_PID,
			     json_pack("{s:s}", "name", "phases"));
		add_metadata(c, "process_sort_index", PHASES_PID, PHASES_PID,
			     json_pack("{s:i}", "sort_index", -1));
	}
	for (size_t i = 0; i < spans.n; i++) {
		const struct ct_phase *phase = &c->model->phases[spans.items[i].index];

		add_span(c, &spans.items[i], "phase", ct_report_text(phase->name),
			 ct_report_phase(c->model, phase));
	}
	free(spans.items);
}

static void add_processes(struct chrome *c)
{
	for (size_t i = 0; i < c->model->n_processes; i++) {
		const struct ct_process *p = &c->model->processes[i];

		add_metadata(c, "process_name", p->serial, p->serial,
			     json_pack("{s:o}", "name", label_of(c->model, (int)i)));
		add_metadata(c, "process_labels", p->serial, p->serial,
			     json_pack("{s:s}", "labels", ct_role_name(p->role)));
		add_metadata(c, "process_sort_index", p->serial, p->serial,
			     json_pack("{s:I}", "sort_index", (json_int_t)p->serial));
	}
}

/* Tracks have serials for ids; the kernel's are what people look for. */
static void add_tasks(struct chrome *c)
{
	for (size_t i = 0; i < c->model->n_facts; i++) {
		const struct ct_fact *fact = &c->model->facts[i];
		const struct ct_process *p = ct_process_at(c->model, fact->process);
		const struct ct_event *e = fact->event;

		if (e->kind == CT_EVENT_TASK && p)
			add_metadata(c, "thread_name", p->serial, e->task.serial,
				     json_pack("{s:o}", "name",
					       json_sprintf("task %d", e->task.tid)));
	}
}

static json_t *program_args(const struct ct_process *p, const struct ct_exec *exec)
{
	json_t *args = json_pack("{s:i, s:s}", "pid", (int)p->pid, "role",
				 ct_role_name(p->role));

	if (exec) {
		json_object_set_new(args, "path", ct_report_text(exec->path));
		json_object_set_new(args, "argv", ct_report_argv(exec->argv, exec->argc));
	}
	json_object_set_new(args, "exit", ct_report_exit(&p->exit, p->exited_ns >= 0));
	return args;
}

static json_t *call_args(const struct chrome *c, const struct ct_fact *fact)
{
	const struct ct_event_call *call = &fact->event->call;
	CT_CLEANUP_STRBUF struct ct_strbuf result = CT_STRBUF_INIT;
	json_t *args = json_object();

	for (size_t i = 0; i < call->n_args; i++) {
		const struct ct_arg *arg = &call->args[i];
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

		/* a number keeps them in the order of the call, and apart */
		ct_strbuf_addf(&name, "%zu %s", i, arg->name ? arg->name : "");
		json_object_set_new(args, name.data, ct_report_text(arg->text));
	}
	ct_label_result(&result, call);
	json_object_set_new(args, "result", ct_report_text(result.data));
	json_object_set_new(args, "event", json_integer(fact - c->model->facts));
	return args;
}

static void add_instant(struct chrome *c, const struct ct_span *span,
			const struct ct_event *e)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_line_add(&text, e);
	ct_stream_item(&c->stream,
		       json_pack("{s:s, s:s, s:s, s:o, s:o, s:I, s:I}", "ph", "i", "s",
				 "t", "cat", ct_event_kind_name(e->kind), "name",
				 ct_report_text(text.data), "ts", micros(span->start_ns),
				 "pid", (json_int_t)span->pid, "tid",
				 (json_int_t)span->tid));
}

static void add_program(struct chrome *c, const struct ct_span *span)
{
	const struct ct_process *p = &c->model->processes[span->index];
	const struct ct_exec *exec = span->exec < 0 ? NULL : &p->execs[span->exec];
	const char *name = exec ? ct_basename(exec->path) : ct_birth_name(p->how);

	add_span(c, span, "program", ct_report_text(name), program_args(p, exec));
}

/* What every task did, task by task; a call lies within the program that made it. */
static void add_work(struct chrome *c)
{
	struct ct_spans spans = ct_task_spans(c->model);

	for (size_t i = 0; i < spans.n; i++) {
		const struct ct_span *span = &spans.items[i];
		const struct ct_fact *fact;

		if (span->program) {
			add_program(c, span);
			continue;
		}
		fact = &c->model->facts[span->index];
		if (fact->event->kind == CT_EVENT_CALL)
			add_span(c, span, "call", ct_report_text(fact->event->call.name),
				 call_args(c, fact));
		else
			add_instant(c, span, fact->event);
	}
	free(spans.items);
}

static void add_flow_end(struct chrome *c, const char *phase, const char *what,
			 int process, int64_t t_ns)
{
	json_int_t serial = c->model->processes[process].serial;
	json_t *o = json_pack("{s:s, s:s, s:s, s:I, s:o, s:I, s:I}", "ph", phase, "cat",
			      "flow", "name", what, "id", c->flow, "ts", micros(t_ns),
			      "pid", serial, "tid", serial);

	/* to the span that is there, not to the next one */
	if (*phase == 'f')
		json_object_set_new(o, "bp", json_string("e"));
	ct_stream_item(&c->stream, o);
}

static void add_flow(struct chrome *c, const char *what, int from, int64_t from_ns,
		     int to, int64_t to_ns)
{
	if (from_ns > to_ns)
		return;
	c->flow++;
	add_flow_end(c, "s", what, from, from_ns);
	add_flow_end(c, "f", what, to, to_ns);
}

static void add_flows(struct chrome *c)
{
	struct ct_hand_overs overs;

	for (size_t i = 0; i < c->model->n_processes; i++) {
		const struct ct_process *p = &c->model->processes[i];

		if (ct_process_at(c->model, p->creator))
			add_flow(c, ct_birth_name(p->how), p->creator, p->born_ns, (int)i,
				 p->born_ns);
	}
	ct_hand_overs_init(&overs, c->model);
	for (size_t i = 0; i < overs.n; i++)
		add_flow(c, overs.items[i].what, overs.items[i].from,
			 overs.items[i].from_ns, overs.items[i].to, overs.items[i].to_ns);
	ct_hand_overs_release(&overs);
}

static int render_chrome(struct ct_strbuf *out, const struct ct_model *model,
			 const struct ct_render_options *options, struct ct_error *err)
{
	const struct ct_trace_header *h = model->header;
	struct chrome c = { .stream = ct_stream_begin(out, options->ascii),
			    .model = model };
	json_t *about =
		json_pack("{s:o, s:o, s:o, s:b}", "command",
			  ct_report_argv(h->command, h->n_command), "tracer",
			  ct_report_known(h->tracer), "kernel",
			  ct_report_known(h->kernel), "complete", model->complete);

	ct_stream_member(&c.stream, "displayTimeUnit", json_string("ms"));
	ct_stream_member(&c.stream, "otherData", about);
	ct_stream_open(&c.stream, "traceEvents", '[');
	add_phases(&c);
	add_processes(&c);
	add_tasks(&c);
	add_work(&c);
	add_flows(&c);
	ct_stream_close(&c.stream, ']');
	return ct_stream_end(&c.stream, err);
}

const struct ct_render_format ct_format_chrome = {
	.name = "chrome",
	.description = "Chrome trace events, for ui.perfetto.dev and chrome://tracing",
	.views = NULL,
	.render = render_chrome,
};
