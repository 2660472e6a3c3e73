/* SPDX-License-Identifier: MIT */
/* To be observed changes little, but not nothing (ptrace(2), seccomp(2)). */
#include "tracer.h"

#include "call_words.h"
#include "killed.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>

/* The tracer's own words: tracer/kernel/privilege.c. */
#define NO_EFFECT "has no effect under an unprivileged tracer"
#define WORKS     "this works: "

static const struct refusal {
	const char *call;
	int error;
	const char *argument; /* fnmatch, of an argument's text */
	const char *why, *remedy;
} refusals[] = {
	{ "ptrace", EPERM, "PTRACE_TRACEME",
	  "it wants to be traced by its parent, but this tracer traces it already, and a "
	  "process has one tracer at most",
	  "run the debugger (strace, gdb) alone, without cttrace" },
	{ "ptrace", EPERM, "PTRACE_@(ATTACH|SEIZE)",
	  "it wants to trace a process that this tracer may trace already, and a process "
	  "has one tracer at most",
	  "run the debugger (strace, gdb) alone, without cttrace" },
	{ "prctl", EINVAL, "SECCOMP_MODE_STRICT",
	  "the kernel refuses seccomp's strict mode to who has a filter, and the tracer "
	  "has given it one",
	  "cttrace --detach uses no filter" },
	{ "seccomp", ENOMEM, "*",
	  "the filters of a task may have 32768 instructions together, and the tracer's "
	  "own "
	  "is one of them",
	  "cttrace --detach uses no filter" },
	{ "seccomp", EINVAL, "SECCOMP_SET_MODE_STRICT",
	  "the kernel refuses seccomp's strict mode to who has a filter, and the tracer "
	  "has given it one",
	  "cttrace --detach uses no filter" },
};

/* It gave up, and the command ended in the same way, or with an error of its own. */
static bool ended_badly(const struct subject *s, int process)
{
	const struct ct_process *p = &s->model->processes[process];

	return p->exited_ns >= 0 && (p->exit.signal || p->exit.status > 0);
}

static const struct refusal *refusal_of(const struct ct_event *event)
{
	const struct ct_event_call *call = &event->call;

	/* with flags it is libseccomp's question which of them the kernel knows */
	if (event->kind != CT_EVENT_CALL || call->result != CT_RESULT_ERROR ||
	    ct_call_int(call, "flags", 0))
		return NULL;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
		for (size_t a = 0; a < call->n_args; a++)
			if (refusals[i].error == call->error &&
			    !strcmp(refusals[i].call, call->name) &&
			    !fnmatch(refusals[i].argument, call->args[a].text,
				     FNM_EXTMATCH))
				return &refusals[i];
	return NULL;
}

/* Is another call surely the reason? */
static bool is_known(const struct subject *s)
{
	return s->pairs->n && evidence_sure(s->pairs, 0) == CT_SURE_HIGH &&
	       !refusal_of(s->model->facts[s->pairs->items[0].fact].event);
}

/* -------- set-uid -------- */

static long find_note(const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_facts; i++)
		if (model->facts[i].event->kind == CT_EVENT_NOTE &&
		    strstr(model->facts[i].event->note.text, NO_EFFECT))
			return (long)i;
	return -1;
}

/* The last thing that it could not do. */
static long last_refused(const struct subject *s, int process)
{
	for (size_t i = s->model->n_facts; i-- > 0;) {
		const struct ct_event *event = s->model->facts[i].event;

		if (s->model->facts[i].process == process &&
		    event->kind == CT_EVENT_CALL &&
		    event->call.result == CT_RESULT_ERROR &&
		    (event->call.error == EPERM || event->call.error == EACCES))
			return (long)i;
	}
	return -1;
}

bool tracer_takes_privileges(struct subject *s)
{
	long note = find_note(s->model);

	int process = note < 0 ? -1 : s->model->facts[note].process;

	return process >= 0 && ended_badly(s, process) &&
	       (last_refused(s, process) >= 0 || !is_known(s));
}

void tracer_say_privileges(struct subject *s)
{
	long note = find_note(s->model);
	const char *text = s->model->facts[note].event->note.text;
	const char *works = strstr(text, WORKS);
	int process = s->model->facts[note].process;

	s->diagnosis->title = "FAILED, and the tracer is the cause";
	s->diagnosis->signature = "tracer-privileges";
	s->diagnosis->sure = CT_SURE_HIGH;
	s->diagnosis->process = process;
	s->diagnosis->event = last_refused(s, process);
	for (size_t i = 0; i < s->messages->n && !s->message; i++)
		if (s->messages->items[i].process == process)
			s->message = &s->messages->items[i];
	subject_remark(
		s, "why",
		ct_arena_printf(&s->diagnosis->arena,
				"%.*s: without a tracer it would have been executed with "
				"the privileges of its file",
				(int)(works ? (size_t)(works - text) - 2 : strlen(text)),
				text));
	subject_remark(s, "try",
		       works ? works + strlen(WORKS) : "trace it as root: -u USER");
	subject_remark(s, "see", "crun#1086, ptrace(2)");
}

