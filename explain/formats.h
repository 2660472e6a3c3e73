/* SPDX-License-Identifier: MIT */
/* One per file; the table is in formats.c. */
#ifndef CTTRACE_EXPLAIN_FORMATS_H
#define CTTRACE_EXPLAIN_FORMATS_H

#include "cttrace/explain.h"

extern const struct ct_explain_format ct_explain_text, ct_explain_markdown,
	ct_explain_json;

#endif
