/* SPDX-License-Identifier: MIT */
/* A diagnosis for programs. */
#include "formats.h"

#include "cttrace/errno.h"
#include "cttrace/escape.h"

#include "alloc.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA "cttrace-diagnosis/1"

static json_t *must(json_t *value)
{
	if (!value)
		ct_out_of_memory();
	return value;
}

static void set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, must(value)))
		ct_out_of_memory();
}

static json_t *text(const char *bytes)
{
	CT_CLEANUP_STRBUF struct ct_strbuf escaped = CT_STRBUF_INIT;

	ct_escape(&escaped, bytes, strlen(bytes));
	return must(json_string(escaped.data));
}

static json_t *arguments(const struct ct_event_call *call)
{
	json_t *list = must(json_array());

	for (size_t i = 0; i < call->n_args; i++) {
		const struct ct_arg *arg = &call->args[i];
		json_t *item = must(json_object());

		set(item, "name", text(arg->name ? arg->name : ""));
		set(item, "text", text(arg->text ? arg->text : "?"));
		if (arg->path)
			set(item, "path", text(arg->path));
		if (json_array_append_new(list, item))
			ct_out_of_memory();
	}
	return list;
}

static json_t *frames(const struct ct_event *event)
{
	json_t *list = must(json_array());

	for (size_t i = 0; i < event->n_stack; i++) {
		const struct ct_frame *frame = &event->stack[i];
		json_t *item = must(json_object());

		set(item, "module", text(frame->module));
		set(item, "symbol", text(frame->symbol));
		set(item, "source", text(frame->source));
		set(item, "offset",
		    json_integer((json_int_t)(frame->offset & INT64_MAX)));
		if (json_array_append_new(list, item))
			ct_out_of_memory();
	}
	return list;
}

static json_t *process(const struct ct_model *model, int index)
{
	const struct ct_process *p = &model->processes[index];
	json_t *object = must(json_object());

	set(object, "pid", json_integer(p->pid));
	set(object, "serial", json_integer(p->serial));
	set(object, "role", json_string(ct_role_name(p->role)));
	set(object, "comm", text(p->comm));
	return object;
}

static json_t *call(const struct ct_model *model, size_t fact)
{
	const struct ct_event *event = model->facts[fact].event;
	json_t *object = must(json_object());

	set(object, "event", json_integer((json_int_t)fact));
	set(object, "t_ns", json_integer(event->t_ns));
	if (model->facts[fact].process >= 0)
		set(object, "process", process(model, model->facts[fact].process));
	if (event->kind != CT_EVENT_CALL)
		return object;
	set(object, "name", text(event->call.name));
	set(object, "args", arguments(&event->call));
	if (event->call.result == CT_RESULT_ERROR)
		set(object, "error", json_string(ct_errno_name(event->call.error)));
	else if (event->call.result == CT_RESULT_VALUE)
		set(object, "result", json_integer(event->call.ret));
	if (event->n_stack)
		set(object, "stack", frames(event));
	return object;
}

static json_t *candidates(const struct ct_diagnosis *v, const struct ct_model *model)
{
	json_t *list = must(json_array());

	for (size_t i = 0; i < v->n_candidates; i++) {
		json_t *item = call(model, v->candidates[i].event);

		set(item, "points", json_integer(v->candidates[i].points));
		set(item, "confidence", json_string(ct_sure_name(v->candidates[i].sure)));
		set(item, "agree", text(v->candidates[i].agree));
		if (json_array_append_new(list, item))
			ct_out_of_memory();
	}
	return list;
}

static json_t *remarks(const struct ct_diagnosis *v)
{
	json_t *list = must(json_array());

	for (size_t i = 0; i < v->n_remarks; i++) {
		json_t *item = must(json_object());

		set(item, "label", json_string(v->remarks[i].label));
		set(item, "text", text(v->remarks[i].text));
		if (json_array_append_new(list, item))
			ct_out_of_memory();
	}
	return list;
}

static void write(struct ct_strbuf *out, const struct ct_diagnosis *v,
		  const struct ct_model *model, const struct ct_render_options *options)
{
	json_t *root = must(json_object());
	char *dump;

	(void)options;
	set(root, "schema", json_string(SCHEMA));
	set(root, "kind", json_string(ct_diagnosis_kind_name(v->kind)));
	set(root, "failed", json_boolean(ct_diagnosis_failed(v)));
	set(root, "title", text(v->title));
	set(root, "outcome", text(v->outcome));
	set(root, "confidence", json_string(ct_sure_name(v->sure)));
	set(root, "signature", text(v->signature));
	if (v->event >= 0)
		set(root, "call", call(model, (size_t)v->event));
	if (v->process >= 0)
		set(root, "process", process(model, v->process));
	set(root, "remarks", remarks(v));
	set(root, "candidates", candidates(v, model));
	set(root, "failed_calls", json_integer((json_int_t)v->n_failed));
	set(root, "benign_calls", json_integer((json_int_t)v->n_benign));
	dump = json_dumps(root, JSON_INDENT(2));
	if (!dump)
		ct_out_of_memory();
	ct_strbuf_adds(out, dump);
	ct_strbuf_addc(out, '\n');
	free(dump);
	json_decref(root);
}

const struct ct_explain_format ct_explain_json = { "json", write };
