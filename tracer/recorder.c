/* SPDX-License-Identifier: MIT */
/* Records in, trace lines out. */
#include "recorder.h"

#include "alloc.h"
#include "backlog.h"
#include "decode.h"
#include "monotonic.h"
#include "pending.h"
#include "queue.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Not from the engine: ret is the command's wait status, flags the number of tasks left.
 */
#define RECORD_MARK 0xffff
/* Close the trace, drop the rest. */
#define RECORD_STOP 0xfffe

#define NICE 10

struct ct_recorder {
	struct ct_recorder_config config;
	struct ct_queue queue;
	struct ct_backlog backlog;
	struct ct_pending pending;
	pthread_t thread;
	atomic_int tid;                 /* of the thread; 0: it has not begun */
	struct ct_trace_writer *writer; /* NULL once the trace is closed */
	struct ct_arena arena;
	struct ct_trace_footer totals;
	struct ct_error error; /* the first failed write */
};

static int64_t since_start(const struct ct_recorder *r)
{
	return ct_monotonic_ns() - r->config.header.start_monotonic_ns;
}

static void close_trace(struct ct_recorder *r)
{
	if (!r->writer)
		return;
	r->totals.t_ns = since_start(r);
	if (!r->error.code)
		ct_trace_writer_footer(r->writer, &r->totals, &r->error);
	ct_trace_writer_flush(r->writer, &r->error);
	ct_trace_writer_free(r->writer);
	r->writer = NULL;
}

static void record(struct ct_recorder *r, const struct ct_record *rec);

static bool finishes(const struct ct_record *rec, const struct ct_record *call)
{
	return rec->kind == CT_RECORD_CALL &&
	       (rec->flags & (CT_CALL_REPORTED | CT_CALL_HALTED)) &&
	       rec->nr == call->nr && rec->arch == call->arch;
}

/* What the stop says, at the time when the call began. */
static void record_halted(struct ct_recorder *r, const struct ct_record *rec,
			  int64_t began_ns)
{
	struct ct_record *copy;

	ct_pending_add(&r->pending, rec);
	copy = ct_pending_take(&r->pending, rec->task.serial);
	copy->t_ns = began_ns;
	copy->dur_ns = rec->t_ns - began_ns;
	record(r, copy);
}

/* Puts together what the first eye saw of a call and the second of its end. */
static void record_in_turn(struct ct_recorder *r, const struct ct_record *rec)
{
	struct ct_record *call = NULL;

	/* a meter's task is whose cgroup it is: it may be in any call meanwhile */
	if (rec->task.serial && rec->kind != CT_RECORD_METER)
		call = ct_pending_take(&r->pending, rec->task.serial);
	if (call && finishes(rec, call) && (rec->flags & CT_CALL_HALTED)) {
		record_halted(r, rec, call->t_ns);
		return;
	}
	if (call && finishes(rec, call)) {
		record(r, ct_pending_end(&r->pending, call, rec));
		return;
	}
	if (call && ct_pending_is_told(call, rec))
		call = NULL;
	if (call && rec->kind == CT_RECORD_CALL && rec->result == CT_RESULT_ONGOING)
		ct_pending_add(&r->pending, call); /* it may return yet */
	else if (call) /* it never returned, or that was lost */
		record(r, call);
	if (rec->kind == CT_RECORD_CALL && (rec->flags & CT_CALL_UNFINISHED))
		ct_pending_add(&r->pending, rec);
	else if (rec->kind != CT_RECORD_CALL || !(rec->flags & CT_CALL_ANSWER))
		record(r, rec);
}

/* What the second eye has seen up to a time. */
static void record_backlog(struct ct_recorder *r, int64_t until_ns)
{
	const struct ct_record *rec;

	while ((rec = ct_backlog_next(&r->backlog, until_ns)))
		record_in_turn(r, rec);
}

static void mark(struct ct_recorder *r, const struct ct_record *rec)
{
	int status = (int)rec->ret;
	struct ct_event_exit *exit = &r->totals.root_exit;

	r->totals.root_ended = true;
	exit->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	exit->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	exit->core = WIFSIGNALED(status) && WCOREDUMP(status);
	r->totals.t_ns = since_start(r);
	if (!rec->flags) { /* nobody is left: this is the end */
		record_backlog(r, INT64_MAX);
		close_trace(r);
	} else if (r->writer)
		ct_trace_writer_flush(r->writer, &r->error);
	r->config.mark(r->config.ctx, &r->totals, rec->flags, &r->error);
}

static void stop(struct ct_recorder *r)
{
	if (!r->writer)
		return;
	close_trace(r);
	r->config.stopped(r->config.ctx, &r->totals, &r->error);
}

static void record(struct ct_recorder *r, const struct ct_record *rec)
{
	struct ct_decode_options options = { r->config.header.start_monotonic_ns };
	struct ct_event event;

	if (rec->kind == RECORD_MARK) {
		mark(r, rec);
		return;
	}
	if (rec->kind == RECORD_STOP)
		stop(r);
	if (!r->writer)
		return;
	ct_arena_reset(&r->arena);
	ct_decode(&event, rec, &options, &r->arena);
	if (r->config.stacks)
		ct_stacks_unwind(r->config.stacks, rec, &event, &r->arena);
	if (r->config.layers)
		ct_layers_see(r->config.layers, rec,
			      ct_plan_find((enum ct_arch)rec->arch, rec->nr), &event,
			      &r->arena);
	ct_trace_footer_count(&r->totals, &event);
	if (r->config.event)
		r->config.event(r->config.ctx, &event);
	/* after a failed write the file stays as it is: cut off, and said so */
	if (!r->error.code)
		ct_trace_writer_event(r->writer, &event, &r->error);
}

