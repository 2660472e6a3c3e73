/* SPDX-License-Identifier: MIT */
/* The arena: a list of blocks, handed out from the front one. */
#include "cttrace/arena.h"

#include "alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN 4096
#define BLOCK_MAX ((size_t)1 << 20)
#define ALIGN     16

struct ct_arena_block {
	struct ct_arena_block *next;
	size_t size, used; /* bytes of data */
	_Alignas(ALIGN) char data[];
};

static struct ct_arena_block *new_block(struct ct_arena *arena, size_t need)
{
	size_t size = arena->head ? arena->head->size * 2 : BLOCK_MIN;
	struct ct_arena_block *block;

	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < need)
		size = need;
	/* new memory is zeroed as it is handed out, so that a reset need not clear */
	block = ct_realloc(NULL, 1, sizeof(*block) + size);
	block->size = size;
	block->used = 0;
	block->next = arena->head;
	arena->head = block;
	return block;
}

static void *take(struct ct_arena *arena, size_t size, size_t align)
{
	struct ct_arena_block *block = arena->head;
	size_t at = block ? (block->used + align - 1) & ~(align - 1) : 0;

	if (!block || block->size < at || block->size - at < size) {
		block = new_block(arena, size);
		at = 0;
	}
	block->used = at + size;
	arena->used += size;
	return block->data + at;
}

void *ct_arena_alloc(struct ct_arena *arena, size_t size)
{
	return memset(take(arena, size, ALIGN), 0, size);
}

void *ct_arena_memdup(struct ct_arena *arena, const void *bytes, size_t size)
{
	void *p = ct_arena_alloc(arena, size);

	if (size)
		memcpy(p, bytes, size);
	return p;
}

char *ct_arena_strndup(struct ct_arena *arena, const char *text, size_t len)
{
	char *p = take(arena, len + 1, 1);

	if (len)
		memcpy(p, text, len);
	p[len] = '\0';
	return p;
}

char *ct_arena_strdup(struct ct_arena *arena, const char *text)
{
	return ct_arena_strndup(arena, text, strlen(text));
}

char *ct_arena_printf(struct ct_arena *arena, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	p = take(arena, (size_t)(n > 0 ? n : 0) + 1, 1);
	*p = '\0';
	if (n > 0)
		vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void ct_arena_adopt(struct ct_arena *arena, struct ct_arena *from)
{
	struct ct_arena_block **end = &arena->head;

	while (*end)
		end = &(*end)->next;
	*end = from->head;
	arena->used += from->used;
	*from = (struct ct_arena)CT_ARENA_INIT;
}

void ct_arena_reset(struct ct_arena *arena)
{
	while (arena->head && arena->head->next) {
		struct ct_arena_block *next = arena->head->next;

		free(arena->head);
		arena->head = next;
	}
	if (arena->head)
		arena->head->used = 0;
	arena->used = 0;
}

void ct_arena_release(struct ct_arena *arena)
{
	while (arena->head) {
		struct ct_arena_block *next = arena->head->next;

		free(arena->head);
		arena->head = next;
	}
	arena->used = 0;
}
