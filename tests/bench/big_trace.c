/* SPDX-License-Identifier: MIT */
/*
 * big_trace TRACE N: a trace of about N events on stdout, as if a shell had done what the
 * recorded one shows again and again: every round has its own tasks, times, namespaces
 * and container ids.
 */
#include "alloc.h"
#include "cttrace/trace.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ID_DIGITS 12 /* as many hexadecimal digits in a row are the id of something */

struct round {
	const struct ct_trace *trace;
	struct ct_arena arena;
	int64_t t_ns;      /* added to times */
	uint32_t serial;   /* added to serials */
	int32_t pid;       /* added to process and thread ids */
	uint64_t inode;    /* added to the inode numbers of new namespaces */
	unsigned long nth; /* mixed into ids */
};

static void shift_task(const struct round *r, struct ct_task_id *task)
{
	if (!task->serial)
		return;
	task->serial += r->serial;
	task->tid += r->pid;
}

static uint64_t shifted_inode(const struct round *r, uint64_t inode)
{
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		if (!inode || inode == r->trace->header.host_ns[ns])
			return inode;
	return inode + r->inode;
}

/* Ids of containers and layers are new in every round, and so are paths with them. */
static void shift_ids(const struct round *r, char *text, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0, run; i < len; i += run + 1) {
		unsigned long salt = r->nth;

		for (run = 0; i + run < len && isxdigit((unsigned char)text[i + run]);)
			run++;
		for (size_t at = i; run >= ID_DIGITS && at < i + run && salt; at++) {
			const char *digit = strchr(digits, text[at]);

			if (digit)
				text[at] = digits[((size_t)(digit - digits) + salt) % 16];
			salt /= 16;
		}
	}
}

static const char *shifted_text(struct round *r, const char *text)
{
	char *copy;

	if (!text)
		return NULL;
	copy = ct_arena_strdup(&r->arena, text);
	shift_ids(r, copy, strlen(copy));
	return copy;
}

/* recursive: as deep as what has been recorded */
static void shift_args(struct round *r, struct ct_arg **args, size_t n)
{
	struct ct_arg *copies = ct_arena_memdup(&r->arena, *args, n * sizeof(*copies));

	*args = copies;
	for (size_t i = 0; i < n; i++) {
		struct ct_arg *arg = &copies[i];

		arg->text = shifted_text(r, arg->text);
		arg->path = shifted_text(r, arg->path);
		arg->ns_inode = shifted_inode(r, arg->ns_inode);
		if (arg->type == CT_VALUE_STR) {
			char *bytes = ct_arena_memdup(&r->arena, arg->str, arg->len + 1);

			shift_ids(r, bytes, arg->len);
			arg->str = bytes;
		} else if (arg->type == CT_VALUE_LIST || arg->type == CT_VALUE_FIELDS) {
			shift_args(r, &arg->items, arg->n_items);
		}
	}
}

static void shift_state(struct round *r, struct ct_event *e)
{
	struct ct_state *s = ct_arena_memdup(&r->arena, e->state, sizeof(*s));

	e->state = s;
	shift_task(r, &s->of);
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		s->ns[ns] = shifted_inode(r, s->ns[ns]);
	if (s->have & CT_STATE_STATUS) {
		s->tgid += r->pid;
		s->ppid += s->ppid ? r->pid : 0;
	}
	s->cgroups = ct_arena_memdup(&r->arena, s->cgroups,
				     s->n_cgroups * sizeof(*s->cgroups));
	for (size_t i = 0; i < s->n_cgroups; i++)
		s->cgroups[i].path = shifted_text(r, s->cgroups[i].path);
}

static void shift_birth(const struct round *r, struct ct_event_task *birth)
{
	birth->pid += r->pid;
	shift_task(r, &birth->creator);
	if (birth->how != CT_BIRTH_ROOT)
		return;
	birth->how = CT_BIRTH_FORK;
	birth->creator = (struct ct_task_id){ 1, 1 };
}

