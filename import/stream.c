/* SPDX-License-Identifier: MIT */
/* Reading twice, so what cannot be rewound is copied; and looking one line ahead. */
#include "stream.h"

#include "alloc.h"
#include "clock.h"
#include "line_reader.h"
#include "mend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line is joined from no more pieces, and no more bytes, than this. */
#define PIECES_MAX 64
#define JOINED_MAX ((size_t)1 << 20)

struct ct_log_stream {
	const char *path;
	struct ct_line_reader reader;
	int32_t pid;
	struct ct_log_clock clock;
	struct ct_strbuf text, ahead;
	bool has_ahead; /* `ahead` was read, and is the next line */
	bool has_line;  /* `line`, of `text`, was not taken yet */
	bool started;
	int32_t attached;
	struct ct_log_line line;
};

bool ct_log_stream_exists(const char *path)
{
	return !strcmp(path, "-") || access(path, F_OK) == 0;
}

/* A pipe can be read once. */
static FILE *copy_of(FILE *in)
{
	FILE *copy = tmpfile();
	char block[65536];
	size_t n;

	while (copy && (n = fread(block, 1, sizeof(block), in)) > 0)
		if (fwrite(block, 1, n, copy) != n)
			break;
	if (copy && (ferror(in) || ferror(copy))) {
		fclose(copy);
		copy = NULL;
	}
	return copy;
}

struct ct_log_stream *ct_log_stream_of(FILE *in, const char *name, int32_t pid)
{
	struct ct_log_stream *stream = ct_alloc(sizeof(*stream));

	*stream = (struct ct_log_stream){ .path = name,
					  .reader = { .in = in, .block = CT_STRBUF_INIT },
					  .pid = pid,
					  .text = CT_STRBUF_INIT,
					  .ahead = CT_STRBUF_INIT };
	return stream;
}

struct ct_log_stream *ct_log_stream_open(const char *path, int32_t pid,
					 struct ct_error *err)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *in = is_stdin ? stdin : fopen(path, "re");

	if (in && fseek(in, 0, SEEK_SET) != 0) {
		FILE *copy = copy_of(in);

		if (!is_stdin)
			fclose(in);
		in = copy;
	}
	if (!in) {
		ct_error_set(err, errno, "%s: %s", path, strerror(errno));
		return NULL;
	}
	return ct_log_stream_of(in, path, pid);
}

int ct_log_stream_rewind(struct ct_log_stream *stream, struct ct_error *err)
{
	if (fseek(stream->reader.in, 0, SEEK_SET) != 0)
		return ct_error_set(err, errno, "%s: %s", stream->path, strerror(errno));
	ct_strbuf_reset(&stream->reader.block);
	stream->reader.at = 0;
	stream->has_ahead = stream->has_line = stream->started = false;
	stream->clock = (struct ct_log_clock){ .ticks = true };
	return 0;
}

static bool read_line(struct ct_log_stream *stream, struct ct_strbuf *line,
		      struct ct_error *err)
{
	enum ct_line got = ct_line_next(&stream->reader, line);

	if (got == CT_LINE_TOO_LONG)
		ct_error_set(err, EINVAL, "%s: a line is longer than %zu bytes",
			     stream->path, CT_LINE_MAX);
	else if (got == CT_LINE_FAILED)
		ct_error_set(err, errno, "%s: %s", stream->path, strerror(errno));
	if (got != CT_LINE_WHOLE && got != CT_LINE_CUT)
		return false;
	ct_log_mend(line);
	return true;
}

static void parse(struct ct_log_line *line, const struct ct_strbuf *text)
{
	ct_log_line(ct_span_of(text->data, text->len), line);
}

/* Its words have an opening bracket and no closing one: "(No such file or" */
static bool has_open_words(const struct ct_log_line *line)
{
	struct ct_span result = line->result;
	const char *open = memchr(result.at, '(', ct_span_len(result));

	return open && !memchr(open, ')', (size_t)(result.end - open));
}

