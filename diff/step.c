/* SPDX-License-Identifier: MIT */
/* Events as steps: what they are called, on what, and what came of it. */
#include "step.h"

#include <errno.h>
#include <string.h>

enum { MANY = 32 };

/* Hashed in turn; a NUL between two parts keeps them apart. */
static void part(struct ct_strbuf *key, const struct normal *n, enum normal_kind kind,
		 const char *bytes, size_t len)
{
	normal_add(key, n, kind, bytes, len);
	ct_strbuf_addc(key, '\0');
}

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), wanted = strlen(end);

	return len >= wanted && !strcmp(name + len - wanted, end);
}

/* Numbers that follow from something else, or are chosen by the kernel. */
static bool is_chosen(const char *name)
{
	static const char *const ends[] = { "fd",  "fds",   "pid",  "tid",  "pgid",
					    "len", "count", "size", "addr", "seq" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (ends_with(name, ends[i]))
			return true;
	return false;
}

static void add_string(struct ct_strbuf *key, const struct normal *n,
		       const struct ct_arg *arg)
{
	size_t len = arg->len;

	/* what was cut in the middle of a word is not that word */
	while (arg->truncated && len && arg->str[len - 1] != ' ' &&
	       arg->str[len - 1] != '"' && arg->str[len - 1] != '/')
		len--;
	part(key, n,
	     memchr(arg->str, '/', len) && !memchr(arg->str, ' ', len) ? NORMAL_PATH
								       : NORMAL_TEXT,
	     arg->str, len);
}

static void add_arg(struct ct_strbuf *key, const struct normal *n,
		    const struct ct_arg *arg)
{
	/* where standard input and output go is the person's affair */
	if (arg->path && arg->type == CT_VALUE_INT && arg->i >= 0 && arg->i <= 2)
		return;
	if (arg->path) {
		part(key, n, NORMAL_PATH, arg->path, strlen(arg->path));
		return;
	}
	switch (arg->type) {
	case CT_VALUE_INT:
		if (!arg->name || !is_chosen(arg->name))
			part(key, n, NORMAL_TEXT, arg->text, strlen(arg->text));
		break;
	case CT_VALUE_STR:
		add_string(key, n, arg);
		break;
	case CT_VALUE_LIST:
	case CT_VALUE_FIELDS:
		/* of long ones (a filter's instructions) the words must do */
		if (arg->n_items > MANY)
			part(key, n, NORMAL_TEXT, arg->text, strlen(arg->text));
		for (size_t i = 0; i < arg->n_items && arg->n_items <= MANY; i++)
			add_arg(key, n, &arg->items[i]);
		break;
	case CT_VALUE_NONE:
	case CT_VALUE_PTR:
		break;
	}
}

static void add_call(struct ct_strbuf *key, const struct normal *n,
		     const struct ct_event_call *call)
{
	part(key, n, NORMAL_TEXT, call->name, strlen(call->name));
	for (size_t i = 0; i < call->n_args; i++)
		add_arg(key, n, &call->args[i]);
}

static void add_argv(struct ct_strbuf *key, const struct normal *n,
		     const struct ct_event_exec *exec)
{
	for (size_t i = 0; i < exec->argc; i++)
		part(key, n, strchr(exec->argv[i], '/') ? NORMAL_PATH : NORMAL_TEXT,
		     exec->argv[i], strlen(exec->argv[i]));
}

/* Requests over netlink are bytes: their words say the same. */
static const struct ct_net_request *request_of(const struct ct_model *model, size_t fact)
{
	size_t low = 0, high = model->n_net_requests;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (model->net_requests[mid].event < fact)
			low = mid + 1;
		else
			high = mid;
	}
	return low < model->n_net_requests && model->net_requests[low].event == fact
		       ? &model->net_requests[low]
		       : NULL;
}

static void add_bus(struct ct_strbuf *key, const struct normal *n,
		    const struct ct_bus_message *message)
{
	part(key, n, NORMAL_TEXT, message->member, strlen(message->member));
	part(key, n, NORMAL_TEXT, message->text, strlen(message->text));
}

