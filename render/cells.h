/* SPDX-License-Identifier: MIT */
/* How many cells of a terminal a text takes. */
#ifndef CTTRACE_RENDER_CELLS_H
#define CTTRACE_RENDER_CELLS_H

#include <stddef.h>
#include <stdint.h>

int ct_cells_of_code(uint32_t code); /* 0, 1 or 2 */
/* Of text without control characters; a byte that is not UTF-8 counts as one. */
int ct_cells(const char *text, size_t len);
/* The longest beginning of text, in bytes, that takes at most `cells`. */
size_t ct_cells_prefix(const char *text, size_t len, int cells);

#endif
