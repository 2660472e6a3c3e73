/* SPDX-License-Identifier: MIT */
/* Allocation that ends the program when there is no memory. */
#include "alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OUT_OF_MEMORY 125 /* the status of everything that is cttrace's own failure */

void ct_out_of_memory(void)
{
	fputs("cttrace: out of memory\n", stderr);
	_exit(OUT_OF_MEMORY); /* nothing is left in order that exit(3) could use */
}

void *ct_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		ct_out_of_memory();
	return p;
}

void *ct_realloc(void *old, size_t count, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes))
		ct_out_of_memory();
	p = realloc(old, bytes ? bytes : 1);
	if (!p)
		ct_out_of_memory();
	return p;
}

char *ct_strdup(const char *text)
{
	char *p = strdup(text);

	if (!p)
		ct_out_of_memory();
	return p;
}

void *ct_more(void *items, size_t *cap, size_t size)
{
	*cap = *cap ? *cap * 2 : 8;
	return ct_realloc(items, *cap, size);
}

void ct_cleanup_free(void *pointer_to_pointer)
{
	void **p = pointer_to_pointer;

	free(*p);
	*p = NULL;
}
