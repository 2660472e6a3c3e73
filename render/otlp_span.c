/* SPDX-License-Identifier: MIT */
/* The spans of a start: of the command, of its phases, of its processes. */
#include "otlp.h"

#include "cttrace/errno.h"
#include "label.h"
#include "line.h"
#include "lookup.h"
#include "otlp_value.h"
#include "report.h"

enum { SPAN_INTERNAL = 1, STATUS_ERROR = 2 }; /* enums are numbers in OTLP/JSON */

int ct_otlp_group(const struct ct_model *model, int container)
{
	if (model->n_containers == 1)
		return 0;
	return ct_container_at(model, container) ? container : -1;
}

/* A span without a name is not accepted. */
static json_t *span_of(const struct ct_otlp *o, int group, enum ct_otlp_kind kind,
		       int index, const char *name)
{
	return json_pack("{s:o, s:o, s:o, s:i}", "traceId",
			 ct_otlp_trace_id(o->model, group), "spanId",
			 ct_otlp_span_id(kind, index), "name",
			 ct_report_text(*name ? name : "unnamed"), "kind", SPAN_INTERNAL);
}

static void set_times(const struct ct_otlp *o, json_t *span, int64_t start_ns,
		      int64_t end_ns)
{
	json_object_set_new(span, "startTimeUnixNano", ct_otlp_time(o->model, start_ns));
	json_object_set_new(
		span, "endTimeUnixNano",
		ct_otlp_time(o->model, end_ns < start_ns ? start_ns : end_ns));
}

static void set_exit(json_t *span, json_t *attributes, const struct ct_event_exit *end)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (end->status >= 0 && !end->signal)
		ct_otlp_int(attributes, "process.exit.code", end->status);
	if (!end->signal && end->status <= 0)
		return;
	ct_label_exit(&text, end);
	json_object_set_new(span, "status",
			    json_pack("{s:i, s:o}", "code", STATUS_ERROR, "message",
				      ct_report_text(text.data)));
}

json_t *ct_otlp_root_span(const struct ct_otlp *o, int group)
{
	const struct ct_trace_header *h = o->model->header;
	const struct ct_container *c = ct_container_at(o->model, group);
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
	json_t *attributes = json_array(), *span;

	if (c && o->model->n_containers > 1)
		ct_strbuf_addf(&name, "container %s", c->id);
	else
		ct_label_command(&name, h->command, h->n_command, true);
	span = span_of(o, group, CT_OTLP_ROOT, 0, name.len ? name.data : "attached");
	set_times(o, span, 0, o->model->end_ns);
	ct_otlp_strings(attributes, "process.command_args", h->command, h->n_command);
	if (o->model->exited && (!c || o->model->n_containers == 1))
		set_exit(span, attributes, &o->model->exit);
	json_object_set_new(span, "attributes", attributes);
	return span;
}

json_t *ct_otlp_phase_span(const struct ct_otlp *o, int index, int owner)
{
	const struct ct_phase *phase = &o->model->phases[index];
	const struct ct_lesson *lesson = ct_lesson_find(phase->name);
	int group = ct_otlp_group(o->model, phase->container);
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	json_t *span = span_of(o, group, CT_OTLP_PHASE, index, phase->name);
	json_t *attributes = json_array();

	json_object_set_new(span, "parentSpanId",
			    owner < 0 ? ct_otlp_span_id(CT_OTLP_ROOT, 0)
				      : ct_otlp_span_id(CT_OTLP_PHASE, owner));
	set_times(o, span, phase->start_ns, phase->end_ns);
	if (phase->step)
		ct_otlp_int(attributes, "cttrace.step", phase->step);
	ct_otlp_string(attributes, "cttrace.detail", phase->detail);
	ct_otlp_int(attributes, "cttrace.busy_ns", phase->busy_ns);
	if (o->lessons.items && lesson) {
		ct_lesson_add(&text, lesson);
		ct_otlp_string(attributes, "cttrace.explain", text.data);
	}
	json_object_set_new(span, "attributes", attributes);
	return span;
}

