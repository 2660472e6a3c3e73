/* SPDX-License-Identifier: MIT */
/*
 * With -o every line has its pid. On a terminal only some have: as long as there is one
 * task, its lines have none, not even the first task's pid is said before the second one.
 */
#include "who.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

void ct_log_who_release(struct ct_log_who *who)
{
	free(who->pids);
	free(who->alive);
	free(who->by_pid);
	free(who->announced);
	*who = (struct ct_log_who){ 0 };
}

static void *room(void *items, size_t *n, size_t index, size_t size)
{
	size_t was = *n, more = index + 1 + index / 2;

	if (index < was)
		return items;
	items = ct_realloc(items, more, size);
	memset((char *)items + was * size, 0, (more - was) * size);
	*n = more;
	return items;
}

static uint32_t serial_of(const struct ct_log_who *who, int32_t pid)
{
	return (size_t)pid < who->n_by_pid ? who->by_pid[pid] : 0;
}

uint32_t ct_log_who_has(const struct ct_log_who *who, int32_t pid)
{
	uint32_t serial = serial_of(who, pid);

	return serial || who->n_alive != 1 ? serial : who->last;
}

static void set_pid(struct ct_log_who *who, uint32_t serial, int32_t pid)
{
	who->by_pid =
		room(who->by_pid, &who->n_by_pid, (size_t)pid, sizeof(*who->by_pid));
	who->by_pid[pid] = serial;
	who->pids[serial - 1] = pid;
}

static uint32_t arrive(struct ct_log_who *who, int32_t pid)
{
	uint32_t serial = (uint32_t)who->n_tasks + 1;
	size_t n_alive = who->n_tasks;

	*ct_push(who->pids, who->n_tasks, who->cap_pids) = 0;
	*ct_push(who->alive, n_alive, who->cap_alive) = true;
	who->n_alive++;
	if (pid)
		set_pid(who, serial, pid);
	return serial;
}

/* The only one that is left, or the first one, or whoever it was before. */
static uint32_t without_pid(struct ct_log_who *who)
{
	if (!who->n_tasks)
		return arrive(who, 0);
	if (who->n_alive == 1)
		for (size_t i = who->n_tasks; i > 0; i--)
			if (who->alive[i - 1])
				return (uint32_t)i;
	return who->alive[0] ? 1 : who->last;
}

static bool was_announced(const struct ct_log_who *who, int32_t pid)
{
	return (size_t)pid < who->n_announced && who->announced[pid];
}

static uint32_t with_pid(struct ct_log_who *who, int32_t pid)
{
	uint32_t serial = serial_of(who, pid);

	if (serial)
		return serial;
	/* the first task's pid is said for the first time */
	if (who->n_tasks && !who->pids[0] && who->alive[0] && !was_announced(who, pid)) {
		set_pid(who, 1, pid);
		return 1;
	}
	return arrive(who, pid);
}

/* "strace: Process 12 attached" */
static uint32_t announce(struct ct_log_who *who, int32_t pid)
{
	if (!pid)
		return 0;
	/* strace -p: there is nobody who could be the parent */
	if (!who->n_tasks)
		return arrive(who, pid);
	who->announced = room(who->announced, &who->n_announced, (size_t)pid,
			      sizeof(*who->announced));
	who->announced[pid] = true;
	return 0;
}

uint32_t ct_log_who_is(struct ct_log_who *who, const struct ct_log_line *line)
{
	struct ct_span text = line->args;
	uint32_t serial;

	switch (line->kind) {
	case CT_LOG_EMPTY:
	case CT_LOG_STRANGE:
	case CT_LOG_BITS:
		return 0;
	case CT_LOG_TOOL:
		return announce(who, ct_log_take_attached(&text));
	case CT_LOG_FRAME:
		return who->last;
	default:
		serial = line->prefix.pid ? with_pid(who, line->prefix.pid)
					  : without_pid(who);
		who->last = serial;
		announce(who, line->attached);
		return serial;
	}
}

static void end(struct ct_log_who *who, uint32_t serial)
{
	int32_t pid;

	if (!serial || !who->alive[serial - 1])
		return;
	pid = who->pids[serial - 1];
	who->alive[serial - 1] = false;
	who->n_alive--;
	if (!pid)
		return;
	if (who->by_pid[pid] == serial)
		who->by_pid[pid] = 0;
	if (was_announced(who, pid))
		who->announced[pid] = false;
}

uint32_t ct_log_who_ends(struct ct_log_who *who, uint32_t serial,
			 const struct ct_log_line *line)
{
	uint32_t former = 0;

	if (!serial)
		return 0;
	if (line->kind == CT_LOG_EXITED || line->kind == CT_LOG_KILLED)
		end(who, serial);
	if (line->kind == CT_LOG_SUPERSEDED)
		former = serial_of(who, (int32_t)line->number);
	if (former == serial)
		former = 0;
	end(who, former);
	return former;
}