/* -------- calls that a tracer, or its filter, makes fail -------- */

/* Who asked is no longer there after an exec. */
static bool is_of_last_program(const struct ct_model *model, size_t fact)
{
	for (size_t i = fact + 1; i < model->n_facts; i++)
		if (model->facts[i].process == model->facts[fact].process &&
		    model->facts[i].event->kind == CT_EVENT_EXEC)
			return false;
	return true;
}

static long find_refusal(const struct subject *s)
{
	for (size_t i = s->model->n_facts; i-- > 0;)
		if (s->model->facts[i].process >= 0 &&
		    refusal_of(s->model->facts[i].event) &&
		    is_of_last_program(s->model, i) &&
		    ended_badly(s, s->model->facts[i].process))
			return (long)i;
	return -1;
}

bool tracer_refuses(struct subject *s)
{
	return find_refusal(s) >= 0 && !is_known(s);
}

void tracer_say_refusal(struct subject *s)
{
	long fact = find_refusal(s);
	const struct refusal *row = refusal_of(s->model->facts[fact].event);

	s->diagnosis->title = "FAILED, and the tracer may be the cause";
	s->diagnosis->signature = "tracer-refusal";
	s->diagnosis->sure = CT_SURE_MEDIUM;
	s->diagnosis->event = fact;
	s->diagnosis->process = s->model->facts[fact].process;
	for (size_t i = s->messages->n; i-- > 0 && !s->message;)
		if (s->messages->items[i].process == s->diagnosis->process)
			s->message = &s->messages->items[i];
	subject_remark(s, "why", row->why);
	subject_remark(s, "try", row->remedy);
}

/* -------- programs that find us -------- */

/* What a program says that has looked, and how the tracer is found. */
static const struct trait {
	const char *said, *why, *remedy;
	const char *by_itself; /* an argument of a prctl: then the start has done it */
} traits[] = {
#define TRACER_PID                                                                \
	"the program speaks of being traced: whoever looks finds this tracer in " \
	"TracerPid of /proc/self/status"
	{ "debugger", TRACER_PID, "see whether it works without cttrace", "" },
	{ "being traced", TRACER_PID, "see whether it works without cttrace", "" },
	{ "tracerpid", TRACER_PID, "see whether it works without cttrace", "" },
	{ "being debugged", TRACER_PID, "see whether it works without cttrace", "" },
#define NO_NEW_PRIVS                                                                \
	"nobody in the trace has set no_new_privs: a tracer that is not root has, " \
	"because its seccomp filter needs that"
	{ "no new privileges", NO_NEW_PRIVS,
	  "trace it as root (-u USER), or with --detach, which uses no filter",
	  "PR_SET_NO_NEW_PRIVS" },
	{ "no_new_privs", NO_NEW_PRIVS,
	  "trace it as root (-u USER), or with --detach, which uses no filter",
	  "PR_SET_NO_NEW_PRIVS" },
#undef TRACER_PID
#undef NO_NEW_PRIVS
};

static bool is_done_by_itself(const struct ct_model *model, const char *argument)
{
	for (size_t i = 0; i < model->n_facts && *argument; i++) {
		const struct ct_event *event = model->facts[i].event;

		if (event->kind == CT_EVENT_CALL && ct_call_ok(&event->call) &&
		    !strcmp(event->call.name, "prctl") && event->call.n_args &&
		    !strcmp(event->call.args[0].text, argument))
			return true;
	}
	return false;
}

bool tracer_others_set_no_new_privs(const struct ct_model *model)
{
	return is_done_by_itself(model, "PR_SET_NO_NEW_PRIVS");
}

static const struct message *find_suspicion(const struct subject *s,
					    const struct trait **trait)
{
	for (size_t i = s->messages->n; i-- > 0;)
		for (size_t t = 0; t < sizeof(traits) / sizeof(*traits); t++) {
			*trait = &traits[t];
			if (strcasestr(s->messages->items[i].text, (*trait)->said) &&
			    ended_badly(s, s->messages->items[i].process) &&
			    !is_done_by_itself(s->model, (*trait)->by_itself))
				return &s->messages->items[i];
		}
	return NULL;
}

bool tracer_is_seen(struct subject *s)
{
	const struct trait *trait;

	return find_suspicion(s, &trait) && !is_known(s);
}

void tracer_say_seen(struct subject *s)
{
	const struct trait *trait;

	s->message = find_suspicion(s, &trait);
	s->diagnosis->title = "FAILED, and the tracer may be the cause";
	s->diagnosis->signature = "tracer-seen";
	s->diagnosis->sure = CT_SURE_LOW;
	s->diagnosis->process = s->message->process;
	subject_remark(s, "why", trait->why);
	subject_remark(s, "try", trait->remedy);
}
