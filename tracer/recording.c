/* SPDX-License-Identifier: MIT */
/* The parts of a recording know nothing of each other; here they meet. */
#include "recording.h"

#include "cttrace/strbuf.h"
#include "host.h"
#include "loader.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

/* -------- what the engine calls -------- */

static void emit(void *ctx, const struct ct_record *rec)
{
	const struct ct_recording *r = ctx;

	ct_recorder_push(r->recorder, rec);
	if (r->meter)
		ct_meter_see(r->meter, rec);
}

static void before_end(void *ctx, pid_t tid)
{
	const struct ct_recording *r = ctx;

	if (r->meter)
		ct_meter_before_end(r->meter, tid);
}

/* On the meter's thread. */
static void emit_sample(void *ctx, const struct ct_record *rec)
{
	const struct ct_recording *r = ctx;

	ct_recorder_push(r->recorder, rec);
}

static bool wants_maps(void *ctx, uint32_t image, uint64_t ip)
{
	const struct ct_recording *r = ctx;

	return ct_stacks_wants_maps(r->stacks, image, ip);
}

static bool watch(void *ctx, struct ct_task_id task, bool builds, bool inside)
{
	const struct ct_recording *r = ctx;

	return ct_failures_watch(r->failures, task, builds, inside);
}

static void unwatch(void *ctx, struct ct_task_id task)
{
	const struct ct_recording *r = ctx;

	ct_failures_unwatch(r->failures, task);
}

static bool must_wait(void *ctx, struct ct_task_id task, uint64_t *arg0)
{
	const struct ct_recording *r = ctx;
	bool waits = ct_failures_must_wait(r->failures, task, arg0);

	if (waits)
		ct_recorder_hurry(r->recorder);
	return waits;
}

static bool has_room(void *ctx)
{
	const struct ct_recording *r = ctx;

	return ct_failures_has_room(r->failures);
}

static void root_continued(void *ctx)
{
	const struct ct_recording *r = ctx;

	if (r->continued)
		r->continued(r->ctx);
}

static void root_ended(void *ctx, int wait_status, size_t tasks_left)
{
	const struct ct_recording *r = ctx;

	ct_recorder_root_ended(r->recorder, wait_status, tasks_left);
}

static void payload_runs(void *ctx)
{
	const struct ct_recording *r = ctx;

	ct_recorder_stop_writing(r->recorder);
}

/* -------- what the recorder calls -------- */

static void event(void *ctx, const struct ct_event *ev)
{
	const struct ct_recording *r = ctx;

	r->options->event(r->options->ctx, ev);
}

static void mark(void *ctx, const struct ct_trace_footer *so_far, uint64_t tasks_left,
		 const struct ct_error *write_error)
{
	const struct ct_recording *r = ctx;

	r->marked(r->ctx, so_far, tasks_left, write_error);
}

static void stop(void *ctx, const struct ct_trace_footer *footer,
		 const struct ct_error *write_error)
{
	const struct ct_recording *r = ctx;

	if (r->stopped)
		r->stopped(r->ctx, footer, write_error);
}

static void drained(void *ctx)
{
	const struct ct_recording *r = ctx;

	ct_engine_room_made(r->engine);
}

/* -------- making them -------- */

/*
 * Opens the second eye, if it is of use: who is traced in full needs none, and who asks
 * for the key calls alone needs it only where it saves stops. 0 also when auto finds that
 * the host does not allow it.
 */
static int open_second_eye(struct ct_recording *r, struct ct_error *err)
{
	const struct ct_session_options *options = r->options;
	bool must = options->failures == CT_FAILURES_OPTION_BPF;
	struct ct_failures_config config = {
		.plan = ct_plan_find,
		.ring_bytes = options->failures_ring,
		.halt = !r->only_key,
		.wait = true,
		.only_key = r->only_key,
		.no_files = options->stacks, /* a stack is copied at a stop */
	};
	struct ct_error why = { 0 };

	if (!r->filtered || options->failures == CT_FAILURES_OPTION_PTRACE ||
	    options->depth == CT_DEPTH_OPTION_FULL || (r->only_key && options->stacks))
		return 0;
	r->failures = ct_failures_open(&config, &why);
	r->lighter = r->failures && ct_failures_sees_files(r->failures);
	if (r->only_key && !r->lighter) {
		ct_failures_free(r->failures);
		r->failures = NULL;
	}
	if (r->failures || !must)
		return 0;
	*err = why;
	return -why.code;
}

