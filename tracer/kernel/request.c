/* SPDX-License-Identifier: MIT */
/* What other threads ask of the engine, which sits in wait4(2). */
#include "engine_internal.h"

#include <signal.h>
#include <time.h>

#define WAKE SIGUSR1

static void woken(int sig)
{
	(void)sig; /* it has ended wait4(2): that is all it is for */
}

void ct_request_listen(void)
{
	struct sigaction wake = { .sa_handler = woken }; /* without SA_RESTART */
	sigset_t set;

	sigaction(WAKE, &wake, NULL);
	sigemptyset(&set);
	sigaddset(&set, WAKE);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void ct_engine_request(struct ct_engine *engine, enum ct_request request)
{
	static const struct timespec moment = { .tv_nsec = 10000000 };

	atomic_store(&engine->request, request);
	/* a signal that comes just before wait4(2) does not end it: then the next one
	 * does */
	while (atomic_load(&engine->request) && !atomic_load(&engine->over)) {
		pthread_kill(engine->thread, WAKE);
		nanosleep(&moment, NULL);
	}
}

static void tell(struct ct_task *task, void *ctx)
{
	ct_inside_tell(ctx, task);
}

void ct_engine_tell_all(struct ct_engine *engine)
{
	ct_task_each(&engine->tasks, tell, engine);
}

enum ct_request ct_request_serve(struct ct_engine *engine)
{
	enum ct_request request = (enum ct_request)atomic_load(&engine->request);

	if (request == CT_REQUEST_TELL)
		ct_engine_tell_all(engine);
	else if (request == CT_REQUEST_DETACH)
		ct_engine_detach_all(engine);
	if (request)
		atomic_store(&engine->request, CT_REQUEST_NONE);
	return request;
}
