/* SPDX-License-Identifier: MIT */
/* Waiting for stops. */
#include "wait.h"

#include "engine_internal.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

/*
 * wait4(-1) looks through the tracees from the head of the kernel's list: who stops often
 * and stands in front would starve the others. So everything that is ready is taken
 * first, then served.
 */
static void take(const struct ct_engine *engine, struct ct_wait_batch *batch, bool wait)
{
	int flags = wait ? __WALL : __WALL | WNOHANG;

	batch->n = 0;
	while (batch->n < CT_WAIT_MAX) {
		pid_t tid = wait4(-1, &batch->item[batch->n].status, flags, NULL);

		if (tid < 0 && errno == EINTR && !atomic_load(&engine->request))
			continue;
		if (tid <= 0)
			break;
		batch->item[batch->n++].tid = tid;
		flags = __WALL | WNOHANG;
	}
}

/*
 * Was the stop ended by a later status of the same tid? By its death, or by an execve of
 * another thread, which takes the leader's number: what was said of that stop would now
 * be done to this one.
 */
static bool is_over(const struct ct_wait_batch *batch, int i)
{
	pid_t tid = batch->item[i].tid;

	while (++i < batch->n)
		if (batch->item[i].tid == tid)
			return true;
	return false;
}

/*
 * A creator's event is due at once, but never comes if the creator was killed on the way
 * to it; and who was whose creator, nobody can say then. So nothing waits for it for
 * ever. Nor does who waits for room: who has made some sends the signal of a status.
 */
static bool somebody_waits(struct ct_engine *engine)
{
	return engine->n_unbound || atomic_load(&engine->waits);
}

void ct_wait_next(struct ct_engine *engine, struct ct_wait_batch *batch)
{
	static const struct timespec patience = { .tv_nsec = CT_BIRTH_PATIENCE_NS };
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	for (;;) {
		take(engine, batch, !somebody_waits(engine));
		if (batch->n || !somebody_waits(engine) || atomic_load(&engine->request))
			break;
		sigtimedwait(&child, NULL, &patience);
		ct_birth_give_up_waiting(engine);
		ct_halt_end_waits(engine);
	}
	for (int i = 0; i < batch->n; i++)
		if (is_over(batch, i))
			batch->item[i].tid = 0;
}
