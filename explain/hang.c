/* SPDX-License-Identifier: MIT */
/* A start that does not end: who was in which call when it was given up. */
#include "subject.h"

#include "call_words.h"

#include "label.h"

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
	{ "nanosleep clock_nanosleep", "", "it sleeps" },
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

/* It never returned, and it is the last thing that its task did. */
static bool is_waiting(const struct ct_model *model, size_t fact)
{
	const struct ct_event *event = model->facts[fact].event;

	return event->kind == CT_EVENT_CALL && model->facts[fact].process >= 0 &&
	       (event->call.result == CT_RESULT_NONE ||
		event->call.result == CT_RESULT_RESTART) &&
	       strncmp(event->call.name, "exit", 4) != 0;
}

static void add_waiter(struct subject *s, size_t fact)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_event *event = s->model->facts[fact].event;
	const char *meaning = meaning_of(&event->call);

	ct_strbuf_addf(&text, "%s: ", subject_name(s, s->model->facts[fact].process));
	ct_label_arguments(&text, &event->call);
	ct_strbuf_addf(&text, " for %s",
		       subject_duration(s, s->model->end_ns - event->t_ns));
	if (*meaning)
		ct_strbuf_addf(&text, " - %s", meaning);
	subject_remark(s, "waits", text.data);
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
		if (!is_waiting(s->model, i))
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
