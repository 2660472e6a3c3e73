/* SPDX-License-Identifier: MIT */
/* Display width without a locale: a trace is drawn the same wherever it is drawn. */
#include "cells.h"

#include "cttrace/escape.h"

#include <stdbool.h>

struct range {
	uint32_t first, last;
};

static const struct range zero[] = {
#define ZERO(first, last) { first, last },
#include "cells.def"
#undef ZERO
};

static const struct range wide[] = {
#define WIDE(first, last) { first, last },
#include "cells.def"
#undef WIDE
};

static bool is_in(const struct range *ranges, size_t n, uint32_t code)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (code > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && code >= ranges[low].first;
}

int ct_cells_of_code(uint32_t code)
{
	if (code < zero[0].first)
		return 1;
	if (is_in(zero, sizeof(zero) / sizeof(*zero), code))
		return 0;
	return is_in(wide, sizeof(wide) / sizeof(*wide), code) ? 2 : 1;
}

/* Walks until the text or the cells end; gives back both. */
static size_t walk(const char *text, size_t len, int limit, int *cells)
{
	size_t at = 0;

	*cells = 0;
	while (at < len) {
		/* ASCII, nearly always: one byte and one cell */
		bool plain = (unsigned char)text[at] < 0x80;
		uint32_t code = CT_UTF8_INVALID;
		size_t size = plain ? 1 : ct_utf8_next(text + at, len - at, &code);
		int width = code == CT_UTF8_INVALID ? 1 : ct_cells_of_code(code);

		if (width > limit - *cells)
			break;
		*cells += width;
		at += size;
	}
	return at;
}

int ct_cells(const char *text, size_t len)
{
	int cells;

	walk(text, len, INT32_MAX, &cells);
	return cells;
}

size_t ct_cells_prefix(const char *text, size_t len, int cells)
{
	int taken;

	return walk(text, len, cells, &taken);
}