static struct ct_recorder *start_recorder(struct ct_recording *r,
					  const struct ct_trace_header *host,
					  struct ct_error *err)
{
	const struct ct_session_options *options = r->options;
	static const char *const depths[] = { "auto", "key", "full" };
	struct ct_recorder_config config = { .trace_fd = dup(options->trace_fd),
					     .header = *host,
					     .stacks = r->stacks,
					     .layers = r->layers,
					     .failures = r->failures,
					     .drained = drained,
					     .event = options->event ? event : NULL,
					     .mark = mark,
					     .stopped = stop,
					     .ctx = r };

	config.header.command = (const char **)options->argv;
	while (options->argv && options->argv[config.header.n_command])
		config.header.n_command++;
	config.header.depth = depths[options->depth];
	config.header.failures = r->failures && !r->only_key ? "bpf" : "ptrace";
	config.header.meters_ns = options->meters_ns;
	if (options->header)
		options->header(options->ctx, &config.header);
	return ct_recorder_start(&config, err);
}

/* 0 also when nobody wants one. */
static int start_meter(struct ct_recording *r, const struct ct_trace_header *host,
		       struct ct_error *err)
{
	struct ct_meter_config config = { .interval_ns = r->options->meters_ns,
					  .mounts = host->mounts,
					  .n_mounts = host->n_mounts,
					  .emit = emit_sample,
					  .ctx = r };

	if (!config.interval_ns)
		return 0;
	r->meter = ct_meter_start(&config, err);
	return r->meter ? 0 : -EIO;
}

/* NULL for root: then there is nothing to advise, and no user's name to look up. */
static char *line_as_root(const struct ct_session_options *options)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	const struct passwd *pw;

	if (!options->argv || !geteuid())
		return NULL;
	pw = getpwuid(getuid());
	ct_strbuf_addf(&line, "sudo cttrace -u %s --", pw ? pw->pw_name : "USER");
	for (int i = 0; i < 2 && options->argv[i]; i++)
		ct_strbuf_addf(&line, " %s", options->argv[i]);
	if (options->argv[1] && options->argv[2])
		ct_strbuf_adds(&line, " …");
	return ct_strbuf_steal(&line);
}

int ct_recording_start(struct ct_recording *r, struct ct_error *err)
{
	const struct ct_session_options *options = r->options;
	struct ct_engine_config config = {
		.plan = ct_plan_find,
		.emit = emit,
		.root_continued = root_continued,
		.root_ended = root_ended,
		.payload_runs = options->until_payload ? payload_runs : NULL,
		.wants_maps = wants_maps,
		.find_missing = ct_loader_find_missing,
		.before_end = options->meters_ns ? before_end : NULL,
		.all_stacks = options->stacks,
		.ctx = r,
		.depth = options->depth,
		.filtered = r->filtered,
		.detach_at_end = options->detach,
		.kill_on_exit = options->kill_on_exit,
	};
	struct ct_trace_header host = { 0 };
	int code;

	r->only_key = options->depth == CT_DEPTH_OPTION_KEY &&
		      options->failures != CT_FAILURES_OPTION_BPF;
	code = open_second_eye(r, err);
	if (code)
		return code;
	if (r->failures) {
		config.watch = watch;
		config.unwatch = unwatch;
		config.must_wait = must_wait;
		config.has_room = has_room;
		config.lighter = r->lighter;
		config.tells_exec = ct_failures_tells_exec(r->failures);
	}
	r->as_root = line_as_root(options);
	config.as_root = r->as_root;
	r->stacks = ct_stacks_new();
	r->engine = ct_engine_new(&config);
	ct_host_describe(&host, &r->arena);
	ct_host_mounts(&host, &r->arena);
	r->layers = ct_layers_new(host.host_ns[CT_NS_MNT]);
	r->recorder = start_recorder(r, &host, err);
	return r->recorder ? start_meter(r, &host, err) : -EIO;
}

int ct_recording_finish(struct ct_recording *r, struct ct_error *err)
{
	int code;

	ct_meter_finish(r->meter);
	code = r->recorder ? ct_recorder_finish(r->recorder, err) : 0;

	ct_engine_free(r->engine);
	ct_stacks_free(r->stacks);
	ct_layers_free(r->layers);
	ct_failures_free(r->failures);
	ct_arena_release(&r->arena);
	free(r->as_root);
	return code;
}