static void add_to_backlog(void *ctx, const struct ct_record *rec)
{
	struct ct_recorder *r = ctx;

	ct_backlog_add(&r->backlog, rec);
}

static void drain_ring(struct ct_recorder *r)
{
	if (!r->config.failures)
		return;
	ct_failures_drain(r->config.failures, add_to_backlog, r);
	r->config.drained(r->config.ctx);
}

/*
 * While a large batch is worked on, what happens meanwhile is taken out of the ring after
 * every so many bytes, so that nobody has to wait for room there; but not without limit.
 */
#define DRAIN_BYTES   ((size_t)64 << 10)
#define BACKLOG_BYTES ((size_t)4 << 20)

/*
 * Merges the two streams by the time when a call was over. A task's own records come out
 * in its own order: what the first eye pushed before batch->taken_ns is in the batch, and
 * what happened to the same task before that is in the ring, or was. So the ring is read
 * after the queue, and what is younger than the batch waits for the next one.
 */
static void record_batch(struct ct_recorder *r, const struct ct_batch *batch)
{
	size_t drained = 0;

	drain_ring(r);
	for (size_t at = 0; at < batch->len;) {
		const struct ct_record *rec =
			(const struct ct_record *)(batch->data + at);
		int64_t end_ns = rec->t_ns + (rec->dur_ns > 0 ? rec->dur_ns : 0);

		record_backlog(r, end_ns < batch->taken_ns ? end_ns : batch->taken_ns);
		record_in_turn(r, rec);
		at += rec->size;
		if (at - drained < DRAIN_BYTES || r->backlog.len > BACKLOG_BYTES)
			continue;
		drain_ring(r);
		drained = at;
	}
	record_backlog(r, batch->taken_ns);
}

/* With so much to do, the tracees wait for this thread: it must not wait for others. */
#define BEHIND ((size_t)1 << 20)

/*
 * The processors are for the tracees and their stops, as long as the queue has room. Of
 * this thread only; without CAP_SYS_NICE it stays as nice as it was.
 */
static void set_priority(int usual, const struct ct_batch *batch, bool *hurries)
{
	bool behind = batch->len >= BEHIND;

	if (behind != *hurries)
		setpriority(PRIO_PROCESS, 0, behind ? usual : usual + NICE);
	*hurries = behind;
}

static void *run(void *arg)
{
	struct ct_recorder *r = arg;
	int usual = getpriority(PRIO_PROCESS, 0);
	bool hurries = true;
	struct ct_batch batch = { 0 };
	struct ct_record *call;
	int ring = r->config.failures ? ct_failures_fd(r->config.failures) : -1;

	atomic_store(&r->tid, (int)syscall(SYS_gettid));
	set_priority(usual, &batch, &hurries);
	while (ct_queue_take(&r->queue, &batch, ring)) {
		set_priority(usual, &batch, &hurries);
		record_batch(r, &batch);
		if (r->writer && !r->error.code)
			ct_trace_writer_flush(r->writer, &r->error);
	}
	free(batch.data);
	record_backlog(r, INT64_MAX);
	while ((call = ct_pending_take(&r->pending, 0)))
		record(r, call);
	close_trace(r);
	return NULL;
}

struct ct_recorder *ct_recorder_start(const struct ct_recorder_config *config,
				      struct ct_error *err)
{
	struct ct_recorder *r = ct_alloc(sizeof(*r));
	int code;

	r->config = *config;
	r->totals.root_exit.status = -1;
	r->writer = ct_trace_writer_new(config->trace_fd);
	code = ct_queue_init(&r->queue);
	if (code) {
		ct_error_set(err, -code, "eventfd: %s", strerror(-code));
		ct_trace_writer_free(r->writer);
		free(r);
		return NULL;
	}
	if (ct_trace_writer_header(r->writer, &config->header, err) ||
	    ct_trace_writer_flush(r->writer, err))
		goto fail;
	code = pthread_create(&r->thread, NULL, run, r);
	if (!code)
		return r;
	ct_error_set(err, code, "cannot start a thread: %s", strerror(code));
fail:
	ct_trace_writer_free(r->writer);
	ct_queue_release(&r->queue);
	free(r);
	return NULL;
}

void ct_recorder_push(struct ct_recorder *r, const struct ct_record *rec)
{
	ct_queue_push(&r->queue, rec);
}

void ct_recorder_hurry(struct ct_recorder *r)
{
	ct_queue_hurry(&r->queue);
}

void ct_recorder_root_ended(struct ct_recorder *r, int wait_status, uint64_t tasks_left)
{
	struct ct_record rec = { .size = sizeof(rec), .kind = RECORD_MARK };

	rec.t_ns = ct_monotonic_ns();
	rec.ret = wait_status;
	rec.flags = tasks_left;
	ct_queue_push(&r->queue, &rec);
	/* the front end waits for it, and the shell for that; not everybody may raise a
	 * priority again: then it takes its time */
	setpriority(PRIO_PROCESS, (id_t)atomic_load(&r->tid), 0);
	ct_queue_hurry(&r->queue);
}

void ct_recorder_stop_writing(struct ct_recorder *r)
{
	struct ct_record rec = { .size = sizeof(rec), .kind = RECORD_STOP };

	rec.t_ns = ct_monotonic_ns();
	ct_queue_push(&r->queue, &rec);
}

int ct_recorder_finish(struct ct_recorder *r, struct ct_error *err)
{
	int code;

	ct_queue_close(&r->queue);
	pthread_join(r->thread, NULL);
	code = r->error.code;
	if (code)
		ct_error_set(err, code, "%s", r->error.text);
	ct_queue_release(&r->queue);
	ct_backlog_release(&r->backlog);
	ct_pending_release(&r->pending);
	ct_arena_release(&r->arena);
	free(r);
	return -code;
}
