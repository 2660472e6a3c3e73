/* SPDX-License-Identifier: MIT */
/* Memory that cannot fail: without it nothing sensible is left to do, so the program
 * ends. */
#ifndef CTTRACE_LIB_ALLOC_H
#define CTTRACE_LIB_ALLOC_H

#include <stddef.h>

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
void *ct_grow(void *items, size_t count, size_t *cap, size_t size);

#define CT_CLEANUP_FREE __attribute__((cleanup(ct_cleanup_free)))
void ct_cleanup_free(void *pointer_to_pointer);

#endif
