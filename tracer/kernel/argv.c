/* SPDX-License-Identifier: MIT */
/* Pointers, and the strings behind them. */
#include "argv.h"

#include "gather.h"
#include "memory.h"

#define STRINGS_MAX 1024

/* The next string of an argv into buf; its length with the NUL, 0 when nothing fits. */
static size_t next_string(pid_t tid, uint64_t addr, char *buf, size_t room, bool *cut)
{
	int too_long = 0;
	ssize_t n;

	if (room < 2) {
		*cut = true;
		return 0;
	}
	n = ct_memory_read_string(tid, addr, buf, room - 1, &too_long);
	if (n < 0 || too_long)
		*cut = true;
	if (n < 0)
		return 0;
	buf[n] = '\0';
	return (size_t)n + 1;
}

ssize_t ct_argv_read(pid_t tid, uint64_t addr, size_t width, struct ct_argv_room room,
		     bool *cut)
{
	size_t len = 0;
	ssize_t n = 0;

	for (unsigned int i = 0; !*cut; i++) {
		char raw[8];
		uint64_t string;

		n = ct_memory_read(tid, addr + i * width, raw, width);
		if (n != (ssize_t)width)
			break;
		string = ct_pointer_at(raw, width);
		if (!string)
			break;
		if (i == STRINGS_MAX)
			*cut = true;
		else
			len += next_string(tid, string, room.buf + len, room.len - len,
					   cut);
	}
	return n < 0 && !len ? n : (ssize_t)len;
}
