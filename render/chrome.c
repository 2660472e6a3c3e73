/* SPDX-License-Identifier: MIT */
/*
 * The Chrome trace event format, for ui.perfetto.dev and chrome://tracing: a track for
 * each task, phases on tracks of their own, arrows where one process made or prepared
 * what another one has. Described in "Trace Event Format", a document of the Chromium
 * project.
 */
#include "chrome_flows.h"
#include "chrome_meters.h"
#include "chrome_tracks.h"
#include "filter_note.h"
#include "formats.h"
#include "label.h"
#include "lesson.h"
#include "line.h"
#include "lookup.h"
#include "many.h"
#include "report.h"
#include "steps.h"
#include "stream.h"

#include <stdlib.h>

/* Viewers want pids and tids that are never reused: serials are. Phases come first. */
#define PHASES_PID 0x40000000
#define METERS_PID 0x50000000

struct chrome {
	struct ct_stream stream;
	const struct ct_model *model;
	json_int_t flow;                 /* the last arrow */
	struct ct_event_lessons lessons; /* none without --explain */
};

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

/* A stretch of time on a track, up to its arguments: end_span() ends it. */
static void begin_span(struct ct_json_out *out, const struct ct_span *span,
		       const char *category, const char *name)
{
	ct_json_out_open(out, '{');
	ct_chrome_word(out, "ph", "X");
	ct_chrome_word(out, "cat", category);
	ct_chrome_word(out, "name", name);
	ct_chrome_micros(out, "ts", span->start_ns);
	ct_chrome_micros(out, "dur", span->end_ns - span->start_ns);
	ct_chrome_where(out, span->pid, span->tid);
	ct_json_out_key(out, "args");
}

static void end_span(struct ct_json_out *out)
{
	ct_json_out_close(out, '}');
}

/* A phase as the report has it, and what it is good for. */
static json_t *phase_args(const struct chrome *c, const struct ct_phase *phase)
{
	const struct ct_lesson *lesson = ct_lesson_find(phase->name);
	json_t *args = ct_report_phase(c->model, phase);
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (!c->lessons.items || !lesson)
		return args;
	ct_lesson_add(&text, lesson);
	json_object_set_new(args, "explain", ct_report_text(text.data));
	return args;
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

		struct ct_json_out *out = ct_stream_begin_item(&c->stream);
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

		ct_steps_phase(&name, phase);
		begin_span(out, &spans.items[i], "phase", name.data);
		ct_json_out_value(out, phase_args(c, phase));
		end_span(out);
	}
	free(spans.items);
}

static void add_processes(struct chrome *c)
{
	for (size_t i = 0; i < c->model->n_processes; i++) {
		const struct ct_process *p = &c->model->processes[i];

		if (!ct_process_is_shown(c->model, (int)i))
			continue;
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

		if (e->kind == CT_EVENT_TASK && p &&
		    ct_process_is_shown(c->model, fact->process))
			add_metadata(c, "thread_name", p->serial, e->task.serial,
				     json_pack("{s:o}", "name",
					       json_sprintf("task %d", e->task.tid)));
	}
}

static json_t *program_args(const struct ct_process *p, const struct ct_exec *exec,
			    const struct ct_event_lessons *lessons)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	json_t *args = json_pack("{s:i, s:s}", "pid", (int)p->pid, "role",
				 ct_role_name(p->role));

	if (exec) {
		json_object_set_new(args, "path", ct_report_text(exec->path));
		json_object_set_new(args, "argv", ct_report_argv(exec->argv, exec->argc));
	}
	json_object_set_new(args, "exit", ct_report_exit(&p->exit, p->exited_ns >= 0));
	if (exec)
		ct_event_lessons_add(&text, lessons, exec->event);
	if (text.len)
		json_object_set_new(args, "explain", ct_report_text(text.data));
	return args;
}

static void put_call_args(struct ct_json_out *out, const struct ct_event_call *call)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	for (size_t i = 0; i < call->n_args; i++) {
		const struct ct_arg *arg = &call->args[i];

		/* a number keeps them in the order of the call, and apart */
		ct_strbuf_reset(&name);
		ct_strbuf_add_int(&name, (int64_t)i);
		ct_strbuf_addc(&name, ' ');
		ct_strbuf_adds(&name, arg->name ? arg->name : "");
		ct_json_out_name(out, name.data);
		ct_report_put_text(out, arg->text);
	}
}

