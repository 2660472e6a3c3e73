/* SPDX-License-Identifier: MIT */
/* A start that does not end: who was in which call when it was given up. */
#include "subject.h"

#include "call_words.h"

#include "label.h"

#include <signal.h>
#include <string.h>

#define WAITERS_MAX 8

/* What it means that a call does not return. */
static const struct {
	const char *calls, *path, *meaning;
} waits[] = {
	{ "openat open", "exec.fifo",
	  "init is ready and waits for `start`: nobody has opened the other end of "
	  "exec.fifo" },
	{ "openat open", "",
	  "it waits until somebody opens the other end, or a device answers" },
	{ "wait4 waitid", "", "it waits for a child to end" },
	{ "futex", "", "it waits for another thread" },
	{ "read recvmsg recvfrom readv", "", "it waits for data that nobody sends" },
	{ "write writev sendmsg sendto", "", "the other side does not read" },
	{ "connect accept accept4", "", "it waits for the other side of a connection" },
	{ "flock fcntl", "", "somebody else holds the lock" },
	{ "poll ppoll select pselect6 epoll_wait epoll_pwait", "",
	  "it waits for an event" },
	{ "nanosleep clock_nanosleep restart_syscall", "", "it sleeps" },
	{ "rt_sigsuspend pause rt_sigtimedwait", "", "it waits for a signal" },
	{ "mount umount2 sync syncfs", "", "the file system does not answer" },
};

static const char *meaning_of(const struct ct_event_call *call)
{
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
		bool there = !*waits[i].path;

		for (size_t a = 0; a < call->n_args && !there; a++)
			there = call->args[a].path &&
				strstr(call->args[a].path, waits[i].path);
		if (there && call_in_list(waits[i].calls, call->name))
			return waits[i].meaning;
	}
	return "";
}

/* It never returned, or had not when the tracer looked. */
static bool is_waiting(const struct ct_model *model, size_t fact)
{
	const struct ct_event *event = model->facts[fact].event;

	return event->kind == CT_EVENT_CALL && model->facts[fact].process >= 0 &&
	       (event->call.result == CT_RESULT_NONE ||
		event->call.result == CT_RESULT_ONGOING) &&
	       strncmp(event->call.name, "exit", 4) != 0;
}

/* Is it said already? The tracer may have looked several times. */
static bool is_last_of_task(const struct ct_model *model, size_t fact)
{
	const struct ct_event *event = model->facts[fact].event;

	for (size_t i = fact + 1; i < model->n_facts; i++)
		if (model->facts[i].event->task.serial == event->task.serial &&
		    model->facts[i].event->kind == CT_EVENT_CALL)
			return false;
	return true;
}

/* Since when: the call's own word, or what its task did before. */
static int64_t waiting_ns(const struct ct_model *model, size_t fact)
{
	const struct ct_event *event = model->facts[fact].event;

	if (event->dur_ns > 0)
		return event->dur_ns;
	for (size_t i = fact; i-- > 0;)
		if (model->facts[i].event->task.serial == event->task.serial &&
		    model->facts[i].event->t_ns < event->t_ns && !is_waiting(model, i))
			return event->t_ns - model->facts[i].event->t_ns;
	return 0;
}

/* The child of that number; of any child, the last one that lived. */
static int child_waited_for(const struct ct_model *model, size_t fact)
{
	const struct ct_event_call *call = &model->facts[fact].event->call;
	int64_t pid = ct_call_int(call, "pid", -1);
	int64_t t_ns = model->facts[fact].event->t_ns;
	int process = model->facts[fact].process;

	if (strncmp(call->name, "wait", 4) != 0)
		return -1;
	for (size_t i = model->n_processes; i-- > 0;)
		if (pid > 0 ? model->processes[i].pid == pid
			    : model->processes[i].ppid_process == process &&
				      (model->processes[i].exited_ns < 0 ||
				       model->processes[i].exited_ns > t_ns))
			return (int)i;
	return -1;
}

/* The pipe or socket that the call waits for; NULL. */
static const char *channel_of(const struct ct_event_call *call)
{
	for (size_t a = 0; a < call->n_args; a++)
		if (call->args[a].path && (!strncmp(call->args[a].path, "pipe:", 5) ||
					   !strncmp(call->args[a].path, "socket:", 7)))
			return call->args[a].path;
	return NULL;
}

/*
 * Who may be at the other end: the last other process that used this pipe, or else a
 * child that lives, because a pipe is made to talk with that. -1: nobody.
 */
