/* SPDX-License-Identifier: MIT */
/* Importing without files, and telling events in short. */
#include "log.h"

#include "cttrace/errno.h"
#include "cttrace/signal.h"
#include "cttrace/strbuf.h"
#include "test.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

struct log log_of(const char *text)
{
	struct ct_error err = { 0 };
	FILE *in = fmemopen((void *)text, strlen(text), "r"), *out;
	struct ct_log_source *source = ct_log_source_of(in, "log", &err);
	struct ct_trace_writer *writer;
	struct log log;
	int fd = memfd_create("trace", MFD_CLOEXEC);

	writer = ct_trace_writer_new(dup(fd));
	ct_log_import(source, writer, &log.counts, &err);
	ct_trace_writer_free(writer);
	ct_log_source_free(source);
	CHECK_STR(err.text, "");
	lseek(fd, 0, SEEK_SET);
	out = fdopen(fd, "r");
	log.trace = ct_trace_read(out, "imported", &err);
	CHECK_STR(err.text, "");
	fclose(out);
	return log;
}

void log_free(struct log *log)
{
	ct_trace_free(log->trace);
}

const struct ct_event *log_event(struct log *log, size_t n)
{
	CHECK(n < log->trace->n_events);
	return &log->trace->events[n];
}

static void say_call(struct ct_strbuf *out, const struct ct_event_call *call)
{
	ct_strbuf_addf(out, "%s(", call->name);
	for (size_t i = 0; i < call->n_args; i++)
		ct_strbuf_addf(out, "%s%s", i ? ", " : "", call->args[i].text);
	ct_strbuf_addc(out, ')');
	if (call->result == CT_RESULT_VALUE)
		ct_strbuf_addf(out, " = %lld", (long long)call->ret);
	else if (call->result == CT_RESULT_ERROR)
		ct_strbuf_addf(out, " = %s", ct_errno_name(call->error));
	else if (call->result == CT_RESULT_RESTART)
		ct_strbuf_adds(out, " restarts");
	else if (call->result == CT_RESULT_ONGOING)
		ct_strbuf_adds(out, " goes on");
}

static void say_exec(struct ct_strbuf *out, const struct ct_event_exec *exec)
{
	ct_strbuf_addf(out, "runs %s:", exec->path);
	for (size_t i = 0; i < exec->argc; i++)
		ct_strbuf_addf(out, " %s", exec->argv[i]);
	if (exec->argv_truncated)
		ct_strbuf_adds(out, " ...");
	if (exec->former.serial)
		ct_strbuf_addf(out, ", by %d", exec->former.tid);
}

static void say_exit(struct ct_strbuf *out, const struct ct_event_exit *exit)
{
	if (exit->signal)
		ct_strbuf_addf(out, "killed by %s%s", ct_signal_name(exit->signal),
			       exit->core ? ", core" : "");
	else
		ct_strbuf_addf(out, "exits %d", exit->status);
}

static const char *say(struct log *log, const struct ct_event *event)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

	if (event->task.tid)
		ct_strbuf_addf(&out, "%d ", event->task.tid);
	if (event->kind == CT_EVENT_CALL)
		say_call(&out, &event->call);
	else if (event->kind == CT_EVENT_EXEC)
		say_exec(&out, &event->exec);
	else if (event->kind == CT_EVENT_EXIT)
		say_exit(&out, &event->exit);
	else if (event->kind == CT_EVENT_SIGNAL)
		ct_strbuf_addf(&out, "gets %s", ct_signal_name(event->signal));
	else
		ct_strbuf_addf(&out, "%s: %s", ct_event_kind_name(event->kind),
			       event->note.text);
	return ct_arena_strndup(&log->trace->arena, out.data, out.len);
}

const char *log_says(struct log *log, size_t n)
{
	for (size_t i = 0; i < log->trace->n_events; i++)
		if (log->trace->events[i].kind != CT_EVENT_TASK && n-- == 0)
			return say(log, &log->trace->events[i]);
	return "";
}