static void put_call(struct ct_json_out *out, const struct ct_span *span,
		     const struct ct_event_call *call,
		     const struct ct_event_lessons *lessons)
{
	CT_CLEANUP_STRBUF struct ct_strbuf result = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf lesson = CT_STRBUF_INIT;

	begin_span(out, span, "call", call->name);
	ct_json_out_open(out, '{');
	put_call_args(out, call);
	ct_label_result(&result, call);
	ct_chrome_word(out, "result", result.data);
	ct_json_out_key(out, "event");
	ct_json_out_int(out, span->index);
	ct_event_lessons_add(&lesson, lessons, (size_t)span->index);
	if (lesson.len)
		ct_chrome_word(out, "explain", lesson.data);
	ct_json_out_close(out, '}');
	end_span(out);
}

static void put_instant(struct ct_json_out *out, const struct ct_span *span,
			const struct ct_event *e)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_line_add(&text, e);
	ct_json_out_open(out, '{');
	ct_chrome_word(out, "ph", "i");
	ct_chrome_word(out, "s", "t");
	ct_chrome_word(out, "cat", ct_event_kind_name(e->kind));
	ct_chrome_word(out, "name", text.data);
	ct_chrome_micros(out, "ts", span->start_ns);
	ct_chrome_where(out, span->pid, span->tid);
	ct_json_out_close(out, '}');
}

static void put_program(struct ct_json_out *out, const struct ct_span *span,
			const struct ct_process *p,
			const struct ct_event_lessons *lessons)
{
	const struct ct_exec *exec = span->exec < 0 ? NULL : &p->execs[span->exec];
	const char *name = exec ? ct_basename(exec->path) : ct_birth_name(p->how);

	begin_span(out, span, "program", name);
	ct_json_out_value(out, program_args(p, exec, lessons));
	end_span(out);
}

struct work {
	const struct ct_model *model;
	const struct ct_event_lessons *lessons;
	struct ct_spans spans;
};

static void put_work(struct ct_json_out *out, const void *ctx, size_t i)
{
	const struct work *work = ctx;
	const struct ct_span *span = &work->spans.items[i];
	const struct ct_event *e;

	if (span->program) {
		put_program(out, span, &work->model->processes[span->index],
			    work->lessons);
		return;
	}
	e = work->model->facts[span->index].event;
	if (e->kind == CT_EVENT_CALL)
		put_call(out, span, &e->call, work->lessons);
	else
		put_instant(out, span, e);
}

/* What every task did, task by task; a call lies within the program that made it. */
static void add_work(struct chrome *c)
{
	struct work work = { c->model, &c->lessons, ct_task_spans(c->model) };
	struct ct_many many = { work.spans.n, put_work, &work };

	ct_many_add(&c->stream, &many);
	free(work.spans.items);
}

static int render_chrome(struct ct_strbuf *out, const struct ct_model *model,
			 const struct ct_render_options *options, struct ct_error *err)
{
	const struct ct_trace_header *h = model->header;
	struct chrome c = { .stream = ct_stream_begin(out, options), .model = model };
	json_t *about =
		json_pack("{s:o, s:o, s:o, s:b}", "command",
			  ct_report_argv(h->command, h->n_command), "tracer",
			  ct_report_known(h->tracer), "kernel",
			  ct_report_known(h->kernel), "complete", model->complete);

	if (model->selection)
		json_object_set_new(about, "filter", ct_filter_report(model));
	ct_stream_member(&c.stream, "displayTimeUnit", json_string("ms"));
	ct_stream_member(&c.stream, "otherData", about);
	ct_stream_open(&c.stream, "traceEvents", '[');
	if (options->lessons)
		ct_event_lessons_init(&c.lessons, model);
	add_phases(&c);
	ct_chrome_meters(&c.stream, model, METERS_PID);
	add_processes(&c);
	add_tasks(&c);
	add_work(&c);
	ct_chrome_flows(&c.stream, model);
	ct_event_lessons_release(&c.lessons);
	ct_stream_close(&c.stream, ']');
	return ct_stream_end(&c.stream, err);
}

const struct ct_render_format ct_format_chrome = {
	.name = "chrome",
	.description = "Chrome trace events, for ui.perfetto.dev and chrome://tracing",
	.views = NULL,
	.render = render_chrome,
};