static json_t *process_attributes(const struct ct_otlp *o, const struct ct_process *p)
{
	const struct ct_exec *last = p->n_execs ? &p->execs[p->n_execs - 1] : NULL;
	const struct ct_container *c =
		p->inside ? ct_container_at(o->model, p->container) : NULL;
	json_t *attributes = json_array();

	ct_otlp_int(attributes, "process.pid", p->pid);
	ct_otlp_int(attributes, "process.parent_pid", p->ppid);
	if (ct_has_own_pid(o->model, p))
		ct_otlp_int(attributes, "process.vpid", p->nspid);
	if (last) {
		ct_otlp_string(attributes, "process.executable.name",
			       ct_basename(last->path));
		ct_otlp_string(attributes, "process.executable.path", last->path);
		ct_otlp_strings(attributes, "process.command_args", last->argv,
				last->argc);
	}
	if (c)
		ct_otlp_string(attributes, "process.linux.cgroup", c->cgroup);
	ct_otlp_string(attributes, "cttrace.role", ct_role_name(p->role));
	return attributes;
}

static json_t *span_event(const struct ct_otlp *o, const struct ct_fact *fact)
{
	const struct ct_event *e = fact->event;
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf lesson = CT_STRBUF_INIT;
	json_t *attributes = json_array();

	ct_line_add(&text, e);
	if (e->kind == CT_EVENT_CALL && e->call.result == CT_RESULT_ERROR)
		ct_otlp_string(attributes, "error.type", ct_errno_name(e->call.error));
	for (size_t i = 0; i < fact->n_ns && fact->first_ns + i < o->model->n_ns_changes;
	     i++) {
		const struct ct_ns_change *c = &o->model->ns_changes[fact->first_ns + i];
		CT_CLEANUP_STRBUF struct ct_strbuf key = CT_STRBUF_INIT;

		ct_strbuf_addf(&key, "cttrace.namespace.%s", ct_ns_name(c->type));
		ct_otlp_int(attributes, key.data, (int64_t)c->to);
	}
	ct_event_lessons_add(&lesson, &o->lessons, (size_t)(fact - o->model->facts));
	ct_otlp_string(attributes, "cttrace.explain", lesson.data);
	return json_pack("{s:o, s:o, s:o}", "timeUnixNano",
			 ct_otlp_time(o->model, e->t_ns), "name",
			 ct_report_text(text.data), "attributes", attributes);
}

/* Who prepared what this process got: its spans are related, not parents. */
static json_t *links_to(const struct ct_otlp *o, int process)
{
	json_t *links = json_array();
	size_t low = 0, high = o->overs.n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (o->overs.items[middle].to < process)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < o->overs.n && o->overs.items[low].to == process; low++) {
		const struct ct_hand_over *over = &o->overs.items[low];
		int container = o->model->processes[over->from].container;
		json_t *attributes = json_array();

		ct_otlp_string(attributes, "cttrace.hands_over", over->what);
		json_array_append_new(
			links,
			json_pack("{s:o, s:o, s:o}", "traceId",
				  ct_otlp_trace_id(o->model,
						   ct_otlp_group(o->model, container)),
				  "spanId", ct_otlp_span_id(CT_OTLP_PROCESS, over->from),
				  "attributes", attributes));
	}
	return links;
}

json_t *ct_otlp_process_span(const struct ct_otlp *o, int index)
{
	const struct ct_process *p = &o->model->processes[index];
	const struct ct_process *creator = ct_process_at(o->model, p->creator);
	int group = ct_otlp_group(o->model, p->container);
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
	json_t *attributes = process_attributes(o, p), *events = json_array(), *span;

	ct_label_name(&name, o->model, index);
	span = span_of(o, group, CT_OTLP_PROCESS, index, name.data);
	/* a parent in another trace would not be found */
	if (creator && ct_otlp_group(o->model, creator->container) != group)
		creator = NULL;
	json_object_set_new(span, "parentSpanId",
			    creator ? ct_otlp_span_id(CT_OTLP_PROCESS, p->creator)
				    : ct_otlp_span_id(CT_OTLP_ROOT, 0));
	set_times(o, span, p->born_ns,
		  p->exited_ns < 0 ? o->model->end_ns : p->exited_ns);
	if (p->exited_ns >= 0)
		set_exit(span, attributes, &p->exit);
	for (size_t i = o->first_fact[index]; i < o->first_fact[index + 1]; i++)
		json_array_append_new(events,
				      span_event(o, &o->model->facts[o->facts[i]]));
	json_object_set_new(span, "attributes", attributes);
	json_object_set_new(span, "events", events);
	json_object_set_new(span, "links", links_to(o, index));
	return span;
}
