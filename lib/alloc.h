/* SPDX-License-Identifier: MIT */
/* Memory that cannot fail: without it nothing sensible is left to do, so the program
 * ends. */
#ifndef CTTRACE_LIB_ALLOC_H
#define CTTRACE_LIB_ALLOC_H

#include <stddef.h>
#include <string.h>

void ct_out_of_memory(void)
	__attribute__((noreturn)); /* says so, and ends the program: 125 */
void *ct_alloc(size_t size);       /* zeroed */
void *ct_realloc(void *old, size_t count, size_t size); /* checks count × size */
char *ct_strdup(const char *text);

/*
 * Room for one more in a growing array: `items` (a pointer), `count` used, `cap`
 * allocated. Evaluates to a pointer to the new, zeroed item; count has grown by one.
 */
#define ct_push(items, count, cap)                                      \
	((items) = ct_grow((items), (count), &(cap), sizeof(*(items))), \
	 &(items)[(count)++])
void *ct_more(void *items, size_t *cap, size_t size); /* twice the room */

/* inline: who pushes knows the size, and most often there is room */
static inline void *ct_grow(void *items, size_t count, size_t *cap, size_t size)
{
	if (count == *cap)
		items = ct_more(items, cap, size);
	memset((char *)items + count * size, 0, size);
	return items;
}

#define CT_CLEANUP_FREE __attribute__((cleanup(ct_cleanup_free)))
void ct_cleanup_free(void *pointer_to_pointer);

#endif
