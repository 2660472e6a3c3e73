/* SPDX-License-Identifier: MIT */
/*
 * A hook is told by the name that config.json has for it: runtimes say "hook #0", and
 * what the hook itself has said they keep (runc), or throw away (crun).
 */
#include "hook.h"

#include <string.h>

#define LINES_TOLD 3

struct hook {
	const struct ct_asked *asked;
	int process;
};

/* The hook itself, and whom it has started. */
static bool is_of(const struct ct_model *model, int process, int hook)
{
	for (size_t n = 0; process >= 0 && n < model->n_processes; n++) {
		if (process == hook)
			return true;
		process = model->processes[process].creator;
	}
	return false;
}

static bool next_in(const struct ct_model *model, const struct ct_container *c,
		    size_t *at, struct hook *hook)
{
	while (*at < c->n_asked) {
		const struct ct_asked *a = &c->asked[(*at)++];

		if (!a->refused || a->event < 0 || strcmp(a->aspect, "hook") != 0)
			continue;
		*hook = (struct hook){ a, model->facts[a->event].process };
		if (hook->process >= 0)
			return true;
	}
	return false;
}

/* The first hook that failed; of `process`, if that is not -1. */
static bool find(const struct ct_model *model, int process, struct hook *hook)
{
	for (size_t i = 0; i < model->n_containers; i++)
		for (size_t at = 0; next_in(model, &model->containers[i], &at, hook);)
			if (process < 0 || is_of(model, process, hook->process))
				return true;
	return false;
}

const char *subject_hook_name(const struct subject *s, int process)
{
	struct hook hook;

	return process >= 0 && find(s->model, process, &hook) ? hook.asked->name : NULL;
}

bool hook_gave_up(struct subject *s)
{
	const struct pair *best = s->pairs->n ? &s->pairs->items[0] : NULL;
	struct hook hook;

	if (!s->model->exited || !find(s->model, -1, &hook))
		return false;
	if (!best)
		return true;
	return !is_of(s->model, best->process, hook.process) &&
	       evidence_sure(s->pairs, 0) < CT_SURE_HIGH;
}

/* Who started it complains of it last. */
static const struct message *complaint_of(const struct subject *s, int hook)
{
	for (size_t i = s->messages->n; i-- > 0;) {
		const struct message *m = &s->messages->items[i];

		if (!m->payload && !m->warning && !is_of(s->model, m->process, hook) &&
		    m->t_ns >= s->model->processes[hook].exited_ns)
			return m;
	}
	return NULL;
}

void hook_say(struct subject *s)
{
	struct hook hook;

	find(s->model, -1, &hook);
	s->diagnosis->process = hook.process;
	s->diagnosis->sure = CT_SURE_HIGH;
	s->diagnosis->signature = "hook-failed";
	s->message = complaint_of(s, hook.process);
	s->at_ns = s->model->processes[hook.process].exited_ns;
	s->diagnosis->title = subject_title(s);
	subject_remark(s, "why",
		       "a hook that ends with an error ends the start; no system call "
		       "failed that fits what was said");
	s->remedy = "run the hook by hand, with the container's state (runtime state ID) "
		    "on its stdin; or take it out of hooks in config.json";
}

/* -------- what there is to say of it, whatever the kind -------- */

static void add_line(struct subject *s, const char *label, const struct message *m)
{
	subject_remark(s, label,
		       ct_arena_printf(&s->diagnosis->arena, "%s: \"%s\"",
				       s->model->processes[m->process].comm, m->text));
}

struct lines {
	const struct message *items[LINES_TOLD];
	size_t n; /* ever */
};

static void take_lines(const struct subject *s, int hook, const struct message *from,
		       size_t n, struct lines *lines)
{
	for (size_t i = 0; i < n; i++)
		if (from[i].channel == CHANNEL_STDERR &&
		    is_of(s->model, from[i].process, hook))
			lines->items[lines->n++ % LINES_TOLD] = &from[i];
}

/* The last lines of each list, those that complain first. */
static void add_lines(struct subject *s, int hook)
{
	struct lines lines = { .n = 0 };
	size_t first;

	take_lines(s, hook, s->messages->items, s->messages->n, &lines);
	if (!lines.n)
		take_lines(s, hook, s->messages->plain, s->messages->n_plain, &lines);
	first = lines.n > LINES_TOLD ? lines.n - LINES_TOLD : 0;
	for (size_t i = first; i < lines.n; i++)
		if (lines.items[i % LINES_TOLD] != s->message)
			add_line(s, i == first ? "said" : "",
				 lines.items[i % LINES_TOLD]);
}

void subject_add_hook(struct subject *s)
{
	struct hook hook;

	if (s->diagnosis->process < 0 || !find(s->model, s->diagnosis->process, &hook))
		return;
	subject_remark(s, "hook",
		       ct_arena_printf(
			       &s->diagnosis->arena, "the %s hook of config.json: %s; %s",
			       hook.asked->name, hook.asked->asked, hook.asked->done));
	add_lines(s, hook.process);
}
