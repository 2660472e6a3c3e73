/* SPDX-License-Identifier: MIT */
/* Files, opened and found; lines, joined where something has wrapped them. */
#include "source.h"

#include "alloc.h"
#include "stream.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

struct ct_log_source {
	struct ct_log_stream **streams;
	size_t n_streams, cap_streams;
	bool merged;   /* by the times of their lines */
	size_t *stack; /* otherwise: whose line is next, and who waits for it */
	size_t n_stack;
};

/* "trace.1234": the number is the pid of all its lines. */
static int32_t pid_of_name(const char *path)
{
	const char *dot = strrchr(path, '.');
	struct ct_span digits;
	uint64_t pid;

	if (!dot)
		return 0;
	digits = ct_span_of(dot + 1, strlen(dot + 1));
	if (!ct_span_number(&digits, CT_LOG_PID_MAX, &pid) || digits.at != digits.end)
		return 0;
	return (int32_t)pid;
}

static int open_stream(struct ct_log_source *source, const char *path, int32_t pid,
		       struct ct_error *err)
{
	struct ct_log_stream *stream = ct_log_stream_open(path, pid, err);

	if (!stream)
		return -EINVAL;
	*ct_push(source->streams, source->n_streams, source->cap_streams) = stream;
	return 0;
}

/* Every NAME.pid; -ENOENT without a word when there is none. */
static int open_set(struct ct_log_source *source, const char *name, struct ct_error *err)
{
	size_t room = strlen(name) * 2 + sizeof(".[0-9]*");
	CT_CLEANUP_FREE char *pattern = ct_alloc(room);
	char *to = pattern;
	glob_t found = { 0 };
	int r = 0, n = 0;

	for (const char *from = name; *from; from++) {
		if (strchr("*?[\\", *from))
			*to++ = '\\';
		*to++ = *from;
	}
	memcpy(to, ".[0-9]*", sizeof(".[0-9]*"));
	if (glob(pattern, 0, NULL, &found))
		found.gl_pathc = 0;
	for (size_t i = 0; i < found.gl_pathc && !r; i++) {
		int32_t pid = pid_of_name(found.gl_pathv[i]);

		if (pid) {
			r = open_stream(source, found.gl_pathv[i], pid, err);
			n++;
		}
	}
	globfree(&found);
	return r ? r : n ? 0 : -ENOENT;
}

static int by_pid(const void *a, const void *b)
{
	int32_t x = ct_log_stream_pid(*(struct ct_log_stream *const *)a);
	int32_t y = ct_log_stream_pid(*(struct ct_log_stream *const *)b);

	return x < y ? -1 : x > y;
}

/* Several files are merged by time, if all of them have times. */
static int start(struct ct_log_source *source, struct ct_error *err)
{
	source->merged = source->n_streams > 1;
	for (size_t i = 0; i < source->n_streams; i++) {
		const struct ct_log_line *line;

		if (ct_log_stream_rewind(source->streams[i], err))
			return -EIO;
		line = ct_log_stream_peek(source->streams[i], err);
		if (line && line->prefix.time_ns < 0)
			source->merged = false;
	}
	source->stack[0] = 0;
	source->n_stack = source->n_streams ? 1 : 0;
	return err->code ? -EIO : 0;
}

/* When the streams are there. NULL, and they are gone, on error. */
static struct ct_log_source *settled(struct ct_log_source *source, int r,
				     struct ct_error *err)
{
	if (source->n_streams)
		qsort(source->streams, source->n_streams, sizeof(*source->streams),
		      by_pid);
	source->stack = ct_alloc((source->n_streams + 1) * sizeof(*source->stack));
	if (!r && !start(source, err))
		return source;
	ct_log_source_free(source);
	return NULL;
}

struct ct_log_source *ct_log_source_of(FILE *in, const char *name, struct ct_error *err)
{
	struct ct_log_source *source = ct_alloc(sizeof(*source));

	*ct_push(source->streams, source->n_streams, source->cap_streams) =
		ct_log_stream_of(in, name, 0);
	return settled(source, 0, err);
}

struct ct_log_source *ct_log_source_open(const char *const *paths, size_t n,
					 struct ct_error *err)
{
	struct ct_log_source *source = ct_alloc(sizeof(*source));
	int r = 0;

	for (size_t i = 0; i < n && !r; i++) {
		r = ct_log_stream_exists(paths[i]) ? -ENOENT
						   : open_set(source, paths[i], err);
		if (r == -ENOENT)
			r = open_stream(source, paths[i],
					n > 1 ? pid_of_name(paths[i]) : 0, err);
	}
	return settled(source, r, err);
}

int ct_log_source_rewind(struct ct_log_source *source, struct ct_error *err)
{
	return start(source, err);
}

static bool earliest(struct ct_log_source *source, size_t *which, struct ct_error *err)
{
	int64_t first = INT64_MAX;
	bool found = false;

	for (size_t i = 0; i < source->n_streams; i++) {
		int64_t now;

		if (!ct_log_stream_peek(source->streams[i], err))
			continue;
		now = ct_log_stream_now(source->streams[i]);
		if (!found || now < first) {
			first = now;
			*which = i;
			found = true;
		}
	}
	return found;
}

static bool is_stacked(const struct ct_log_source *source, size_t stream)
{
	for (size_t i = 0; i < source->n_stack; i++)
		if (source->stack[i] == stream)
			return true;
	return false;
}

/* Without times a child's file is read whole where its parent's fork returns. */
static void push_child(struct ct_log_source *source, const struct ct_log_line *line)
{
	struct ct_span result = line->result;
	uint64_t pid;

	if (source->merged || source->n_streams < 2 ||
	    (line->kind != CT_LOG_CALL && line->kind != CT_LOG_RESUMED) ||
	    !(ct_span_take(&(struct ct_span){ line->name.at, line->name.end }, "clone") ||
	      ct_span_equal(line->name, "fork") || ct_span_equal(line->name, "vfork")) ||
	    !ct_span_number(&result, CT_LOG_PID_MAX, &pid))
		return;
	for (size_t i = 0; i < source->n_streams; i++)
		if (ct_log_stream_pid(source->streams[i]) == (int32_t)pid &&
		    !ct_log_stream_started(source->streams[i]) && !is_stacked(source, i))
			source->stack[source->n_stack++] = i;
}

static bool on_top(struct ct_log_source *source, size_t *which, struct ct_error *err)
{
	while (source->n_stack) {
		*which = source->stack[source->n_stack - 1];
		if (ct_log_stream_peek(source->streams[*which], err))
			return true;
		source->n_stack--;
	}
	/* files that nobody's fork has led to */
	for (size_t i = 0; i < source->n_streams; i++)
		if (ct_log_stream_peek(source->streams[i], err)) {
			source->stack[source->n_stack++] = *which = i;
			return true;
		}
	return false;
}

bool ct_log_source_next(struct ct_log_source *source, struct ct_log_line *line,
			struct ct_error *err)
{
	size_t which = 0;
	bool found = source->merged ? earliest(source, &which, err)
				    : on_top(source, &which, err);

	if (!found || err->code)
		return false;
	ct_log_stream_take(source->streams[which], line);
	push_child(source, line);
	return true;
}

void ct_log_source_free(struct ct_log_source *source)
{
	if (!source)
		return;
	for (size_t i = 0; i < source->n_streams; i++)
		ct_log_stream_free(source->streams[i]);
	free(source->streams);
	free(source->stack);
	free(source);
}
