/* SPDX-License-Identifier: MIT */
/* An event of the report: what was observed, and what the model adds to it. */
#include "cttrace/errno.h"
#include "cttrace/signal.h"
#include "lookup.h"
#include "report.h"

#include <string.h>

enum {
	DEPTH_MAX = 16 /* of structs in structs; no system call comes near */
};

/* NOLINTBEGIN(misc-no-recursion): bounded by DEPTH_MAX */
static json_t *value(const struct ct_arg *arg, int depth);

static json_t *items(const struct ct_arg *arg, int depth)
{
	bool named = arg->type == CT_VALUE_FIELDS;
	json_t *all = named ? json_object() : json_array();

	for (size_t i = 0; depth < DEPTH_MAX && i < arg->n_items; i++) {
		json_t *one = value(&arg->items[i], depth + 1);

		if (!named) {
			json_array_append_new(all, one);
			continue;
		}
		json_t *name =
			ct_report_text(arg->items[i].name ? arg->items[i].name : "");

		json_object_set_new_nocheck(all, json_string_value(name), one);
		json_decref(name);
	}
	return all;
}

static json_t *value(const struct ct_arg *arg, int depth)
{
	switch (arg->type) {
	case CT_VALUE_INT:
	case CT_VALUE_PTR:
		return json_integer(arg->i);
	case CT_VALUE_STR:
		return ct_report_bytes(arg->str, arg->len);
	case CT_VALUE_LIST:
	case CT_VALUE_FIELDS:
		return items(arg, depth);
	case CT_VALUE_NONE:
		break;
	}
	return json_null();
}

/* NOLINTEND(misc-no-recursion) */

static json_t *arguments(const struct ct_event_call *call)
{
	json_t *array = json_array();

	for (size_t i = 0; i < call->n_args; i++) {
		const struct ct_arg *arg = &call->args[i];
		json_t *o = json_object();

		json_object_set_new_nocheck(o, "name", ct_report_text(arg->name));
		json_object_set_new_nocheck(o, "value", value(arg, 0));
		json_object_set_new_nocheck(o, "text", ct_report_text(arg->text));
		if (arg->path)
			json_object_set_new_nocheck(o, "path", ct_report_text(arg->path));
		json_array_append_new(array, o);
	}
	return array;
}

static void add_call(json_t *o, const struct ct_event *e)
{
	const struct ct_event_call *call = &e->call;

	json_object_set_new_nocheck(o, "name", ct_report_text(call->name));
	json_object_set_new_nocheck(o, "args", arguments(call));
	json_object_set_new_nocheck(
		o, "result",
		call->result == CT_RESULT_VALUE ? json_integer(call->ret) : json_null());
	json_object_set_new_nocheck(o, "error",
				    call->result == CT_RESULT_ERROR
					    ? json_string(ct_errno_name(call->error))
					    : json_null());
	if (call->result == CT_RESULT_ONGOING)
		json_object_set_new_nocheck(o, "ongoing", json_true());
}

static void add_exec(json_t *o, const struct ct_event *e)
{
	json_object_set_new_nocheck(o, "name", ct_report_text(e->exec.call));
	json_object_set_new_nocheck(o, "path", ct_report_text(e->exec.path));
	json_object_set_new_nocheck(o, "argv",
				    ct_report_argv(e->exec.argv, e->exec.argc));
}

static void add_task(json_t *o, const struct ct_event *e)
{
	json_object_set_new_nocheck(o, "birth", json_string(ct_birth_name(e->birth.how)));
}

static void add_exit(json_t *o, const struct ct_event *e)
{
	json_object_set_new_nocheck(o, "exit", ct_report_exit(&e->exit, true));
}

static void add_signal(json_t *o, const struct ct_event *e)
{
	json_object_set_new_nocheck(o, "signal", json_string(ct_signal_name(e->signal)));
}

static void add_note(json_t *o, const struct ct_event *e)
{
	json_object_set_new_nocheck(o, "text", ct_report_text(e->note.text));
	json_object_set_new_nocheck(o, "count", json_integer((json_int_t)e->note.count));
}