static void shift_exec(struct round *r, struct ct_event_exec *exec)
{
	const char **argv = ct_arena_array(&r->arena, const char *, exec->argc + 1);

	for (size_t i = 0; i < exec->argc; i++)
		argv[i] = shifted_text(r, exec->argv[i]);
	exec->argv = argv;
	exec->path = shifted_text(r, exec->path);
	exec->exe = shifted_text(r, exec->exe);
	shift_task(r, &exec->former);
}

static void write_shifted(struct ct_trace_writer *w, struct round *r, struct ct_event e)
{
	shift_task(r, &e.task);
	e.t_ns += r->t_ns;
	if (e.kind == CT_EVENT_TASK)
		shift_birth(r, &e.birth);
	if (e.kind == CT_EVENT_CALL)
		shift_args(r, &e.call.args, e.call.n_args);
	if (e.kind == CT_EVENT_EXEC)
		shift_exec(r, &e.exec);
	if (e.state)
		shift_state(r, &e);
	ct_trace_writer_event(w, &e, NULL);
	ct_arena_reset(&r->arena);
}

/* The shell that all rounds are children of. */
static void write_shell(struct ct_trace_writer *w)
{
	static const char *argv[] = { "sh", "-c", "for each start" };
	struct ct_event e = { .kind = CT_EVENT_TASK, .task = { 1, 1 }, .dur_ns = -1 };

	e.birth = (struct ct_event_task){ .pid = 1, .how = CT_BIRTH_ROOT };
	ct_trace_writer_event(w, &e, NULL);
	e.kind = CT_EVENT_EXEC;
	e.exec = (struct ct_event_exec){ .call = "execve",
					 .path = "/bin/sh",
					 .exe = "/bin/sh",
					 .argv = argv,
					 .argc = 3 };
	ct_trace_writer_event(w, &e, NULL);
}

static void write_rounds(struct ct_trace_writer *w, const struct ct_trace *trace,
			 size_t n_events)
{
	struct round r = { .trace = trace, .arena = CT_ARENA_INIT, .serial = 1 };
	struct ct_trace_footer footer = trace->footer;
	uint32_t serials = 0;
	int32_t pids = 0;
	size_t n = 2;

	for (size_t i = 0; i < trace->n_events; i++) {
		const struct ct_task_id *task = &trace->events[i].task;

		serials = task->serial > serials ? task->serial : serials;
		pids = task->tid > pids ? task->tid : pids;
	}
	write_shell(w);
	for (; n < n_events; r.nth++) {
		for (size_t i = 0; i < trace->n_events && n < n_events; i++, n++)
			write_shifted(w, &r, trace->events[i]);
		r.t_ns += trace->footer.t_ns;
		r.serial += serials;
		r.pid = (int32_t)((r.pid + (int64_t)serials) % (INT32_MAX - pids));
		r.inode += 64;
	}
	footer.t_ns = r.t_ns;
	footer.events = n;
	ct_trace_writer_footer(w, &footer, NULL);
	ct_arena_release(&r.arena);
}

int main(int argc, char **argv)
{
	struct ct_error err = { 0 };
	struct ct_trace *trace = argc == 3 ? ct_trace_open(argv[1], &err) : NULL;
	struct ct_trace_writer *w;
	int r;

	if (!trace || !trace->n_events || !trace->complete) {
		fprintf(stderr, "usage: big_trace TRACE N >BIG (%s)\n", err.text);
		return 125;
	}
	w = ct_trace_writer_new(STDOUT_FILENO);
	ct_trace_writer_header(w, &trace->header, NULL);
	write_rounds(w, trace, strtoul(argv[2], NULL, 10));
	r = ct_trace_writer_flush(w, &err);
	if (r)
		fprintf(stderr, "big_trace: %s\n", err.text);
	ct_trace_writer_free(w);
	ct_trace_free(trace);
	return r ? 1 : 0;
}
