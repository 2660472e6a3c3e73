/* SPDX-License-Identifier: MIT */
/*
 * Recording processes that run already. The tracer is this process: nothing of theirs is
 * ours, so nothing has to be mirrored, and when it is killed the kernel lets them go.
 */
#include "recording.h"

#include "least_privilege.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

static void ending_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGQUIT);
}

static bool wait_for_signal(const struct ct_session_options *options, const sigset_t *set)
{
	static const struct timespec tick = { .tv_nsec = CT_SESSION_TICK_MS * 1000000L };
	int sig;

	if (!options->tick)
		return !sigwait(set, &sig);
	while ((sig = sigtimedwait(set, NULL, &tick)) < 0) {
		if (errno != EAGAIN && errno != EINTR)
			return false;
		options->tick(options->ctx);
	}
	return true;
}

/*
 * A task in vfork(2), or one that waits for a disk, does not stop when it is asked to. It
 * has a moment, or until the next ^C; then the kernel lets it go at our end.
 */
static void *wait_for_end(void *ctx)
{
	static const struct timespec patience = { .tv_sec = 1 };
	const struct ct_recording *recording = ctx;
	sigset_t set;

	ending_signals(&set);
	if (!wait_for_signal(recording->options, &set))
		return NULL;
	ct_engine_request(recording->engine, CT_REQUEST_DETACH);
	sigtimedwait(&set, NULL, &patience);
	ct_engine_request(recording->engine, CT_REQUEST_LEAVE);
	return NULL;
}

/* Until the end of all of them, or a signal. */
static int serve(struct ct_recording *recording, struct ct_error *err)
{
	pthread_t signals;
	int code = pthread_create(&signals, NULL, wait_for_end, recording);

	if (code)
		return ct_error_set(err, code, "cannot start a thread: %s",
				    strerror(code));
	ct_engine_run(recording->engine);
	pthread_cancel(signals);
	pthread_join(signals, NULL);
	return 0;
}

/* Who was found by name may have ended since; who was asked for must be there. */
static int attach_all(struct ct_engine *engine, const pid_t *pids, size_t n_pids,
		      size_t n_asked, struct ct_error *err)
{
	struct ct_error gone = { 0 };
	size_t attached = 0;

	for (size_t i = 0; i < n_pids; i++) {
		struct ct_error why = { 0 };
		int r = ct_engine_attach(engine, pids[i], &why);

		if (r && (r != -ESRCH || i < n_asked))
			return ct_error_set(err, why.code, "%s", why.text);
		if (r)
			gone = why;
		else
			attached++;
	}
	if (attached)
		return 0;
	return ct_error_set(err, gone.code, "%s", gone.text);
}

int ct_session_attach(const struct ct_session_options *options, const pid_t *pids,
		      size_t n_pids, size_t n_asked, struct ct_session_result *result,
		      struct ct_error *err)
{
	struct ct_recording recording = { .options = options };
	sigset_t all, before;
	int r;

	memset(result, 0, sizeof(*result));
	/* ^Z would leave the tracees standing at their next stop */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	signal(SIGCHLD, SIG_DFL);
	ct_least_privilege(true);
	r = ct_recording_start(&recording, err);
	if (!r)
		r = attach_all(recording.engine, pids, n_pids, n_asked, err);
	if (!r)
		r = serve(&recording, err);
	ct_recording_finish(&recording, &result->write_error);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return r;
}
