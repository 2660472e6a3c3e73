/* SPDX-License-Identifier: MIT */
/*
 * Each part has a thread and a memory of its own, so none of them waits for another. A
 * line belongs to the part that it begins in. If anything is wrong, all is thrown away:
 * then somebody else reads from the start, and knows the line's number.
 */
#include "trace_parts.h"

#include "alloc.h"
#include "parallel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PART_MIN  ((off_t)4 << 20) /* bytes: some milliseconds */
#define PARTS_MAX 4

size_t ct_trace_parts(FILE *in, off_t *from, off_t *to)
{
	struct stat st;
	off_t most;

	if (fileno(in) < 0 || fstat(fileno(in), &st) || !S_ISREG(st.st_mode))
		return 1;
	*from = ftello(in);
	*to = st.st_size;
	most = *from < 0 ? 0 : (*to - *from) / PART_MIN;
	if (most > PARTS_MAX)
		most = PARTS_MAX;
	return most > 1 ? ct_parallel_width((size_t)most) : 1;
}

static void read_one(void *ctx, size_t i)
{
	struct ct_trace_part *parts = ctx;

	ct_trace_part_read(&parts[i], !i);
}

/* A trace ends with its footer, so only the last part may have one. */
static bool all_fine(const struct ct_trace_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!parts[i].trace || (i + 1 < n && parts[i].trace->complete))
			return false;
	return true;
}

/* Adds what a later part has; its memory is that of all then. */
static void append(struct ct_trace *all, struct ct_trace *part)
{
	if (part->n_events)
		memcpy(all->events + all->n_events, part->events,
		       part->n_events * sizeof(*part->events));
	all->n_events += part->n_events;
	all->unknown += part->unknown;
	all->complete = part->complete;
	all->footer = part->footer;
	ct_arena_adopt(&all->arena, &part->arena);
	ct_trace_free(part);
}

static struct ct_trace *join(const struct ct_trace_part *parts, size_t n)
{
	struct ct_trace *all = parts[0].trace;
	size_t n_events = 0;

	for (size_t i = 0; i < n; i++)
		n_events += parts[i].trace->n_events;
	all->events = ct_realloc(all->events, n_events, sizeof(*all->events));
	for (size_t i = 1; i < n; i++)
		append(all, parts[i].trace);
	return all;
}

struct ct_trace *ct_trace_read_parts(int fd, off_t from, off_t to, size_t n)
{
	CT_CLEANUP_FREE struct ct_trace_part *parts = ct_alloc(n * sizeof(*parts));
	off_t length = (to - from) / (off_t)n;

	for (size_t i = 0; i < n; i++) {
		parts[i].fd = fd;
		parts[i].from = from + (off_t)i * length;
		parts[i].to = i + 1 < n ? parts[i].from + length : CT_TRACE_PART_OPEN;
	}
	ct_parallel(n, read_one, parts);
	if (all_fine(parts, n))
		return join(parts, n);
	for (size_t i = 0; i < n; i++)
		ct_trace_free(parts[i].trace);
	return NULL;
}
