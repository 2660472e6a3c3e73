/* SPDX-License-Identifier: MIT */
/* An event of the report: what was observed, and what the model adds to it. */
#include "cttrace/errno.h"
#include "cttrace/signal.h"
#include "lookup.h"
#include "report.h"
#include "stream.h"

#include <string.h>

enum {
	DEPTH_MAX = 16 /* of structs in structs; no system call comes near */
};

/* recursive: bounded by DEPTH_MAX */
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

static void put_value(struct ct_json_out *out, const struct ct_arg *arg)
{
	switch (arg->type) {
	case CT_VALUE_INT:
	case CT_VALUE_PTR:
		ct_json_out_int(out, arg->i);
		break;
	case CT_VALUE_STR:
		if (arg->str)
			ct_json_out_bytes(out, arg->str, arg->len);
		else
			ct_json_out_word(out, "null");
		break;
	case CT_VALUE_LIST:
	case CT_VALUE_FIELDS: /* an object's keys come once, whatever the trace says */
		ct_json_out_value(out, items(arg, 0));
		break;
	case CT_VALUE_NONE:
		ct_json_out_word(out, "null");
	}
}

static void put_arguments(struct ct_json_out *out, const struct ct_event_call *call)
{
	ct_json_out_open(out, '[');
	for (size_t i = 0; i < call->n_args; i++) {
		const struct ct_arg *arg = &call->args[i];

		ct_json_out_open(out, '{');
		ct_json_out_key(out, "name");
		ct_report_put_text(out, arg->name);
		ct_json_out_key(out, "value");
		put_value(out, arg);
		ct_json_out_key(out, "text");
		ct_report_put_text(out, arg->text);
		if (arg->path) {
			ct_json_out_key(out, "path");
			ct_json_out_text(out, arg->path);
		}
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void put_call(struct ct_json_out *out, const struct ct_event *e)
{
	const struct ct_event_call *call = &e->call;

	ct_json_out_key(out, "name");
	ct_report_put_text(out, call->name);
	ct_json_out_key(out, "args");
	put_arguments(out, call);
	ct_json_out_key(out, "result");
	if (call->result == CT_RESULT_VALUE)
		ct_json_out_int(out, call->ret);
	else
		ct_json_out_word(out, "null");
	ct_json_out_key(out, "error");
	ct_report_put_text(
		out, call->result == CT_RESULT_ERROR ? ct_errno_name(call->error) : NULL);
	if (call->result != CT_RESULT_ONGOING)
		return;
	ct_json_out_key(out, "ongoing");
	ct_json_out_word(out, "true");
}

static void put_exec(struct ct_json_out *out, const struct ct_event *e)
{
	ct_json_out_key(out, "name");
	ct_report_put_text(out, e->exec.call);
	ct_json_out_key(out, "path");
	ct_report_put_text(out, e->exec.path);
	ct_json_out_key(out, "argv");
	ct_report_put_argv(out, e->exec.argv, e->exec.argc);
}

static void put_task(struct ct_json_out *out, const struct ct_event *e)
{
	ct_json_out_key(out, "birth");
	ct_json_out_text(out, ct_birth_name(e->birth.how));
}

static void put_exit(struct ct_json_out *out, const struct ct_event *e)
{
	ct_json_out_key(out, "exit");
	ct_json_out_value(out, ct_report_exit(&e->exit, true));
}

static void put_signal(struct ct_json_out *out, const struct ct_event *e)
{
	ct_json_out_key(out, "signal");
	ct_report_put_text(out, ct_signal_name(e->signal));
}

static void put_note(struct ct_json_out *out, const struct ct_event *e)
{
	ct_json_out_key(out, "text");
	ct_report_put_text(out, e->note.text);
	ct_json_out_key(out, "count");
	ct_json_out_int(out, (int64_t)e->note.count);
}

static void put_tags(struct ct_json_out *out, const struct ct_fact *fact)
{
	ct_json_out_open(out, '[');
	for (unsigned int tag = 0; tag < CT_TAGS; tag++)
		if (fact->tags & 1U << tag)
			ct_json_out_text(out, ct_tag_name((enum ct_tag)tag));
	ct_json_out_close(out, ']');
}

static void put_namespaces(struct ct_json_out *out, const struct ct_model *model,
			   const struct ct_fact *fact)
{
	ct_json_out_open(out, '[');
	for (size_t i = 0; i < fact->n_ns && fact->first_ns + i < model->n_ns_changes;
	     i++) {
		const struct ct_ns_change *c = &model->ns_changes[fact->first_ns + i];

		ct_json_out_open(out, '{');
		ct_json_out_key(out, "type");
		ct_json_out_text(out, ct_ns_name(c->type));
		ct_json_out_key(out, "from");
		ct_report_put_inode(out, c->from);
		ct_json_out_key(out, "to");
		ct_report_put_inode(out, c->to);
		ct_json_out_key(out, "how");
		ct_json_out_text(out, ct_ns_how_name(c->how));
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
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

static void put_stack(struct ct_json_out *out, const struct ct_event *e)
{
	ct_json_out_open(out, '[');
	for (size_t i = 0; i < e->n_stack; i++) {
		const struct ct_frame *f = &e->stack[i];

		ct_json_out_open(out, '{');
		ct_json_out_key(out, "module");
		ct_report_put_known(out, f->module);
		ct_json_out_key(out, "symbol");
		ct_report_put_known(out, f->symbol);
		ct_json_out_key(out, "source");
		ct_report_put_known(out, f->source);
		ct_json_out_key(out, "offset");
		ct_json_out_int(out, (int64_t)f->offset);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void put_meter(struct ct_json_out *out, const struct ct_event *e)
{
	ct_json_out_key(out, "meter");
	ct_json_out_open(out, '{');
	ct_json_out_key(out, "cgroup");
	ct_report_put_text(out, e->meter->cgroup);
	ct_json_out_key(out, "figures");
	ct_json_out_value(out, ct_report_figures(e->meter->figures));
	ct_json_out_close(out, '}');
}

static void put_who_and_when(struct ct_json_out *out, const struct ct_model *model,
			     const struct ct_fact *fact)
{
	const struct ct_process *p = ct_process_at(model, fact->process);
	const struct ct_event *e = fact->event;

	ct_json_out_key(out, "kind");
	ct_json_out_text(out, ct_event_kind_name(e->kind));
	ct_json_out_key(out, "t_ns");
	ct_report_put_time(out, e->t_ns);
	ct_json_out_key(out, "dur_ns");
	ct_report_put_time(out, e->dur_ns);
	ct_json_out_key(out, "pid");
	ct_json_out_int(out, p ? p->pid : e->task.tid);
	ct_json_out_key(out, "serial");
	ct_json_out_int(out, p ? p->serial : e->task.serial);
	ct_json_out_key(out, "tid");
	ct_json_out_int(out, e->task.tid);
}

static void put_meaning(struct ct_json_out *out, const struct ct_model *model,
			const struct ct_fact *fact)
{
	const struct ct_container *container = ct_container_at(model, fact->container);

	if (fact->answered_by) {
		ct_json_out_key(out, "answered_by");
		ct_json_out_text(out, ct_answerer_name(fact->answered_by));
	}
	ct_json_out_key(out, "tags");
	put_tags(out, fact);
	ct_json_out_key(out, "container");
	ct_report_put_text(out, container ? container->id : NULL);
	ct_json_out_key(out, "namespaces");
	put_namespaces(out, model, fact);
	ct_json_out_key(out, "cgroup");
	ct_json_out_value(out, cgroup(model, fact));
	if (ct_bus_message_at(model, fact)) {
		ct_json_out_key(out, "bus");
		ct_json_out_value(out, ct_report_bus(model, fact));
	}
}

void ct_report_put_event(struct ct_json_out *out, const struct ct_model *model,
			 const struct ct_fact *fact)
{
	static void (*const put[CT_EVENT_KINDS])(struct ct_json_out *,
						 const struct ct_event *) = {
		[CT_EVENT_TASK] = put_task,     [CT_EVENT_CALL] = put_call,
		[CT_EVENT_EXEC] = put_exec,     [CT_EVENT_EXIT] = put_exit,
		[CT_EVENT_SIGNAL] = put_signal, [CT_EVENT_GAP] = put_note,
		[CT_EVENT_NOTE] = put_note,     [CT_EVENT_METER] = put_meter,
	};
	const struct ct_event *e = fact->event;

	ct_json_out_open(out, '{');
	put_who_and_when(out, model, fact);
	if ((unsigned int)e->kind < CT_EVENT_KINDS)
		put[e->kind](out, e);
	put_meaning(out, model, fact);
	ct_json_out_key(out, "stack");
	put_stack(out, e);
	ct_json_out_close(out, '}');
}
