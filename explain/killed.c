/* SPDX-License-Identifier: MIT */
/* Ends that no program chose: SIGSYS of a filter, SIGKILL of the kernel or of somebody.
 */
#include "killed.h"

#include "call_words.h"
#include "cttrace/signal.h"
#include "label.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Shells and engines pass a signal on as 128 + its number. */
bool killed_alike(const struct ct_event_exit *inner, const struct ct_event_exit *outer)
{
	int status = inner->signal ? 128 + inner->signal : inner->status;

	if (status < 0) /* nobody has seen it end */
		return false;
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
bool killed_by_filter(struct subject *s)
{
	return killed_by(s->model, SIGSYS) >= 0;
}

void killed_say_filter(struct subject *s)
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

/* -------- the strict mode of seccomp -------- */

static bool begins_strict_mode(const struct ct_event *event)
{
	if (event->kind != CT_EVENT_CALL || event->call.result != CT_RESULT_VALUE ||
	    !call_in_list("prctl seccomp", event->call.name))
		return false;
	for (size_t a = 0; a < event->call.n_args; a++)
		if (event->call.args[a].text &&
		    (!strcmp(event->call.args[a].text, "SECCOMP_MODE_STRICT") ||
		     !strcmp(event->call.args[a].text, "SECCOMP_SET_MODE_STRICT")))
			return true;
	return false;
}

static bool is_strictly_forbidden(const struct ct_event *event)
{
	return event->kind == CT_EVENT_CALL && event->call.result == CT_RESULT_NONE &&
	       !call_in_list("read write exit rt_sigreturn sigreturn", event->call.name);
}

/* The call that ended a process which SIGKILL has ended; -1. */
static long forbidden_call(const struct ct_model *model)
{
	for (size_t i = model->n_facts; i-- > 0;) {
		const struct ct_fact *fact = &model->facts[i];
		size_t before = is_strictly_forbidden(fact->event) ? i : 0;

		if (fact->process < 0 ||
		    model->processes[fact->process].exit.signal != SIGKILL)
			continue;
		while (before-- > 0)
			if (model->facts[before].event->task.serial ==
				    fact->event->task.serial &&
			    begins_strict_mode(model->facts[before].event))
				return (long)i;
	}
	return -1;
}

bool killed_by_strict_mode(struct subject *s)
{
	return forbidden_call(s->model) >= 0;
}

void killed_say_strict_mode(struct subject *s)
{
	s->diagnosis->event = forbidden_call(s->model);
	s->diagnosis->process = s->model->facts[s->diagnosis->event].process;
	s->diagnosis->title = "FAILED: killed by the strict mode of seccomp";
	s->diagnosis->sure = CT_SURE_HIGH;
	subject_remark(s, "why",
		       "it asked for the mode, which allows read, write, exit and the "
		       "return from a signal handler; any other call ends the thread "
		       "with SIGKILL (exit_group too, with which C libraries end)");
	subject_remark(s, "try",
		       "syscall(SYS_exit, status) at the end; a filter "
		       "(SECCOMP_SET_MODE_FILTER) if more is to be allowed");
}

/* -------- SIGKILL -------- */

/* The smallest one: memory with swap may have another. */
static const struct ct_limit *memory_limit(const struct ct_container *c)
{
	const struct ct_limit *smallest = NULL;
	unsigned long long least = ULLONG_MAX;

	for (size_t i = c->n_limits; i-- > 0;) {
		const struct ct_limit *limit = &c->limits[i];
		unsigned long long bytes = strtoull(limit->value, NULL, 10);

		if (strncmp(limit->file, "memory.", 7) != 0 || limit->failed || !bytes ||
		    *limit->value == '-' || bytes >= least)
			continue;
		least = bytes;
		smallest = limit;
	}
	return smallest;
}

/* Did the samples of its cgroup see the kernel do it? */
static bool was_out_of_memory(const struct ct_model *model, const struct ct_container *c)
{
	if (c->meter < 0)
		return false;
	for (size_t i = 0; i < model->meters[c->meter].n_pressures; i++)
		if (model->meters[c->meter].pressures[i].kind == CT_PRESSURE_OOM_KILL)
			return true;
	return false;
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
bool killed_by_kill(struct subject *s)
{
	int container = killed_container(s->model);

	if (container < 0)
		return false;
	if (s->model->containers[container].payload >= 0)
		return killed_alike(&s->model->containers[container].exit,
				    &s->model->exit);
	return memory_limit(&s->model->containers[container]) &&
	       (!s->pairs->n || evidence_sure(s->pairs, 0) < CT_SURE_MEDIUM);
}

void killed_say_kill(struct subject *s)
{
	const struct ct_container *c = &s->model->containers[killed_container(s->model)];
	const struct ct_limit *limit = memory_limit(c);
	struct ct_arena *arena = &s->diagnosis->arena;
	bool seen = was_out_of_memory(s->model, c);
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;

	s->diagnosis->process = c->payload >= 0 ? c->payload : c->init;
	s->diagnosis->title =
		c->payload >= 0 ? "the container's program was killed by SIGKILL"
				: "FAILED: the container's init was killed by SIGKILL";
	s->diagnosis->sure = seen ? CT_SURE_HIGH : limit ? CT_SURE_MEDIUM : CT_SURE_LOW;
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
	ct_label_bytes(&bytes, (int64_t)strtoull(limit->value, NULL, 10));
	subject_remark(
		s, "why",
		ct_arena_printf(
			arena,
			"its cgroup has a memory limit of %s (%s): when that is used "
			"up, the kernel kills without a word",
			bytes.data, limit->file));
	if (seen)
		subject_remark(s, "seen",
			       "the cgroup's own count of processes that were killed for "
			       "lack of memory went up at that moment");
	subject_remark(s, "try",
		       "raise the limit (--memory, linux.resources.memory); dmesg has "
		       "the kernel's report");
}

/* Did the container's program run longer than the command that had started it? */
static bool outlives(const struct ct_model *model, const struct ct_container *c)
{
	int64_t end = model->processes[model->root].exited_ns;

	return c->payload >= 0 && c->payload_ns >= 0 && c->payload_ns < end &&
	       (model->processes[c->payload].exited_ns < 0 ||
		model->processes[c->payload].exited_ns > end);
}

bool killed_command(struct subject *s)
{
	const struct ct_model *model = s->model;

	for (size_t i = 0; i < model->n_containers && model->root >= 0; i++)
		if (model->exited && model->exit.signal &&
		    outlives(model, &model->containers[i]))
			return true;
	return false;
}

void killed_say_command(struct subject *s)
{
	s->diagnosis->process = s->model->root;
	s->diagnosis->sure = CT_SURE_HIGH;
	s->diagnosis->title = ct_arena_printf(
		&s->diagnosis->arena,
		"%s was killed by %s; the container's program went on",
		subject_name(s, s->model->root), ct_signal_name(s->model->exit.signal));
}