static json_t *tags(const struct ct_fact *fact)
{
	json_t *array = json_array();

	for (unsigned int tag = 0; tag < CT_TAGS; tag++)
		if (fact->tags & 1U << tag)
			json_array_append_new(array,
					      json_string(ct_tag_name((enum ct_tag)tag)));
	return array;
}

static json_t *namespaces(const struct ct_model *model, const struct ct_fact *fact)
{
	json_t *array = json_array();

	for (size_t i = 0; i < fact->n_ns; i++) {
		const struct ct_ns_change *c;

		if (fact->first_ns + i >= model->n_ns_changes)
			break;
		c = &model->ns_changes[fact->first_ns + i];
		json_array_append_new(array, json_pack("{s:s, s:o, s:o, s:s}", "type",
						       ct_ns_name(c->type), "from",
						       ct_report_inode(c->from), "to",
						       ct_report_inode(c->to), "how",
						       ct_ns_how_name(c->how)));
	}
	return array;
}

static json_t *cgroup(const struct ct_model *model, const struct ct_fact *fact)
{
	const struct ct_cgroup_change *c;
	const struct ct_process *p;

	if (fact->cgroup < 0 || (size_t)fact->cgroup >= model->n_cgroup_changes)
		return json_null();
	c = &model->cgroup_changes[fact->cgroup];
	p = ct_process_at(model, c->process);
	return json_pack("{s:o, s:o, s:o}", "pid", p ? json_integer(p->pid) : json_null(),
			 "from", ct_report_known(c->from), "to", ct_report_known(c->to));
}

static json_t *stack(const struct ct_event *e)
{
	json_t *array = json_array();

	for (size_t i = 0; i < e->n_stack; i++) {
		const struct ct_frame *f = &e->stack[i];

		json_array_append_new(array,
				      json_pack("{s:o, s:o, s:o, s:I}", "module",
						ct_report_known(f->module), "symbol",
						ct_report_known(f->symbol), "source",
						ct_report_known(f->source), "offset",
						(json_int_t)f->offset));
	}
	return array;
}

json_t *ct_report_event(const struct ct_model *model, const struct ct_fact *fact)
{
	static void (*const add[CT_EVENT_KINDS])(json_t *, const struct ct_event *) = {
		[CT_EVENT_TASK] = add_task,     [CT_EVENT_CALL] = add_call,
		[CT_EVENT_EXEC] = add_exec,     [CT_EVENT_EXIT] = add_exit,
		[CT_EVENT_SIGNAL] = add_signal, [CT_EVENT_GAP] = add_note,
		[CT_EVENT_NOTE] = add_note,
	};
	const struct ct_event *e = fact->event;
	const struct ct_process *p = ct_process_at(model, fact->process);
	json_t *o = json_object();

	json_object_set_new_nocheck(o, "kind", json_string(ct_event_kind_name(e->kind)));
	json_object_set_new_nocheck(o, "t_ns", ct_report_time(e->t_ns));
	json_object_set_new_nocheck(o, "dur_ns", ct_report_time(e->dur_ns));
	json_object_set_new_nocheck(o, "pid", json_integer(p ? p->pid : e->task.tid));
	json_object_set_new_nocheck(o, "serial",
				    json_integer(p ? p->serial : e->task.serial));
	json_object_set_new_nocheck(o, "tid", json_integer(e->task.tid));
	if ((unsigned int)e->kind < CT_EVENT_KINDS)
		add[e->kind](o, e);
	if (fact->answered_by)
		json_object_set_new_nocheck(
			o, "answered_by",
			json_string(ct_answerer_name(fact->answered_by)));
	json_object_set_new_nocheck(o, "tags", tags(fact));
	json_object_set_new_nocheck(o, "container",
				    ct_report_container_id(model, fact->container));
	json_object_set_new_nocheck(o, "namespaces", namespaces(model, fact));
	json_object_set_new_nocheck(o, "cgroup", cgroup(model, fact));
	if (ct_bus_message_at(model, fact))
		json_object_set_new_nocheck(o, "bus", ct_report_bus(model, fact));
	json_object_set_new_nocheck(o, "stack", stack(e));
	return o;
}
