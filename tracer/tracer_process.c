/* SPDX-License-Identifier: MIT */
/* The tracer's process: engine on one thread, recorder on another, signals on a third. */
#include "tracer_process.h"

#include "least_privilege.h"
#include "recording.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static void tell(const struct ct_tracer_process *tp, const struct ct_message *message)
{
	/* a front end that is gone (SIGKILL) wants no news */
	if (write(tp->message_fd, message, sizeof(*message)) < 0)
		close(tp->message_fd);
}

/*
 * The front end stops with the command (stop_too() in session.c), and goes on with it. If
 * it has ended, another process is our parent now.
 */
static void wake_front_end(void *ctx)
{
	const struct ct_tracer_process *tp = ctx;

	if (getppid() == tp->front_end)
		kill(tp->front_end, SIGCONT);
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
	const struct ct_tracer_process *tp = ctx;
	struct ct_message message;

	memset(&message, 0, sizeof(message));
	message.kind = CT_MESSAGE_ROOT_ENDED;
	message.footer = *so_far;
	message.tasks_left = tasks_left;
	message.error = *write_error;
	/* who reads the command's stderr through a pipe must see its end */
	if (!tp->options->wait_all)
		to_null(STDERR_FILENO);
	/* should it have stopped just after the command had gone on */
	wake_front_end(ctx);
	tell(tp, &message);
}

static void stopped(void *ctx, const struct ct_trace_footer *footer,
		    const struct ct_error *write_error)
{
	struct ct_message message;

	memset(&message, 0, sizeof(message));
	message.kind = CT_MESSAGE_STOPPED;
	message.footer = *footer;
	message.error = *write_error;
	tell(ctx, &message);
}

/*
 * SIGINT: the command was interrupted, so tell who waits in which call. SIGTERM: stop
 * recording. The tasks that are left are still served, because without a tracer their
 * filter answers ENOSYS to every key call, execve included.
 */
static void *wait_for_signal(void *ctx)
{
	const struct ct_recording *recording = ctx;
	sigset_t set;
	int sig;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	do {
		if (sigwait(&set, &sig))
			return NULL;
		ct_engine_request(recording->engine, CT_REQUEST_TELL);
	} while (sig == SIGINT);
	ct_recorder_stop_writing(recording->recorder);
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

static int seize(const struct ct_recording *recording, const struct ct_tracer_process *tp,
		 struct ct_error *err)
{
	const char go = recording->lighter ? CT_LAUNCH_LIGHTER : CT_LAUNCH_GO;
	pid_t pid;
	int r;

	if (read(tp->command_fd, &pid, sizeof(pid)) != sizeof(pid))
		return ct_error_set(err, ESRCH, "the command did not start");
	r = ct_engine_seize(recording->engine, pid, err);
	if (!r && write(tp->go_fd, &go, 1) != 1) {
		r = ct_error_set(err, errno, "cannot let the command go: %s",
				 strerror(errno));
		kill(pid, SIGKILL); /* it waits for that, and would for ever */
	}
	return r;
}

void ct_tracer_process_main(const struct ct_tracer_process *tp)
{
	struct ct_recording recording = { .options = tp->options,
					  .filtered = tp->filtered,
					  .continued = wake_front_end,
					  .marked = marked,
					  .stopped = stopped,
					  .ctx = (void *)tp };
	struct ct_message failed = { .kind = CT_MESSAGE_FAILED };
	pthread_t signals;
	int r;

	quieten();
	ct_least_privilege(false);
	r = ct_recording_start(&recording, &failed.error);
	if (!r)
		r = seize(&recording, tp, &failed.error);
	if (r) {
		tell(tp, &failed);
		_exit(125);
	}
	close(tp->go_fd);
	if (!pthread_create(&signals, NULL, wait_for_signal, &recording))
		pthread_detach(signals);
	ct_engine_run(recording.engine);
	r = ct_recording_finish(&recording, NULL);
	_exit(r ? 1 : 0);
}