static int64_t outcome_of(const struct ct_event *event)
{
	if (event->kind == CT_EVENT_EXIT)
		return event->exit.signal ? -event->exit.signal : event->exit.status;
	if (event->kind != CT_EVENT_CALL)
		return 0;
	if (event->call.result == CT_RESULT_ERROR)
		return event->call.error;
	return event->call.result == CT_RESULT_ONGOING ? -1 : 0;
}

#define TAG(name) (1u << CT_TAG_##name)

static int weight_of(const struct ct_fact *fact)
{
	const unsigned int heavy = TAG(NAMESPACE) | TAG(MOUNT) | TAG(ROOT) |
				   TAG(SECCOMP) | TAG(CAPABILITY) | TAG(PAYLOAD) |
				   TAG(WALL);
	const unsigned int medium = TAG(CGROUP) | TAG(LIMIT) | TAG(IDENTITY) |
				    TAG(HOSTNAME) | TAG(DEVICE) | TAG(NETWORK) |
				    TAG(MESSAGE);
	const struct ct_event *event = fact->event;

	if (event->kind == CT_EVENT_EXEC || event->kind == CT_EVENT_EXIT)
		return 3;
	if (fact->tags & TAG(BENIGN))
		return 0;
	if (fact->tags & (heavy | TAG(FAILED)))
		return 3;
	/* a file of a cgroup that is only opened changes nothing */
	if (fact->tags & TAG(CGROUP) && !strncmp(event->call.name, "open", 4))
		return 0;
	if (fact->tags & medium)
		return 2;
	return fact->tags & TAG(FILE) ? 1 : 0;
}

static bool is_step(const struct ct_model *model, const struct ct_fact *fact)
{
	const struct ct_event *event = fact->event;

	if (fact->process < 0)
		return false;
	if (event->kind == CT_EVENT_EXIT) /* a thread's is nobody's affair */
		return event->task.serial == model->processes[fact->process].serial;
	return event->kind == CT_EVENT_CALL || event->kind == CT_EVENT_EXEC;
}

static void make(struct step *step, const struct ct_model *model,
		 const struct normal *normal, size_t index, struct ct_strbuf *key)
{
	const struct ct_fact *fact = &model->facts[index];
	const struct ct_event *event = fact->event;
	const struct ct_net_request *request = request_of(model, index);
	int64_t outcome = outcome_of(event);

	ct_strbuf_reset(key);
	ct_strbuf_addc(key, (char)('a' + event->kind));
	if (event->kind == CT_EVENT_EXEC)
		part(key, normal, NORMAL_PATH, event->exec.path,
		     strlen(event->exec.path));
	else if (request)
		part(key, normal, NORMAL_TEXT, request->words, strlen(request->words));
	else if (fact->bus >= 0)
		add_bus(key, normal, &model->bus_messages[fact->bus]);
	else if (event->kind == CT_EVENT_CALL)
		add_call(key, normal, &event->call);
	if (request && !outcome)
		outcome = request->error;
	*step = (struct step){ .key = normal_hash(key->data, key->len),
			       .fact = index,
			       .weight = weight_of(fact),
			       .other = -1 };
	/* the same program with other arguments is the same step, with other results */
	if (event->kind == CT_EVENT_EXEC)
		add_argv(key, normal, &event->exec);
	ct_strbuf_add(key, &outcome, sizeof(outcome));
	step->result = normal_hash(key->data, key->len);
}

void steps_collect(struct steps *steps, const struct ct_model *model,
		   const struct normal *normal, struct ct_arena *arena)
{
	CT_CLEANUP_STRBUF struct ct_strbuf key = CT_STRBUF_INIT;
	size_t n_processes = model->n_processes;
	size_t *first = ct_arena_array(arena, size_t, n_processes + 2);

	/* counted one place further, so that filling the slices moves them where they
	 * belong */
	for (size_t i = 0; i < model->n_facts; i++)
		if (is_step(model, &model->facts[i]))
			first[model->facts[i].process + 2]++;
	for (size_t p = 2; p < n_processes + 2; p++)
		first[p] += first[p - 1];
	steps->n = first[n_processes + 1];
	steps->all = ct_arena_array(arena, struct step, steps->n + 1);
	steps->first = first;
	for (size_t i = 0; i < model->n_facts; i++)
		if (is_step(model, &model->facts[i]))
			make(&steps->all[first[model->facts[i].process + 1]++], model,
			     normal, i, &key);
}
