/* SPDX-License-Identifier: MIT */
/* Writing a trace: a line per event, through a buffer, to a descriptor. */
#include "trace_rows.h"

#include "alloc.h"
#include "cttrace/strbuf.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_FULL ((size_t)64 << 10)

struct ct_trace_writer {
	int fd;
	int failed; /* errno of the first write that failed: after it all do */
	struct ct_strbuf buffer;
};

struct ct_trace_writer *ct_trace_writer_new(int fd)
{
	struct ct_trace_writer *w = ct_alloc(sizeof(*w));

	w->fd = fd;
	w->buffer = (struct ct_strbuf)CT_STRBUF_INIT;
	return w;
}

static ssize_t write_some(int fd, const char *bytes, size_t len)
{
	for (;;) {
		ssize_t n = write(fd, bytes, len);

		if (n >= 0)
			return n;
		/* a pipe that someone else has made non-blocking */
		if (errno == EAGAIN)
			poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
		else if (errno != EINTR)
			return -errno;
	}
}

/*
 * After a failure nothing more is written: a part of a line may be in the file already,
 * and a line behind it would make garbage of what is now merely a trace cut off.
 */
static int fail(struct ct_trace_writer *w, struct ct_error *err)
{
	return ct_error_set(err, w->failed, "cannot write the trace: %s",
			    strerror(w->failed));
}

int ct_trace_writer_flush(struct ct_trace_writer *w, struct ct_error *err)
{
	size_t done = 0;

	while (!w->failed && done < w->buffer.len) {
		ssize_t n =
			write_some(w->fd, w->buffer.data + done, w->buffer.len - done);

		if (n < 0)
			w->failed = (int)-n;
		else
			done += (size_t)n;
	}
	ct_strbuf_reset(&w->buffer);
	return w->failed ? fail(w, err) : 0;
}

/* A line is a map, begun with its kind; the header has none. */
static struct ct_json_out begin_line(struct ct_trace_writer *w, const char *kind)
{
	struct ct_json_out line = { .text = &w->buffer };

	ct_json_out_open(&line, '{');
	if (kind) {
		ct_json_out_key(&line, "ev");
		ct_json_out_text(&line, kind);
	}
	return line;
}

static int end_line(struct ct_trace_writer *w, struct ct_json_out *line,
		    struct ct_error *err)
{
	ct_json_out_close(line, '}');
	ct_strbuf_addc(&w->buffer, '\n');
	return w->buffer.len < BUFFER_FULL ? 0 : ct_trace_writer_flush(w, err);
}

static int write_shape(struct ct_trace_writer *w, const char *kind,
		       const struct ct_json_shape *shape, const void *object,
		       struct ct_error *err)
{
	struct ct_json_out line;

	if (w->failed)
		return fail(w, err);
	line = begin_line(w, kind);
	ct_json_write(&line, shape, object);
	return end_line(w, &line, err);
}

int ct_trace_writer_header(struct ct_trace_writer *w,
			   const struct ct_trace_header *header, struct ct_error *err)
{
	return write_shape(w, NULL, &ct_trace_header_shape, header, err);
}

int ct_trace_writer_event(struct ct_trace_writer *w, const struct ct_event *event,
			  struct ct_error *err)
{
	struct ct_json_out line;

	if (w->failed)
		return fail(w, err);
	line = begin_line(w, ct_event_kind_name(event->kind));
	ct_trace_event_write(&line, event);
	return end_line(w, &line, err);
}

int ct_trace_writer_footer(struct ct_trace_writer *w,
			   const struct ct_trace_footer *footer, struct ct_error *err)
{
	return write_shape(w, CT_TRACE_END, &ct_trace_footer_shape, footer, err);
}

void ct_trace_writer_free(struct ct_trace_writer *w)
{
	if (!w)
		return;
	ct_trace_writer_flush(w, NULL);
	close(w->fd);
	ct_strbuf_release(&w->buffer);
	free(w);
}
