/* SPDX-License-Identifier: MIT */
/* What an option's argument is, by what --help calls it. */
#include "pages.h"

#include <string.h>

enum page_kind page_kind(const struct option_row *row)
{
	static const struct {
		const char *arg;
		enum page_kind kind;
	} kinds[] = {
		{ "FILE", PAGE_FILE },
		{ "TRACE", PAGE_FILE },
		{ "USER", PAGE_USER },
		{ "PID", PAGE_PID },
	};

	if (!row->arg || *row->arg == '[')
		return PAGE_NONE;
	if (row->choices)
		return PAGE_WORDS;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(row->arg, kinds[i].arg))
			return kinds[i].kind;
	return PAGE_OTHER;
}