static bool lacks_its_end(const struct ct_log_line *line)
{
	return line->kind == CT_LOG_CUT ||
	       (line->kind == CT_LOG_CALL && has_open_words(line));
}

/* Could it be a line by itself, beside `line`? */
static bool begins_like(const struct ct_log_line *ahead, const struct ct_log_line *line)
{
	const struct ct_log_prefix *a = &ahead->prefix, *b = &line->prefix;
	bool prefixed = b->pid || b->time_ns >= 0 || b->delta_ns >= 0;

	if (ahead->kind == CT_LOG_FRAME)
		return true;
	if (ahead->kind == CT_LOG_EMPTY)
		return false;
	if (prefixed)
		return (!b->pid || a->pid) && (b->time_ns < 0 || a->time_ns >= 0) &&
		       (b->delta_ns < 0 || a->delta_ns >= 0);
	return a->pid || (ahead->kind != CT_LOG_STRANGE && ahead->kind != CT_LOG_CUT);
}

/* On a terminal strace speaks of a new child in the middle of its parent's clone. */
static void take_attached(struct ct_log_stream *stream)
{
	struct ct_span text = ct_span_of(stream->text.data, stream->text.len);
	int32_t pid = ct_log_take_attached(&text);

	ct_strbuf_truncate(&stream->text, ct_span_len(text));
	if (pid)
		stream->attached = pid;
}

/* Reads what may be the rest of the line; false: it is the next line, or there is none.
 */
static bool join_next(struct ct_log_stream *stream, struct ct_error *err)
{
	struct ct_log_line ahead;
	struct ct_span rest;

	if (!read_line(stream, &stream->ahead, err))
		return false;
	parse(&ahead, &stream->ahead);
	stream->has_ahead = begins_like(&ahead, &stream->line);
	if (stream->has_ahead)
		return false;
	take_attached(stream);
	rest = ct_span_of(stream->ahead.data, stream->ahead.len);
	ct_span_skip_blanks(&rest);
	ct_strbuf_addc(&stream->text, ' ');
	ct_strbuf_add(&stream->text, rest.at, ct_span_len(rest));
	parse(&stream->line, &stream->text);
	return true;
}

static bool load(struct ct_log_stream *stream, struct ct_error *err)
{
	if (stream->has_ahead) {
		struct ct_strbuf swap = stream->text;

		stream->text = stream->ahead;
		stream->ahead = swap;
		stream->has_ahead = false;
	} else if (!read_line(stream, &stream->text, err)) {
		return false;
	}
	parse(&stream->line, &stream->text);
	stream->attached = 0;
	for (int pieces = 1; lacks_its_end(&stream->line) && pieces < PIECES_MAX &&
			     stream->text.len < JOINED_MAX;
	     pieces++)
		if (!join_next(stream, err))
			break;
	if (stream->pid)
		stream->line.prefix.pid = stream->pid;
	stream->line.attached = stream->attached;
	ct_log_clock_at(&stream->clock, &stream->line.prefix);
	stream->has_line = true;
	return true;
}

const struct ct_log_line *ct_log_stream_peek(struct ct_log_stream *stream,
					     struct ct_error *err)
{
	return stream->has_line || load(stream, err) ? &stream->line : NULL;
}

void ct_log_stream_take(struct ct_log_stream *stream, struct ct_log_line *line)
{
	*line = stream->line;
	stream->has_line = false;
	stream->started = true;
}

int64_t ct_log_stream_now(const struct ct_log_stream *stream)
{
	return stream->clock.now_ns;
}

int32_t ct_log_stream_pid(const struct ct_log_stream *stream)
{
	return stream->pid;
}

bool ct_log_stream_started(const struct ct_log_stream *stream)
{
	return stream->started;
}

void ct_log_stream_free(struct ct_log_stream *stream)
{
	if (stream->reader.in != stdin)
		fclose(stream->reader.in);
	ct_strbuf_release(&stream->reader.block);
	ct_strbuf_release(&stream->text);
	ct_strbuf_release(&stream->ahead);
	free(stream);
}
