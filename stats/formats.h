/* SPDX-License-Identifier: MIT */
/* One per file; the table is in formats.c. */
#ifndef CTTRACE_STATS_FORMATS_H
#define CTTRACE_STATS_FORMATS_H

#include "cttrace/stats.h"

extern const struct ct_stats_format ct_stats_text, ct_stats_csv, ct_stats_json;

/* What a measure is of, in one word: "create", "runtime", "mount EPERM". */
void ct_measure_label(struct ct_strbuf *out, const struct ct_measure *measure);
/* A number that programs read: as short as it can be and still be the same. */
void ct_measure_number(struct ct_strbuf *out, double value);
/* Of either set. */
const struct ct_measure *ct_row_measure(const struct ct_difference_row *row);

#endif
