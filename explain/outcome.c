/* SPDX-License-Identifier: MIT */
/* What kind of end it was: each row asks one question, the first yes decides. */
#include "subject.h"

#include "cttrace/signal.h"

#include "call_words.h"

#include "label.h"

#include <signal.h>
#include <string.h>

/* -------- small questions -------- */

static const struct ct_container *started_container(const struct ct_model *model)
{
	for (size_t i = model->n_containers; i-- > 0;)
		if (model->containers[i].payload_ns >= 0)
			return &model->containers[i];
	return NULL;
}

static bool payload_missing(const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_containers; i++)
		if (model->containers[i].payload_ns < 0)
			return true;
	return false;
}

static bool interrupted(int signal)
{
	return signal == SIGINT || signal == SIGTERM || signal == SIGHUP ||
	       signal == SIGQUIT || signal == SIGALRM;
}

/* Shells and engines pass a signal on as 128 + its number. */
static bool same_end(const struct ct_event_exit *inner, const struct ct_event_exit *outer)
{
	int status = inner->signal ? 128 + inner->signal : inner->status;

	return inner->signal && outer->signal ? inner->signal == outer->signal
					      : status == outer->status;
}

/* A process of the start that the signal ended; -1. */
static int killed_by(const struct ct_model *model, int signal)
{
	for (size_t i = 0; i < model->n_processes; i++)
		if (model->processes[i].exited_ns >= 0 &&
		    model->processes[i].exit.signal == signal)
			return (int)i;
	return -1;
}

static long last_event_of(const struct ct_model *model, int process)
{
	for (size_t i = model->n_facts; i-- > 0;)
		if (model->facts[i].process == process &&
		    model->facts[i].event->kind == CT_EVENT_CALL)
			return (long)i;
	return -1;
}

static const struct message *last_of(const struct subject *s, bool payload, int process)
{
	for (size_t i = s->messages->n; i-- > 0;) {
		const struct message *m = &s->messages->items[i];

		if (m->payload == payload && !m->warning &&
		    (process < 0 || m->process == process))
			return m;
	}
	return NULL;
}

/*
 * The last complaint that is not a warning. What the traced command says comes first: its
 * clean-up, which runs by itself, may complain of what the failure has left.
 */
static const struct message *last_word(const struct subject *s, bool payload)
{
	const struct message *m = NULL;

	if (s->model->root >= 0)
		m = last_of(s, payload, s->model->root);
	return m ? m : last_of(s, payload, -1);
}

/* -------- the rows: true when it is so -------- */

static bool is_well(struct subject *s)
{
	const struct ct_model *model = s->model;

	if (!model->exited)
		return !payload_missing(model) && model->n_containers;
	return !model->exit.signal && !model->exit.status;
}

static void say_well(struct subject *s)
{
	s->diagnosis->title = "the start worked: there is nothing to explain";
}

static bool is_sigsys(struct subject *s)
{
	return killed_by(s->model, SIGSYS) >= 0;
}

static void say_sigsys(struct subject *s)
{
	s->diagnosis->process = killed_by(s->model, SIGSYS);
	s->diagnosis->event = last_event_of(s->model, s->diagnosis->process);
	s->diagnosis->title = "FAILED: killed by SIGSYS";
	s->diagnosis->sure = CT_SURE_HIGH;
	subject_remark(
		s, "why",
		"a seccomp filter ends who makes a system call that it does not allow "
		"(SCMP_ACT_KILL), instead of giving an error");
	subject_remark(
		s, "try",
		"--security-opt seccomp=unconfined once, to be sure; then allow the call "
		"in the profile (the kernel's log has its number: type=SECCOMP)");
}

static const struct ct_limit *memory_limit(const struct ct_container *c)
{
	for (size_t i = c->n_limits; i-- > 0;)
		if (!strncmp(c->limits[i].file, "memory.", 7) && !c->limits[i].failed &&
		    *c->limits[i].value && c->limits[i].value[0] != '-' &&
		    strcmp(c->limits[i].value, "max") != 0)
			return &c->limits[i];
	return NULL;
}

