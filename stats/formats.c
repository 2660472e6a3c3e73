/* SPDX-License-Identifier: MIT */
/* The table of the formats of numbers, and what they share. */
#include "formats.h"

#include "cttrace/errno.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct ct_stats_format *const ct_stats_formats[] = {
	&ct_stats_text,
	&ct_stats_csv,
	&ct_stats_json,
	NULL,
};

const struct ct_stats_format *ct_stats_find(const char *name)
{
	for (size_t i = 0; ct_stats_formats[i]; i++)
		if (!strcmp(ct_stats_formats[i]->name, name))
			return ct_stats_formats[i];
	return NULL;
}

void ct_measure_label(struct ct_strbuf *out, const struct ct_measure *measure)
{
	if (measure->kind == CT_MEASURE_RUN)
		ct_strbuf_adds(out, "whole run");
	else if (measure->kind == CT_MEASURE_ROLE)
		ct_strbuf_adds(out, ct_role_name(measure->role));
	else
		ct_strbuf_adds(out, measure->name);
	if (measure->kind == CT_MEASURE_FAILURE)
		ct_strbuf_addf(out, " %s", ct_errno_name(measure->error));
}

void ct_measure_number(struct ct_strbuf *out, double value)
{
	char text[32];

	if (value == floor(value) && fabs(value) < 1e15) {
		ct_strbuf_add_int(out, (int64_t)value);
		return;
	}
	for (int digits = 1; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	ct_strbuf_adds(out, text);
}

const struct ct_measure *ct_row_measure(const struct ct_difference_row *row)
{
	return row->first ? row->first : row->second;
}
