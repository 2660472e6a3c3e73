/* SPDX-License-Identifier: MIT */
/* The C API: events. */
#include "handle.h"

#include "cttrace/errno.h"

#include <string.h>

size_t cttrace_event_count(const struct cttrace *trace)
{
	return trace->model->n_facts;
}

const struct cttrace_event *cttrace_event(const struct cttrace *trace, size_t index)
{
	return &trace->events[index];
}

const char *cttrace_event_kind(const struct cttrace_event *event)
{
	return ct_event_kind_name(event->is->event->kind);
}

int64_t cttrace_event_t_ns(const struct cttrace_event *event)
{
	return event->is->event->t_ns;
}

int64_t cttrace_event_dur_ns(const struct cttrace_event *event)
{
	return event->is->event->dur_ns;
}

int cttrace_event_tid(const struct cttrace_event *event)
{
	return event->is->event->task.tid;
}

const struct cttrace_process *cttrace_event_process(const struct cttrace_event *event)
{
	return ct_handle_process(event->trace, event->is->process);
}

const struct cttrace_container *cttrace_event_container(const struct cttrace_event *event)
{
	return ct_handle_container(event->trace, event->is->container);
}

bool cttrace_event_has_tag(const struct cttrace_event *event, const char *tag)
{
	for (unsigned int i = 0; i < CT_TAGS; i++)
		if (!strcmp(ct_tag_name((enum ct_tag)i), tag))
			return event->is->tags & 1U << i;
	return false;
}

/* What the event says if it is of this kind; else NULL. */
static const struct ct_event *of_kind(const struct cttrace_event *event,
				      enum ct_event_kind kind)
{
	return event->is->event->kind == kind ? event->is->event : NULL;
}

const char *cttrace_event_name(const struct cttrace_event *event)
{
	const struct ct_event *call = of_kind(event, CT_EVENT_CALL);
	const struct ct_event *exec = of_kind(event, CT_EVENT_EXEC);

	return call ? call->call.name : exec ? exec->exec.call : NULL;
}

bool cttrace_event_result(const struct cttrace_event *event, int64_t *value)
{
	const struct ct_event *e = of_kind(event, CT_EVENT_CALL);

	if (!e || e->call.result != CT_RESULT_VALUE)
		return false;
	*value = e->call.ret;
	return true;
}

int cttrace_event_error(const struct cttrace_event *event)
{
	const struct ct_event *e = of_kind(event, CT_EVENT_CALL);

	return e && e->call.result == CT_RESULT_ERROR ? e->call.error : 0;
}

const char *cttrace_event_error_name(const struct cttrace_event *event)
{
	int error = cttrace_event_error(event);

	return error ? ct_errno_name(error) : NULL;
}

size_t cttrace_event_arg_count(const struct cttrace_event *event)
{
	const struct ct_event *e = of_kind(event, CT_EVENT_CALL);

	return e ? e->call.n_args : 0;
}

const char *cttrace_event_arg_name(const struct cttrace_event *event, size_t arg)
{
	return event->is->event->call.args[arg].name;
}

const char *cttrace_event_arg_text(const struct cttrace_event *event, size_t arg)
{
	return event->is->event->call.args[arg].text;
}

const char *cttrace_event_arg_path(const struct cttrace_event *event, size_t arg)
{
	return event->is->event->call.args[arg].path;
}

bool cttrace_event_arg_value(const struct cttrace_event *event, size_t arg,
			     int64_t *value)
{
	const struct ct_arg *a = &event->is->event->call.args[arg];

	if (a->type != CT_VALUE_INT && a->type != CT_VALUE_PTR)
		return false;
	*value = a->i;
	return true;
}

const char *cttrace_event_arg_bytes(const struct cttrace_event *event, size_t arg,
				    size_t *length)
{
	const struct ct_arg *a = &event->is->event->call.args[arg];

	if (a->type != CT_VALUE_STR || !a->str)
		return NULL;
	*length = a->len;
	return a->str;
}

const char *cttrace_event_path(const struct cttrace_event *event)
{
	const struct ct_event *e = of_kind(event, CT_EVENT_EXEC);

	return e ? ct_handle_text(e->exec.path) : NULL;
}

size_t cttrace_event_argc(const struct cttrace_event *event)
{
	const struct ct_event *e = of_kind(event, CT_EVENT_EXEC);

	return e ? e->exec.argc : 0;
}

const char *cttrace_event_argv(const struct cttrace_event *event, size_t index)
{
	return event->is->event->exec.argv[index];
}

int cttrace_event_exit_status(const struct cttrace_event *event)
{
	const struct ct_event *e = of_kind(event, CT_EVENT_EXIT);

	return e ? ct_handle_status(&e->exit, true) : -1;
}

int cttrace_event_signal(const struct cttrace_event *event)
{
	const struct ct_event *e = of_kind(event, CT_EVENT_EXIT);
	const struct ct_event *signal = of_kind(event, CT_EVENT_SIGNAL);

	return e ? e->exit.signal : signal ? signal->signal : 0;
}

const char *cttrace_event_text(const struct cttrace_event *event)
{
	const struct ct_event *note = of_kind(event, CT_EVENT_NOTE);
	const struct ct_event *gap = of_kind(event, CT_EVENT_GAP);

	return note ? note->note.text : gap ? gap->note.text : NULL;
}
