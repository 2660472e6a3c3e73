/* SPDX-License-Identifier: MIT */
/* Feeds a model with events of a few tasks. */
#include "story.h"

#include <linux/seccomp.h>
#include <string.h>
#include <sys/syscall.h>

struct ct_event *story_event(struct story *s, enum ct_event_kind kind, uint32_t serial)
{
	struct ct_event *e = ct_arena_alloc(&s->arena, sizeof(*e));

	e->kind = kind;
	e->task = (struct ct_task_id){ (int32_t)serial + 100, serial };
	e->dur_ns = -1;
	return e;
}

void story_birth(struct story *s, uint32_t serial, uint32_t creator, enum ct_birth how,
		 int seccomp)
{
	struct ct_event *e = story_event(s, CT_EVENT_TASK, serial);
	bool thread = how == CT_BIRTH_THREAD;

	e->birth.pid = (int32_t)(thread ? creator : serial) + 100;
	e->birth.creator = (struct ct_task_id){ (int32_t)creator + 100, creator };
	e->birth.how = how;
	e->state = ct_arena_alloc(&s->arena, sizeof(*e->state));
	*e->state = (struct ct_state){ .have = CT_STATE_STATUS,
				       .of = e->task,
				       .comm = "",
				       .seccomp = seccomp,
				       .no_new_privs = -1 };
	ct_model_feed(s->model, e);
}

void story_begin(struct story *s, int seccomp)
{
	*s = (struct story){ .arena = CT_ARENA_INIT, .model = ct_model_new(NULL) };
	story_birth(s, STORY_ROOT, 0, CT_BIRTH_ROOT, seccomp);
}

void story_end(struct story *s)
{
	ct_model_free(s->model);
	ct_arena_release(&s->arena);
}

struct ct_arg story_number(const char *name, int64_t value)
{
	return (struct ct_arg){
		.name = name, .type = CT_VALUE_INT, .i = value, .text = "", .ns_type = -1
	};
}

struct ct_arg story_text(const char *name, const char *value)
{
	return (struct ct_arg){ .name = name,
				.type = CT_VALUE_STR,
				.str = value,
				.len = strlen(value),
				.text = value,
				.ns_type = -1 };
}

struct ct_arg story_fields(struct story *s, const char *name, const struct ct_arg *items,
			   size_t n)
{
	return (struct ct_arg){ .name = name,
				.type = CT_VALUE_FIELDS,
				.items = ct_arena_memdup(&s->arena, items,
							 n * sizeof(*items)),
				.n_items = n,
				.text = "",
				.ns_type = -1 };
}

struct ct_event *story_call(struct story *s, uint32_t serial, const char *name, long nr,
			    const struct ct_arg *args, size_t n)
{
	struct ct_event *e = story_event(s, CT_EVENT_CALL, serial);

	e->call.name = name;
	e->call.nr = nr;
	e->call.args = ct_arena_memdup(&s->arena, args, n * sizeof(*args));
	e->call.n_args = n;
	e->call.result = CT_RESULT_VALUE;
	return e;
}

struct ct_arg story_program(struct story *s, const char *name,
			    const struct sock_filter *filter, size_t len)
{
	struct ct_arg items[2] = { story_number("len", (int64_t)len),
				   story_number("filter", 0) };

	items[1].type = CT_VALUE_STR;
	items[1].str = (const char *)filter;
	items[1].len = len * sizeof(*filter);
	return (struct ct_arg){ .name = name,
				.type = CT_VALUE_FIELDS,
				.items = ct_arena_memdup(&s->arena, items, sizeof(items)),
				.n_items = 2,
				.text = "",
				.ns_type = -1 };
}

struct ct_event *story_install_event(struct story *s, uint32_t serial,
				     const struct sock_filter *filter, size_t len,
				     int64_t flags)
{
	struct ct_arg args[] = { story_number("operation", SECCOMP_SET_MODE_FILTER),
				 story_number("flags", flags),
				 story_program(s, "args", filter, len) };

	return story_call(s, serial, "seccomp", SYS_seccomp, args,
			  sizeof(args) / sizeof(*args));
}

const char *story_fails(struct story *s, uint32_t serial, long nr, int64_t arg, int error)
{
	struct ct_arg args[] = { story_number("flags", arg) };
	struct ct_event *e =
		story_call(s, serial, "x", nr, args, sizeof(args) / sizeof(*args));

	e->call.result = CT_RESULT_ERROR;
	e->call.ret = -1;
	e->call.error = error;
	ct_model_feed(s->model, e);
	return ct_answerer_name(s->model->facts[s->model->n_facts - 1].answered_by);
}
