/* SPDX-License-Identifier: MIT */
/* The tracer's process: engine on one thread, recorder on another, signals on a third. */
#include "tracer_process.h"

#include "host.h"
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

struct tracing {
	const struct ct_tracer_process *tp;
	struct ct_recorder *recorder;
	struct ct_stacks *stacks;     /* NULL: not wanted */
	struct ct_failures *failures; /* NULL: not wanted, or not possible */
};

static void tell(const struct ct_tracer_process *tp, const struct ct_message *message)
{
	/* a front end that is gone (SIGKILL) wants no news */
	if (write(tp->message_fd, message, sizeof(*message)) < 0)
		close(tp->message_fd);
}

static void emit(void *ctx, const struct ct_record *rec)
{
	const struct tracing *t = ctx;

	ct_recorder_push(t->recorder, rec);
}

static bool wants_maps(void *ctx, uint32_t image)
{
	const struct tracing *t = ctx;

	return ct_stacks_wants_maps(t->stacks, image);
}

static bool watch(void *ctx, struct ct_task_id task, bool builds)
{
	const struct tracing *t = ctx;

	return ct_failures_watch(t->failures, task, builds);
}

static void unwatch(void *ctx, struct ct_task_id task)
{
	const struct tracing *t = ctx;

	ct_failures_unwatch(t->failures, task);
}

static void root_ended(void *ctx, int wait_status, size_t tasks_left)
{
	const struct tracing *t = ctx;

	ct_recorder_root_ended(t->recorder, wait_status, tasks_left);
}

static void to_null(int fd)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0)
		return;
	dup2(null, fd);
	close(null);
}

/* On the recorder's thread: everything up to the command's end is in the trace. */
static void marked(void *ctx, const struct ct_trace_footer *so_far, uint64_t tasks_left,
		   const struct ct_error *write_error)
{
	const struct tracing *t = ctx;
	struct ct_message message;

	memset(&message, 0, sizeof(message));
	message.kind = CT_MESSAGE_ROOT_ENDED;
	message.footer = *so_far;
	message.tasks_left = tasks_left;
	message.error = *write_error;
	/* who reads the command's stderr through a pipe must see its end */
	if (!t->tp->options->wait_all)
		to_null(STDERR_FILENO);
	tell(t->tp, &message);
}

static void event(void *ctx, const struct ct_event *ev)
{
	const struct tracing *t = ctx;

	t->tp->options->event(t->tp->options->ctx, ev);
}

/*
 * Opens the second eye, if it is of use: who is traced in full needs none, and who asks
 * for the filter alone gets that. 0 also when auto finds that the host does not allow it.
 */
static int open_second_eye(struct tracing *t, struct ct_error *err)
{
	const struct ct_session_options *options = t->tp->options;
	struct ct_failures_config config = { ct_plan_find, options->failures_ring };
	bool must = options->failures == CT_FAILURES_OPTION_BPF;
	struct ct_error why = { 0 };

	if (!t->tp->filtered || options->failures == CT_FAILURES_OPTION_PTRACE ||
	    options->depth == CT_DEPTH_OPTION_FULL ||
	    (options->depth == CT_DEPTH_OPTION_KEY && !must))
		return 0;
	t->failures = ct_failures_open(&config, &why);
	if (t->failures || !must)
		return 0;
	*err = why;
	return -why.code;
}

static struct ct_recorder *start_recorder(struct tracing *t, struct ct_arena *arena,
					  struct ct_error *err)
{
	const struct ct_session_options *options = t->tp->options;
	static const char *const depths[] = { "auto", "key", "full" };
	struct ct_recorder_config config = { .trace_fd = dup(options->trace_fd),
					     .stacks = t->stacks,
					     .failures = t->failures,
					     .event = options->event ? event : NULL,
					     .mark = marked,
					     .ctx = t };

	ct_host_describe(&config.header, arena);
	ct_host_mounts(&config.header, arena);
	config.header.command = (const char **)options->argv;
	while (options->argv[config.header.n_command])
		config.header.n_command++;
	config.header.depth = depths[options->depth];
	config.header.failures = t->failures ? "bpf" : "ptrace";
	if (options->header)
		options->header(options->ctx, &config.header);
	return ct_recorder_start(&config, err);
}

/*
 * SIGTERM: stop recording. The tasks that are left are still served, because without a
 * tracer their filter answers ENOSYS to every key call, execve included.
 */
static void *wait_for_signal(void *ctx)
{
	struct ct_recorder *recorder = ctx;
	sigset_t set;
	int sig;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	if (!sigwait(&set, &sig))
		ct_recorder_stop_writing(recorder);
	return NULL;
}

static void quieten(void)
{
	sigset_t all;

	setsid();
	prctl(PR_SET_NAME, "cttrace-tracer");
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	to_null(STDIN_FILENO);
	to_null(STDOUT_FILENO);
}

static int seize(struct ct_engine *engine, const struct ct_tracer_process *tp,
		 struct ct_error *err)
{
	pid_t pid;
	int r;

	if (read(tp->command_fd, &pid, sizeof(pid)) != sizeof(pid))
		return ct_error_set(err, ESRCH, "the command did not start");
	r = ct_engine_seize(engine, pid, err);
	if (!r && write(tp->go_fd, "g", 1) != 1)
		r = -EPIPE;
	return r;
}

void ct_tracer_process_main(const struct ct_tracer_process *tp)
{
	struct tracing t = { .tp = tp,
			     .stacks = tp->options->stacks ? ct_stacks_new() : NULL };
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_message failed = { .kind = CT_MESSAGE_FAILED };
	struct ct_engine_config config = {
		.plan = ct_plan_find,
		.emit = emit,
		.root_ended = root_ended,
		.wants_maps = t.stacks ? wants_maps : NULL,
		.ctx = &t,
		.depth = tp->options->depth,
		.filtered = tp->filtered,
		.detach_at_end = tp->options->detach,
	};
	struct ct_engine *engine;
	pthread_t signals;
	int r;

	quieten();
	r = open_second_eye(&t, &failed.error);
	if (t.failures) {
		config.watch = watch;
		config.unwatch = unwatch;
	}
	engine = ct_engine_new(&config);
	if (!r)
		t.recorder = start_recorder(&t, &arena, &failed.error);
	r = t.recorder ? seize(engine, tp, &failed.error) : -1;
	if (r) {
		tell(tp, &failed);
		_exit(125);
	}
	close(tp->go_fd);
	if (!pthread_create(&signals, NULL, wait_for_signal, t.recorder))
		pthread_detach(signals);
	ct_engine_run(engine);
	r = ct_recorder_finish(t.recorder, NULL);
	ct_engine_free(engine);
	ct_stacks_free(t.stacks);
	ct_failures_free(t.failures);
	ct_arena_release(&arena);
	_exit(r ? 1 : 0);
}
