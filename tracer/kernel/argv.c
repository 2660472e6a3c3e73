/* SPDX-License-Identifier: MIT */
/* Pointers, and the strings behind them. */
#include "argv.h"

#include "gather.h"
#include "memory.h"

#include <string.h>

#define STRINGS_MAX 1024

/* Some pointers of an argv, and how the strings behind them begin. */
struct block {
	uint64_t string[CT_BEGINNINGS];
	size_t n; /* up to the NULL, which is not among them */
	bool ends;
	struct ct_beginning beginning[CT_BEGINNINGS];
};

static ssize_t read_block(struct block *block, pid_t tid, uint64_t addr, size_t width)
{
	char raw[CT_BEGINNINGS * 8];
	ssize_t n = ct_memory_read(tid, addr, raw, CT_BEGINNINGS * width);

	block->n = 0;
	for (size_t i = 0; n > 0 && (i + 1) * width <= (size_t)n; i++) {
		block->string[i] = ct_pointer_at(raw + i * width, width);
		block->ends = !block->string[i];
		if (block->ends)
			break;
		block->n++;
	}
	/* where memory ends, or the NULL is */
	block->ends |= block->n < CT_BEGINNINGS;
	ct_memory_read_beginnings(tid, block->string, block->n, block->beginning);
	return n;
}

/* Most are short, and here already. */
static ssize_t read_string(const struct block *block, size_t i, pid_t tid, char *buf,
			   size_t room, int *too_long)
{
	const struct ct_beginning *b = &block->beginning[i];
	size_t len = strnlen(b->bytes, b->len);

	if (len == b->len || len >= room)
		return ct_memory_read_string(tid, block->string[i], buf, room, too_long);
	memcpy(buf, b->bytes, len);
	return (ssize_t)len;
}

/* The next string of an argv into the room; its length with the NUL, 0 when nothing fits.
 */
static size_t next_string(const struct block *block, size_t i, pid_t tid,
			  struct ct_argv_room room, bool *cut)
{
	int too_long = 0;
	ssize_t n;

	if (room.len < 2) {
		*cut = true;
		return 0;
	}
	n = read_string(block, i, tid, room.buf, room.len - 1, &too_long);
	if (n < 0 || too_long)
		*cut = true;
	if (n < 0)
		return 0;
	room.buf[n] = '\0';
	return (size_t)n + 1;
}

ssize_t ct_argv_read(pid_t tid, uint64_t addr, size_t width, struct ct_argv_room room,
		     bool *cut)
{
	struct block block = { .ends = false };
	size_t len = 0, count = 0;
	ssize_t n = 0;

	while (!*cut && !block.ends) {
		n = read_block(&block, tid, addr + count * width, width);
		for (size_t i = 0; i < block.n && !*cut; i++, count++) {
			if (count == STRINGS_MAX) {
				*cut = true;
				break;
			}
			len += next_string(
				&block, i, tid,
				(struct ct_argv_room){ room.buf + len, room.len - len },
				cut);
		}
	}
	return n < 0 && !len ? n : (ssize_t)len;
}
