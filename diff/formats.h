/* SPDX-License-Identifier: MIT */
/* The formats of a comparison: each is a file with one of these. */
#ifndef CTTRACE_DIFF_FORMATS_H
#define CTTRACE_DIFF_FORMATS_H

#include "cttrace/diff.h"

extern const struct ct_diff_format ct_diff_text, ct_diff_json, ct_diff_html;

#endif
