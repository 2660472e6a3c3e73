/* SPDX-License-Identifier: MIT */
/* Where in the start it happened, and how the command ended. */
#include "subject.h"

#include "label.h"

#include <string.h>

static const char *const phase_titles[][2] = {
	{ "command", "before the engine" },
	{ "engine", "engine: storage, config" },
	{ "network", "network" },
	{ "monitor", "monitor" },
	{ "create", "runtime: create" },
	{ "join", "runtime: join" },
	{ "start", "runtime: start" },
	{ "run", "container runs" },
	{ "clean-up", "clean-up" },
};

static const char *const step_titles[CT_STEPS] = {
	[CT_STEP_NAMESPACES] = "the namespaces",
	[CT_STEP_CGROUP] = "the cgroup",
	[CT_STEP_ROOTFS] = "the root file system",
	[CT_STEP_NETWORK] = "the network",
	[CT_STEP_PIVOT] = "the change of \"/\"",
	[CT_STEP_CAPABILITIES] = "the capabilities",
	[CT_STEP_SECCOMP] = "the seccomp filter",
	[CT_STEP_EXEC] = "the exec of its program",
};

/* The innermost of the large phases that holds the moment; who is inside cleans nothing.
 */
static const struct ct_phase *phase_at(const struct ct_model *model, int64_t t_ns,
				       int container, bool inside)
{
	const struct ct_phase *best = NULL;

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *p = &model->phases[i];

		if (p->step != CT_STEP_NONE || t_ns < p->start_ns || t_ns > p->end_ns ||
		    (p->container >= 0 && container >= 0 && p->container != container) ||
		    (inside && !strcmp(p->name, "clean-up")))
			continue;
		if (!best || p->end_ns - p->start_ns < best->end_ns - best->start_ns)
			best = p;
	}
	return best;
}

static const char *phase_title(const struct ct_phase *phase)
{
	for (size_t i = 0; i < sizeof(phase_titles) / sizeof(*phase_titles); i++)
		if (!strcmp(phase->name, phase_titles[i][0]))
			return phase_titles[i][1];
	return phase->name;
}

/* The step that had been under way last. */
static enum ct_step step_at(const struct ct_model *model, int64_t t_ns, int container)
{
	enum ct_step step = CT_STEP_NONE;
	int64_t latest = -1;

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *p = &model->phases[i];

		if (p->step == CT_STEP_NONE || p->start_ns > t_ns ||
		    p->container != container || p->start_ns < latest)
			continue;
		latest = p->start_ns;
		step = p->step;
	}
	return step;
}

static int container_of(const struct subject *s)
{
	if (s->diagnosis->process >= 0)
		return s->model->processes[s->diagnosis->process].container;
	return -1;
}

const char *subject_title(struct subject *s)
{
	int container = container_of(s);
	int64_t t_ns = s->at_ns;
	bool inside = s->diagnosis->process >= 0 &&
		      s->model->processes[s->diagnosis->process].inside;
	const struct ct_phase *phase = phase_at(s->model, t_ns, container, inside);
	enum ct_step step =
		container < 0 ? CT_STEP_NONE : step_at(s->model, t_ns, container);
	const char *where = phase ? ct_arena_printf(&s->diagnosis->arena, " in \"%s\"",
						    phase_title(phase))
				  : "";
	const char *hook = subject_hook_name(s, s->diagnosis->process);

	if (container >= 0 && subject_call(s) &&
	    !strncmp(subject_call(s)->name, "execve", 6) && inside)
		step = CT_STEP_EXEC;
	if (hook)
		return ct_arena_printf(&s->diagnosis->arena, "FAILED%s, in its %s hook",
				       where, hook);
	if (container < 0)
		return ct_arena_printf(&s->diagnosis->arena,
				       "FAILED%s, before any container", where);
	if (step == CT_STEP_NONE)
		return ct_arena_printf(&s->diagnosis->arena,
				       "FAILED%s, before any namespace was made", where);
	return ct_arena_printf(&s->diagnosis->arena, "FAILED%s, at %s", where,
			       step_titles[step]);
}

const char *subject_outcome(struct subject *s)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (s->model->exited)
		ct_label_exit(&text, &s->model->exit);
	else
		ct_strbuf_adds(&text, "not ended");
	ct_strbuf_adds(&text, " · ");
	ct_label_duration(&text, s->model->end_ns);
	return ct_arena_strdup(&s->diagnosis->arena, text.data);
}

const char *subject_name(struct subject *s, int process)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (process < 0)
		return "";
	ct_label_process(&text, s->model, process);
	return ct_arena_strdup(&s->diagnosis->arena, text.data);
}

const char *subject_later(struct subject *s, int64_t ns)
{
	enum { SEEN_AS_ZERO = 50000 }; /* ns: durations have one decimal */

	return ns < SEEN_AS_ZERO ? "at once"
				 : ct_arena_printf(&s->diagnosis->arena, "%s later",
						   subject_duration(s, ns));
}

const char *subject_duration(struct subject *s, int64_t ns)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_label_duration(&text, ns);
	return ct_arena_strdup(&s->diagnosis->arena, text.data);
}
