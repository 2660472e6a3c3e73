/* SPDX-License-Identifier: MIT */
/* Asked and done: hooks. Which process is which one, how it ended, and what it said. */
#include "asked.h"

#include "call.h"
#include "cttrace/signal.h"

#include <stdlib.h>
#include <string.h>

/* In the order in which they are run. */
static const char *const hook_kinds[] = { "prestart",        "createRuntime",
					  "createContainer", "startContainer",
					  "poststart",       "poststop" };

enum { HOOKS_MAX = 128 };

/* Each process is one hook. */
struct claims {
	int process[HOOKS_MAX];
	size_t n;
};

static bool is_claimed(const struct claims *claims, int process)
{
	for (size_t i = 0; i < claims->n; i++)
		if (claims->process[i] == process)
			return true;
	return false;
}

/* dockerd asks for itself, as /proc/PID/exe: then an exec says what that link leads to.
 */
static bool is_exe_of(const struct asking *a, const char *path, const char *program)
{
	static const char before[] = "/proc/", after[] = "/exe";
	char *end;
	long pid;

	if (strncmp(path, before, strlen(before)) != 0)
		return false;
	pid = strtol(path + strlen(before), &end, 10);
	if (pid <= 0 || strcmp(end, after) != 0)
		return false;
	for (size_t i = 0; i < a->m->pub.n_processes; i++) {
		const struct ct_process *p = &a->m->pub.processes[i];

		for (size_t j = 0; p->pid == pid && j < p->n_execs; j++)
			if (strcmp(p->execs[j].path, program) == 0)
				return true;
	}
	return false;
}

/* A hook without arguments gets the ones that its runtime chooses. */
static bool runs_hook(const struct asking *a, const struct ct_exec *exec,
		      const json_t *hook)
{
	const json_t *args = json_object_get(hook, "args");
	const char *path = asked_text(hook, "path");

	if (strcmp(exec->path, path) != 0 && !is_exe_of(a, path, exec->path))
		return false;
	for (size_t i = 0; i < json_array_size(args) && i < exec->argc; i++) {
		const char *arg = json_string_value(json_array_get(args, i));

		if (!arg || strcmp(arg, exec->argv[i]) != 0)
			return false;
	}
	return true;
}

/* The first process that ran it; -1. */
static int find_hook(const struct asking *a, const json_t *hook,
		     const struct claims *claims, size_t *event)
{
	for (int i = 0; i < (int)a->m->pub.n_processes; i++) {
		const struct ct_process *p = &a->m->pub.processes[i];

		if (p->born_ns < a->m->sites[a->site].create_ns || i == a->c->init ||
		    is_claimed(claims, i))
			continue;
		for (size_t j = 0; j < p->n_execs; j++)
			if (runs_hook(a, &p->execs[j], hook)) {
				*event = p->execs[j].event;
				return i;
			}
	}
	return -1;
}

/* A runtime kills a hook that takes longer than config.json allows: seconds. */
static const char *timeout_of(struct asking *a, const struct ct_process *p,
			      const json_t *hook)
{
	json_int_t seconds = json_integer_value(json_object_get(hook, "timeout"));

	if (!p->exit.signal || seconds <= 0 ||
	    (p->exited_ns - p->born_ns) / 1000000000 < seconds)
		return "";
	return ct_arena_printf(a->arena, " after its timeout of %lld s",
			       (long long)seconds);
}

static const char *end_of(struct asking *a, const struct ct_process *p,
			  const json_t *hook)
{
	if (p->exited_ns < 0)
		return "runs still";
	if (p->exit.signal)
		return ct_arena_printf(a->arena, "killed by %s%s",
				       ct_signal_name(p->exit.signal),
				       timeout_of(a, p, hook));
	return ct_arena_printf(a->arena, "exit status %d", p->exit.status);
}

/* Itself, or started by it. */
static bool is_of_hook(const struct model *m, int process, int hook)
{
	enum { GENERATIONS = 16 };

	for (int i = 0; i < GENERATIONS && process >= 0; i++) {
		if (process == hook)
			return true;
		process = m->pub.processes[process].creator;
	}
	return false;
}

/* A file that it writes is its work, and not what it says. */
static bool is_heard(const struct ct_event_call *call)
{
	const char *path = ct_call_path(call, "fd");

	return *path != '/' || call_below(path, "/dev");
}

/* A hook is told the state of its container, as JSON on stdin, and may pass it on. */
static bool is_state(const struct ct_arg *text)
{
	return text->len > 1 && text->str[0] == '{' &&
	       memmem(text->str, text->len, "\"ociVersion\"", 12);
}

static const struct ct_arg *said_with(const struct ct_event *event)
{
	const struct ct_arg *text = NULL;
	int64_t fd;

	if (event->kind != CT_EVENT_CALL || strncmp(event->call.name, "write", 5) != 0)
		return NULL;
	fd = ct_call_int(&event->call, "fd", -1);
	if ((fd == 1 || fd == 2) && is_heard(&event->call))
		text = ct_call_arg(&event->call, "buf");
	return text && text->type == CT_VALUE_STR && text->len && !is_state(text) ? text
										  : NULL;
}

/*
 * What a hook prints often goes to /dev/null, or is told to nobody unless it fails: so it
 * is made a message of the trace. Gives back the first line; "".
 */
static const char *said_by(const struct asking *a, int hook)
{
	const char *first = "";

	for (size_t i = 0; i < a->m->pub.n_facts; i++) {
		struct ct_fact *fact = &a->m->pub.facts[i];
		const struct ct_arg *text = said_with(fact->event);

		if (!text || !is_of_hook(a->m, fact->process, hook))
			continue;
		fact->tags |= 1U << CT_TAG_MESSAGE;
		if (!*first)
			first = ct_arena_strndup(
				a->arena, text->str,
				strnlen(text->str, strcspn(text->str, "\n")));
	}
	return first;
}

static void compare_hook(struct asking *a, const char *kind, const json_t *hook,
			 struct claims *claims)
{
	const char *path = asked_text(hook, "path");
	struct ct_asked r = { .event = -1, .match = CT_MATCH_NOT_SEEN };
	size_t event = 0;
	int process;

	if (!path || claims->n == HOOKS_MAX)
		return;
	process = find_hook(a, hook, claims, &event);
	r.asked = ct_arena_printf(a->arena, "run %s", path);
	if (process >= 0) {
		struct ct_process *p = &a->m->pub.processes[process];

		claims->process[claims->n++] = process;
		p->role = CT_ROLE_HOOK;
		r.event = (long)event;
		p->hook = kind;
		r.said = said_by(a, process);
		r.done = ct_arena_printf(a->arena, "process %d, %s", p->pid,
					 end_of(a, p, hook));
		r.refused = p->exited_ns >= 0 && (p->exit.signal || p->exit.status);
		r.match = r.refused ? CT_MATCH_DIFFERS : CT_MATCH_SAME;
	} else if (strncmp(kind, "post", 4) != 0) {
		r.done = "never ran";
		r.match = asked_absent(a);
	}
	asked_add(a, "hook", kind, r);
}

void asked_hooks(struct asking *a)
{
	const json_t *hooks = asked_get(a, "hooks");
	struct claims claims = { .n = 0 };

	for (size_t k = 0; k < sizeof(hook_kinds) / sizeof(hook_kinds[0]); k++) {
		const json_t *list = json_object_get(hooks, hook_kinds[k]);

		for (size_t i = 0; i < json_array_size(list) && i < HOOKS_MAX; i++)
			compare_hook(a, hook_kinds[k], json_array_get(list, i), &claims);
	}
}