/* Ends a container's init or program that nobody in the trace has killed on purpose. */
static int killed_container(const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_containers; i++) {
		const struct ct_container *c = &model->containers[i];

		if (c->payload >= 0 && c->exit.signal == SIGKILL)
			return (int)i;
		if (c->payload < 0 && c->init >= 0 &&
		    model->processes[c->init].exit.signal == SIGKILL)
			return (int)i;
	}
	return -1;
}

/* A runtime that gives up kills its init, and says why it gave up. */
static bool is_killed(struct subject *s)
{
	int container = killed_container(s->model);

	if (container < 0)
		return false;
	if (s->model->containers[container].payload >= 0)
		return same_end(&s->model->containers[container].exit, &s->model->exit);
	return memory_limit(&s->model->containers[container]) &&
	       (!s->pairs->n || evidence_sure(s->pairs, 0) < CT_SURE_MEDIUM);
}

static void say_killed(struct subject *s)
{
	const struct ct_container *c = &s->model->containers[killed_container(s->model)];
	const struct ct_limit *limit = memory_limit(c);
	struct ct_arena *arena = &s->diagnosis->arena;

	s->diagnosis->process = c->payload >= 0 ? c->payload : c->init;
	s->diagnosis->event = last_event_of(s->model, s->diagnosis->process);
	s->diagnosis->title =
		c->payload >= 0 ? "the container's program was killed by SIGKILL"
				: "FAILED: the container's init was killed by SIGKILL";
	s->diagnosis->sure = limit ? CT_SURE_MEDIUM : CT_SURE_LOW;
	if (!limit) {
		subject_remark(
			s, "why",
			"nobody in the trace sent the signal that is known of: the "
			"kernel when memory runs out, or somebody outside");
		subject_remark(s, "try",
			       "dmesg, journalctl -k: \"Out of memory\", "
			       "\"oom-kill\"");
		return;
	}
	subject_remark(
		s, "why",
		ct_arena_printf(
			arena,
			"its cgroup has a memory limit of %s (%s): when that is used "
			"up, the kernel kills without a word",
			limit->value, limit->file));
	subject_remark(s, "try",
		       "raise the limit (--memory, linux.resources.memory); dmesg has "
		       "the kernel's report");
}

static bool is_loader(struct subject *s)
{
	const struct message *m = last_word(s, true);

	return m && s->model->exit.status == 127 &&
	       strstr(m->text, "error while loading shared libraries");
}

static void say_loader(struct subject *s)
{
	s->message = last_word(s, true);
	s->diagnosis->process = s->message->process;
	s->diagnosis->event = (long)s->message->fact;
	s->diagnosis->title =
		"FAILED: the program was executed, but its dynamic loader gave up";
	s->diagnosis->sure = CT_SURE_HIGH;
	s->diagnosis->signature = "exec-shared-library";
	subject_remark(s, "why",
		       "a shared library that the program needs is not in the image");
	subject_remark(s, "try",
		       "ldd PROGRAM inside of the image; add the package that has the "
		       "library, or link statically");
}

static bool is_payload(struct subject *s)
{
	const struct ct_container *c = started_container(s->model);

	return c && s->model->exited && same_end(&c->exit, &s->model->exit);
}

static void say_payload(struct subject *s)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_container *c = started_container(s->model);

	s->diagnosis->process = c->payload;
	s->diagnosis->sure = CT_SURE_HIGH;
	ct_strbuf_adds(&text, "the container ran; its program ");
	if (c->exit.signal)
		ct_strbuf_addf(&text, "was killed by %s", ct_signal_name(c->exit.signal));
	else
		ct_strbuf_addf(&text, "exited %d", c->exit.status);
	s->diagnosis->title = ct_arena_strdup(&s->diagnosis->arena, text.data);
	s->message = last_word(s, true);
}