static int other_end(const struct ct_model *model, size_t fact, bool *used)
{
	const char *channel = channel_of(&model->facts[fact].event->call);
	int process = model->facts[fact].process;

	*used = true;
	for (size_t i = fact; channel && i-- > 0;) {
		const struct ct_event *event = model->facts[i].event;
		const char *other =
			event->kind == CT_EVENT_CALL ? channel_of(&event->call) : NULL;

		if (model->facts[i].process >= 0 && model->facts[i].process != process &&
		    other && !strcmp(other, channel) &&
		    model->processes[model->facts[i].process].exited_ns < 0)
			return model->facts[i].process;
	}
	*used = false;
	for (size_t i = model->n_processes; channel && i-- > 0;)
		if (model->processes[i].creator == process &&
		    (model->processes[i].exited_ns < 0 ||
		     model->processes[i].exited_ns > model->facts[fact].event->t_ns))
			return (int)i;
	return -1;
}

static void add_waiter(struct subject *s, size_t fact)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_event *event = s->model->facts[fact].event;
	const char *meaning = meaning_of(&event->call);
	int64_t waiting = waiting_ns(s->model, fact);
	int child = child_waited_for(s->model, fact), other;
	bool used;

	ct_strbuf_addf(&text, "%s: ", subject_name(s, s->model->facts[fact].process));
	ct_label_arguments(&text, &event->call);
	if (waiting)
		ct_strbuf_addf(&text, ", for %s", subject_duration(s, waiting));
	if (child >= 0)
		ct_strbuf_addf(&text, ": it waits for %s to end", subject_name(s, child));
	else if (*meaning)
		ct_strbuf_addf(&text, ": %s", meaning);
	other = other_end(s->model, fact, &used);
	if (other >= 0)
		ct_strbuf_addf(&text,
			       used ? "; %s has used the same %.*s"
				    : "; its child %s may hold the other end of the "
				      "%.*s",
			       subject_name(s, other),
			       (int)strcspn(channel_of(&event->call), ":"),
			       channel_of(&event->call));
	subject_remark(s, "waits", text.data);
}

size_t hang_fact(const struct ct_model *model)
{
	size_t i = 0;

	while (i < model->n_facts &&
	       (model->facts[i].event->kind != CT_EVENT_CALL ||
		model->facts[i].event->call.result != CT_RESULT_ONGOING))
		i++;
	return i;
}

bool hang_interrupts(int signal)
{
	return signal == SIGINT || signal == SIGTERM || signal == SIGHUP ||
	       signal == SIGQUIT || signal == SIGALRM;
}

/* When somebody wanted it to end: Go's programs end with a status of their own then. */
size_t hang_request(const struct ct_model *model)
{
	size_t i = 0;

	while (i < model->n_facts && (model->facts[i].event->kind != CT_EVENT_SIGNAL ||
				      model->facts[i].process != model->root ||
				      model->facts[i].event->signal == SIGALRM ||
				      !hang_interrupts(model->facts[i].event->signal)))
		i++;
	return i;
}

/* The process that lived to the end, and did something last. */
static int last_alive(const struct ct_model *model)
{
	for (size_t i = model->n_facts; i-- > 0;)
		if (model->facts[i].event->kind == CT_EVENT_CALL &&
		    model->facts[i].process >= 0)
			return model->facts[i].process;
	return -1;
}

void subject_add_waiters(struct subject *s)
{
	size_t n = 0;

	s->diagnosis->title =
		s->model->exited ? "the start did not end by itself: it was interrupted"
				 : "the start has not ended: it is waiting";
	s->diagnosis->sure = CT_SURE_LOW;
	for (size_t i = s->model->n_facts; i-- > 0 && n < WAITERS_MAX;) {
		if (!is_waiting(s->model, i) || !is_last_of_task(s->model, i))
			continue;
		if (!n++) {
			s->diagnosis->event = (long)i;
			s->diagnosis->process = s->model->facts[i].process;
			s->diagnosis->sure = CT_SURE_MEDIUM;
		}
		add_waiter(s, i);
	}
	if (n)
		return;
	s->diagnosis->process = last_alive(s->model);
	if (s->diagnosis->process >= 0)
		subject_remark(
			s, "why",
			ct_arena_printf(&s->diagnosis->arena,
					"the trace has no call that was under way; the "
					"last to do anything was %s",
					subject_name(s, s->diagnosis->process)));
}
