/* SPDX-License-Identifier: MIT */
/* The table of formats. */
#include "formats.h"

#include <string.h>

const struct ct_diff_format *const ct_diff_formats[] = { &ct_diff_text, &ct_diff_json,
							 &ct_diff_html, NULL };

const struct ct_diff_format *ct_diff_find(const char *name)
{
	for (int i = 0; ct_diff_formats[i]; i++)
		if (!strcmp(ct_diff_formats[i]->name, name))
			return ct_diff_formats[i];
	return NULL;
}