/* A trace that is cut off, or a command that somebody ended before the payload ran. */
static bool is_hang(struct subject *s)
{
	const struct ct_model *model = s->model;

	if (started_container(model) && !payload_missing(model))
		return false;
	if (s->pairs->n && evidence_sure(s->pairs, 0) == CT_SURE_HIGH)
		return false;
	if (!model->exited || hang_is_seen(model))
		return true;
	return interrupted(model->exit.signal) ||
	       (model->exit.signal == SIGKILL && payload_missing(model)) ||
	       model->exit.status == 128 + SIGINT || model->exit.status == 128 + SIGTERM;
}

static bool is_call(struct subject *s)
{
	return s->pairs->n > 0;
}

static void say_call(struct subject *s)
{
	const struct pair *best = &s->pairs->items[0];

	s->diagnosis->event = (long)best->fact;
	s->diagnosis->process = best->process;
	s->diagnosis->sure = evidence_sure(s->pairs, 0);
	s->message = best->message ? best->message : last_word(s, false);
	s->event = s->model->facts[best->fact].event;
	s->at_ns = s->event->t_ns;
	s->diagnosis->title = subject_title(s);
}

static bool is_decision(struct subject *s)
{
	return last_word(s, false) != NULL;
}

/* What the process had learnt before it complained: its last call about the same thing.
 */
static long last_success(const struct subject *s, const struct message *m)
{
	for (long i = (long)m->fact; i-- > 0;) {
		const struct ct_event *event = s->model->facts[i].event;
		const char *name;

		if (event->kind == CT_EVENT_CALL && ct_call_ok(&event->call) &&
		    s->model->facts[i].process == m->process &&
		    strncmp(event->call.name, "write", 5) != 0 &&
		    call_names(&event->call, &m->words, &name) > 1)
			return i;
	}
	return -1;
}

static void say_decision(struct subject *s)
{
	struct ct_arena *arena = &s->diagnosis->arena;
	const struct message *said = last_word(s, false);
	const struct message *origin = &s->messages->items[said->origin];

	s->message = said;
	s->diagnosis->process = origin->process;
	s->diagnosis->event = last_success(s, origin);
	s->event = s->diagnosis->event >= 0 ? s->model->facts[s->diagnosis->event].event
					    : NULL;
	s->diagnosis->sure = CT_SURE_MEDIUM;
	s->at_ns = origin->t_ns;
	s->diagnosis->title = subject_title(s);
	subject_remark(
		s, "why",
		ct_arena_printf(
			arena,
			"no system call failed that fits what was said: %s decided by "
			"itself%s",
			s->model->processes[origin->process].comm,
			s->event ? ", after the call above, which went well" : ""));
}

static bool is_anything(struct subject *s)
{
	(void)s;
	return true;
}

static void say_unknown(struct subject *s)
{
	s->diagnosis->title = "FAILED, and the trace does not say why";
	subject_remark(s, "try",
		       "record it with --depth full: then every failing call is seen");
}

static const struct {
	enum ct_diagnosis_kind kind;
	bool (*is)(struct subject *s);
	void (*say)(struct subject *s);
} rows[] = {
	{ CT_DIAGNOSIS_WORKED, is_well, say_well },
	{ CT_DIAGNOSIS_KILLED, is_sigsys, say_sigsys },
	{ CT_DIAGNOSIS_KILLED, is_killed, say_killed },
	{ CT_DIAGNOSIS_DECISION, is_loader, say_loader },
	{ CT_DIAGNOSIS_PAYLOAD, is_payload, say_payload },
	{ CT_DIAGNOSIS_HANG, is_hang, subject_add_waiters },
	{ CT_DIAGNOSIS_CALL, is_call, say_call },
	{ CT_DIAGNOSIS_DECISION, is_decision, say_decision },
	{ CT_DIAGNOSIS_UNKNOWN, is_anything, say_unknown },
};

void subject_judge(struct subject *s)
{
	size_t i = 0;

	while (!rows[i].is(s))
		i++;
	s->diagnosis->kind = rows[i].kind;
	rows[i].say(s);
	if (s->diagnosis->event >= 0)
		s->event = s->model->facts[s->diagnosis->event].event;
}
