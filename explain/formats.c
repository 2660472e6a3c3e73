/* SPDX-License-Identifier: MIT */
/* The table of the formats of a diagnosis. */
#include "formats.h"

#include <string.h>

const struct ct_explain_format *const ct_explain_formats[] = {
	&ct_explain_text,
	&ct_explain_markdown,
	&ct_explain_json,
	NULL,
};

const struct ct_explain_format *ct_explain_find(const char *name)
{
	for (size_t i = 0; ct_explain_formats[i]; i++)
		if (!strcmp(ct_explain_formats[i]->name, name))
			return ct_explain_formats[i];
	return NULL;
}
