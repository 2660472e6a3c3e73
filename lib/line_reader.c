/* SPDX-License-Identifier: MIT */
/* Reading lines: getline(3) has no limit, and a hostile file has no newline. */
#include "line_reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BLOCK ((size_t)64 << 10)

static size_t read_file(struct ct_line_reader *reader, char *to)
{
	size_t len = fread(to, 1, BLOCK, reader->in);

	reader->failed = ferror(reader->in);
	return len;
}

static size_t read_place(struct ct_line_reader *reader, char *to)
{
	ssize_t len;

	do
		len = pread(reader->fd, to, BLOCK, reader->offset);
	while (len < 0 && errno == EINTR);
	reader->failed = len < 0;
	if (len < 0)
		return 0;
	reader->offset += len;
	return (size_t)len;
}

static bool read_block(struct ct_line_reader *reader)
{
	struct ct_strbuf *block = &reader->block;

	ct_strbuf_reset(block);
	ct_strbuf_reserve(block, BLOCK);
	block->len = reader->in ? read_file(reader, block->data)
				: read_place(reader, block->data);
	reader->at = 0;
	return block->len;
}

enum ct_line ct_line_next(struct ct_line_reader *reader, struct ct_strbuf *line)
{
	struct ct_strbuf *block = &reader->block;

	ct_strbuf_reset(line);
	while (reader->at < block->len || read_block(reader)) {
		const char *from = block->data + reader->at;
		size_t len = block->len - reader->at;
		const char *newline = memchr(from, '\n', len);

		if (newline)
			len = (size_t)(newline - from);
		if (len > CT_LINE_MAX - line->len)
			return CT_LINE_TOO_LONG;
		ct_strbuf_add(line, from, len);
		reader->at += len + (newline != NULL);
		if (newline)
			return CT_LINE_WHOLE;
	}
	if (reader->failed)
		return CT_LINE_FAILED;
	return line->len ? CT_LINE_CUT : CT_LINE_END;
}
