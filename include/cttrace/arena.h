/* SPDX-License-Identifier: MIT */
/* Memory that is given back all at once: for one event, or for one whole trace. */
#ifndef CTTRACE_ARENA_H
#define CTTRACE_ARENA_H

#include <stddef.h>

struct ct_arena_block;

/* Initialise with CT_ARENA_INIT. Memory is zeroed and aligned for any type. */
struct ct_arena {
	struct ct_arena_block *head;
	size_t used; /* bytes handed out since the last reset */
};

#define CT_ARENA_INIT { NULL, 0 }

void *ct_arena_alloc(struct ct_arena *arena, size_t size);
void *ct_arena_memdup(struct ct_arena *arena, const void *bytes, size_t size);
char *ct_arena_strdup(struct ct_arena *arena, const char *text);
char *ct_arena_strndup(struct ct_arena *arena, const char *text, size_t len);
char *ct_arena_printf(struct ct_arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* What `from` has handed out lives as long as `arena` does; `from` is empty then. */
void ct_arena_adopt(struct ct_arena *arena, struct ct_arena *from);
void ct_arena_reset(struct ct_arena *arena);   /* forgets all, keeps one block */
void ct_arena_release(struct ct_arena *arena); /* gives everything back */

/* An array of `count` zeroed objects of `type`. */
#define ct_arena_array(arena, type, count) \
	((type *)ct_arena_alloc((arena), sizeof(type) * (size_t)(count)))

#endif
