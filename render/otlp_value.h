/* SPDX-License-Identifier: MIT */
/* Values as the JSON encoding of OTLP wants them. */
#ifndef CTTRACE_RENDER_OTLP_VALUE_H
#define CTTRACE_RENDER_OTLP_VALUE_H

#include "cttrace/model.h"

#include <jansson.h>

enum ct_otlp_kind { CT_OTLP_ROOT, CT_OTLP_PHASE, CT_OTLP_PROCESS };

/* 16 and 8 bytes in hexadecimal, the same whenever the same trace is rendered. */
json_t *ct_otlp_trace_id(const struct ct_model *model, int group);
json_t *ct_otlp_span_id(enum ct_otlp_kind kind, int index);
/* Nanoseconds of the epoch; 64-bit numbers are strings. */
json_t *ct_otlp_time(const struct ct_model *model, int64_t t_ns);

/* Append an attribute; one that is not known ("" or NULL) is left out. */
void ct_otlp_string(json_t *attributes, const char *key, const char *value);
void ct_otlp_strings(json_t *attributes, const char *key, const char *const *values,
		     size_t n);
void ct_otlp_int(json_t *attributes, const char *key, int64_t value);

#endif
