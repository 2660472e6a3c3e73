/* SPDX-License-Identifier: MIT */
/* What kind of end it was: each row asks one question, the first yes decides. */
#include "subject.h"

#include "cttrace/signal.h"

#include "call_words.h"
#include "hook.h"
#include "inside.h"
#include "killed.h"
#include "loader.h"
#include "refused.h"
#include "tracer.h"
#include "walls.h"

#include "label.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

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

/* Did it end as the command did? Rootless podman is a child of itself. */
static bool ends_as_command(const struct ct_model *model, int process)
{
	const struct ct_process *p = &model->processes[process];

	return process == model->root ||
	       (model->exited && p->exited_ns >= 0 && !p->exit.signal &&
		p->exit.status > 0 && p->exit.status == model->exit.status);
}

/*
 * The last complaint that is not a warning. What the traced command says comes first: its
 * clean-up, which runs by itself, may complain of what the failure has left.
 */
static const struct message *last_word(const struct subject *s, bool payload)
{
	for (size_t i = s->messages->n; i-- > 0 && !payload;) {
		const struct message *m = &s->messages->items[i];

		if (!m->payload && !m->warning && ends_as_command(s->model, m->process))
			return m;
	}
	return last_of(s, payload, -1);
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

static bool is_payload(struct subject *s)
{
	const struct ct_container *c = started_container(s->model);

	return c && s->model->exited && killed_alike(&c->exit, &s->model->exit);
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
	if (!walls_add(s, c))
		inside_add(s, c);
}

/* A trace that is cut off, or a command that somebody ended before the payload ran. */
static bool is_hang(struct subject *s)
{
	const struct ct_model *model = s->model;
	size_t asked = hang_request(model), waits = hang_fact(model);

	if (started_container(model) && !payload_missing(model))
		return false;
	/* what had gone wrong before it began to wait has not ended it */
	if (s->pairs->n && evidence_sure(s->pairs, 0) == CT_SURE_HIGH &&
	    s->pairs->items[0].fact > (waits < asked ? waits : asked))
		return false;
	if (!model->exited || waits < model->n_facts)
		return true;
	return hang_interrupts(model->exit.signal) || asked < model->n_facts ||
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
	const struct message *m = last_word(s, false);

	return m && (m->words.complains || signature_is_decision(m->text));
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

/* The mode that a look at a file has shown; 0. */
static unsigned int mode_of(const struct ct_event_call *call)
{
	for (size_t a = 0; a < call->n_args; a++)
		for (size_t i = 0; i < call->args[a].n_items; i++) {
			const struct ct_arg *item = &call->args[a].items[i];

			if (item->name && strstr(item->name, "_mode"))
				return (unsigned int)item->i;
		}
	return 0;
}

/* Programs that test for the x bit themselves never ask the kernel to execute. */
static void add_mode(struct subject *s)
{
	unsigned int mode = s->event ? mode_of(&s->event->call) : 0;

	if (!S_ISREG(mode) || mode & 0111)
		return;
	subject_remark(s, "seen",
		       ct_arena_printf(&s->diagnosis->arena,
				       "the file's mode is %04o: nobody may execute it",
				       mode & 07777));
	subject_remark(s, "try", "chmod +x FILE in the image");
}

/* Without the second eye, only who builds a container is seen in full. */
static bool sees_failures(const struct subject *s, int process)
{
	const struct ct_trace_header *header = s->model->header;
	enum ct_role role = s->model->processes[process].role;

	return !header || !header->failures || strcmp(header->failures, "ptrace") != 0 ||
	       (header->depth && !strcmp(header->depth, "full")) ||
	       role == CT_ROLE_RUNTIME || role == CT_ROLE_INIT;
}

/* Who speaks may speak of another one, who has ended with an error and said nothing. */
static void add_silent(struct subject *s, const struct message *origin)
{
	const struct ct_model *model = s->model;
	int first = -1;

	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		if (p->exited_ns < 0 || p->exited_ns > origin->t_ns ||
		    (!p->exit.signal && p->exit.status <= 0) ||
		    last_of(s, false, (int)i) || (int)i == origin->process ||
		    message_is_payload(model, (int)i, p->exited_ns))
			continue;
		if (first < 0 || p->exited_ns < model->processes[first].exited_ns)
			first = (int)i;
	}
	if (first < 0)
		return;
	if (model->processes[first].exit.signal)
		subject_remark(
			s, "seen",
			ct_arena_printf(
				&s->diagnosis->arena, "%s had been killed by %s before",
				subject_name(s, first),
				ct_signal_name(model->processes[first].exit.signal)));
	else
		subject_remark(s, "seen",
			       ct_arena_printf(&s->diagnosis->arena,
					       "%s had ended with status %d before, and "
					       "without a word",
					       subject_name(s, first),
					       model->processes[first].exit.status));
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
			"no system call %s that fits what was said: %s decided by "
			"itself%s%s",
			sees_failures(s, origin->process) ? "failed"
							  : "is recorded as failed",
			s->model->processes[origin->process].comm,
			s->event ? ", after the call above, which went well" : "",
			sees_failures(s, origin->process)
				? ""
				: ", or it was a call that only --depth full records"));
	if (!sees_failures(s, origin->process)) {
		s->diagnosis->sure = CT_SURE_LOW;
		s->remedy = "record it with --depth full, or as root: then every failing "
			    "call is seen";
	}
	if (s->message->words.errors[EACCES])
		add_mode(s);
	add_silent(s, origin);
}

static bool is_anything(struct subject *s)
{
	(void)s;
	return true;
}

static void say_unknown(struct subject *s)
{
	s->diagnosis->title = "FAILED, and the trace does not say why";
	s->message = last_word(s, false);
	subject_remark(s, "try",
		       "record it with --depth full: then every failing call is seen");
}

static const struct {
	enum ct_diagnosis_kind kind;
	bool (*is)(struct subject *s);
	void (*say)(struct subject *s);
} rows[] = {
	{ CT_DIAGNOSIS_WORKED, is_well, say_well },
	{ CT_DIAGNOSIS_KILLED, killed_by_filter, killed_say_filter },
	{ CT_DIAGNOSIS_KILLED, killed_by_strict_mode, killed_say_strict_mode },
	{ CT_DIAGNOSIS_KILLED, killed_by_kill, killed_say_kill },
	{ CT_DIAGNOSIS_TRACER, tracer_takes_privileges, tracer_say_privileges },
	{ CT_DIAGNOSIS_TRACER, tracer_refuses, tracer_say_refusal },
	{ CT_DIAGNOSIS_DECISION, loader_gave_up, loader_say },
	{ CT_DIAGNOSIS_TRACER, tracer_is_seen, tracer_say_seen },
	{ CT_DIAGNOSIS_PAYLOAD, is_payload, say_payload },
	{ CT_DIAGNOSIS_KILLED, killed_command, killed_say_command },
	{ CT_DIAGNOSIS_HANG, is_hang, subject_add_waiters },
	{ CT_DIAGNOSIS_DECISION, hook_gave_up, hook_say },
	{ CT_DIAGNOSIS_DECISION, refused_by_bus, refused_say },
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
