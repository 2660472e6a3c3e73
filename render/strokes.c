/* SPDX-License-Identifier: MIT */
/* Lanes with line-drawing characters, and without. */
#include "strokes.h"

const struct ct_strokes *ct_strokes_of(const struct ct_look *look)
{
	static const struct ct_strokes unicode = { "│  ", "├─ ", "└─ ", "└  ", "   ", 3 },
				       ascii = {
					       "|   ", "+-- ", "+-- ", "+   ", "    ", 4
				       };

	return look->ascii ? &ascii : &unicode;
}
