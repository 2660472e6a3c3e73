/* SPDX-License-Identifier: MIT */
/* The table of the fields, and how each is read off an event. */
#include "field.h"

#include "cttrace/errno.h"
#include "cttrace/strbuf.h"

#include "line.h"

#include <string.h>

static const struct ct_process *process_of(const struct subject *s)
{
	int process = s->fact ? s->fact->process : -1;

	return process >= 0 && (size_t)process < s->model->n_processes
		       ? &s->model->processes[process]
		       : NULL;
}

/* -------- texts -------- */

static bool any_kind(const struct subject *s, field_test_fn *test, void *ctx)
{
	return test(ctx, ct_event_kind_name(s->event->kind));
}

static bool any_name(const struct subject *s, field_test_fn *test, void *ctx)
{
	if (s->event->kind == CT_EVENT_CALL)
		return test(ctx, s->event->call.name);
	return s->event->kind == CT_EVENT_EXEC && test(ctx, s->event->exec.call);
}

/* An argument that is a path is known by its resolved one, and by what was passed. */
static bool any_path(const struct subject *s, field_test_fn *test, void *ctx)
{
	const struct ct_event_call *call = &s->event->call;

	if (s->event->kind == CT_EVENT_EXEC)
		return test(ctx, s->event->exec.path) || test(ctx, s->event->exec.exe);
	for (size_t i = 0; s->event->kind == CT_EVENT_CALL && i < call->n_args; i++) {
		const struct ct_arg *arg = &call->args[i];

		if (!arg->path)
			continue;
		if (test(ctx, arg->path))
			return true;
		if (arg->type == CT_VALUE_STR && arg->str && test(ctx, arg->str))
			return true;
	}
	return false;
}

static bool any_text(const struct subject *s, field_test_fn *test, void *ctx)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

	ct_line_add(&line, s->event);
	return test(ctx, line.data);
}

static bool any_error(const struct subject *s, field_test_fn *test, void *ctx)
{
	return s->event->kind == CT_EVENT_CALL &&
	       s->event->call.result == CT_RESULT_ERROR &&
	       test(ctx, ct_errno_name(s->event->call.error));
}

static bool any_process(const struct subject *s, field_test_fn *test, void *ctx)
{
	const struct ct_process *p = process_of(s);

	return p && p->comm && test(ctx, p->comm);
}

static bool any_role(const struct subject *s, field_test_fn *test, void *ctx)
{
	const struct ct_process *p = process_of(s);

	return p && test(ctx, ct_role_name(p->role));
}

/* A long id, and as engines show it. */
static bool any_container(const struct subject *s, field_test_fn *test, void *ctx)
{
	enum { SHORT = 12, LONG = 32 };
	int container = s->fact ? s->fact->container : -1;
	const char *id;
	char cut[SHORT + 1] = "";

	if (container < 0 || (size_t)container >= s->model->n_containers)
		return false;
	id = s->model->containers[container].id;
	if (test(ctx, id))
		return true;
	if (strlen(id) < LONG)
		return false;
	memcpy(cut, id, SHORT);
	return test(ctx, cut);
}

bool field_is_in_phase(const struct subject *s, const struct ct_phase *phase)
{
	if (phase->container >= 0 && s->fact->container >= 0 &&
	    phase->container != s->fact->container)
		return false;
	if (phase->step)
		return s->fact->step == (int)phase->step;
	return s->event->t_ns >= phase->start_ns && s->event->t_ns <= phase->end_ns;
}

static bool any_phase(const struct subject *s, field_test_fn *test, void *ctx)
{
	for (size_t i = 0; s->fact && i < s->model->n_phases; i++)
		if (field_is_in_phase(s, &s->model->phases[i]) &&
		    test(ctx, s->model->phases[i].name))
			return true;
	return false;
}

static bool any_tag(const struct subject *s, field_test_fn *test, void *ctx)
{
	for (int tag = 0; s->fact && tag < CT_TAGS; tag++)
		if ((s->fact->tags & 1U << tag) &&
		    test(ctx, ct_tag_name((enum ct_tag)tag)))
			return true;
	return false;
}

/* -------- numbers -------- */

/* 0: it went well. */
static bool number_error(const struct subject *s, int64_t *value)
{
	const struct ct_event_call *call = &s->event->call;

	if (s->event->kind != CT_EVENT_CALL)
		return false;
	*value = call->result == CT_RESULT_ERROR ? call->error : 0;
	return call->result == CT_RESULT_ERROR || call->result == CT_RESULT_VALUE;
}

/* What the call returned: as the tracee got it from the C library. */
static bool number_result(const struct subject *s, int64_t *value)
{
	const struct ct_event_call *call = &s->event->call;

	if (s->event->kind != CT_EVENT_CALL)
		return false;
	*value = call->result == CT_RESULT_ERROR ? -1 : call->ret;
	return call->result == CT_RESULT_ERROR || call->result == CT_RESULT_VALUE;
}

static bool number_dur(const struct subject *s, int64_t *value)
{
	*value = s->event->dur_ns;
	return s->event->dur_ns >= 0;
}

static bool number_t(const struct subject *s, int64_t *value)
{
	*value = s->event->t_ns;
	return true;
}

static bool number_tid(const struct subject *s, int64_t *value)
{
	*value = s->event->task.tid;
	return s->event->task.serial;
}

static bool number_pid(const struct subject *s, int64_t *value)
{
	const struct ct_process *p = process_of(s);

	*value = p ? p->pid : 0;
	return p;
}

/* -------- the table -------- */

static const char *word_role(int i)
{
	return i < CT_ROLES ? ct_role_name((enum ct_role)i) : NULL;
}

static const char *word_tag(int i)
{
	return i < CT_TAGS ? ct_tag_name((enum ct_tag)i) : NULL;
}

static const char *word_kind(int i)
{
	return i < CT_EVENT_KINDS ? ct_event_kind_name((enum ct_event_kind)i) : NULL;
}

static const struct field fields[] = {
#define FIELD(name, type, from, each, any, number, word) \
	{ #name, FIELD_##type, FIELD_##from, each, any, number, word },
#include "field.def"
#undef FIELD
};

#define N_FIELDS (sizeof(fields) / sizeof(*fields))

const struct field *field_at(size_t index)
{
	return index < N_FIELDS ? &fields[index] : NULL;
}

const struct field *field_find(const char *name)
{
	for (size_t i = 0; i < N_FIELDS; i++)
		if (!strcmp(fields[i].name, name))
			return &fields[i];
	return NULL;
}
