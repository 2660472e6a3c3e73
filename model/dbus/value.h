/* SPDX-License-Identifier: MIT */
/*
 * Values of D-Bus messages, by their signature: a tree. The bytes may be anybody's: what
 * is not well-formed, or cut off, ends the reading.
 */
#ifndef CTTRACE_DBUS_VALUE_H
#define CTTRACE_DBUS_VALUE_H

#include "cttrace/arena.h"
#include "cttrace/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A variant is the value in it. */
struct ct_dbus_value {
	char type;       /* y b n q i u x t d h, s o g, a, ( for structs, { for entries */
	uint64_t number; /* of a number: signed ones are extended, doubles are bits */
	const char *text; /* s o g; else "" */
	struct ct_dbus_value *items;
	size_t n_items;
};

struct ct_dbus_reader {
	const unsigned char *bytes;
	size_t len, at; /* alignment counts from `bytes` */
	bool big;       /* big-endian */
	bool bad;       /* nothing can be read any more */
	int depth;
	struct ct_arena *arena;
};

/* The value of the first complete type of *signature, which is moved behind it. */
struct ct_dbus_value ct_dbus_read(struct ct_dbus_reader *r, const char **signature);
/* Values of all types of the signature, as items of one struct. */
struct ct_dbus_value ct_dbus_read_all(struct ct_dbus_reader *r, const char *signature);
uint32_t ct_dbus_u32(struct ct_dbus_reader *r);

/* In words: strings as they are, numbers in decimal, [1, 2]. */
void ct_dbus_say(struct ct_strbuf *sb, const struct ct_dbus_value *value);

#endif
