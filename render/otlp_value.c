/* SPDX-License-Identifier: MIT */
/* Identities, times and attributes of OTLP. */
#include "otlp_value.h"

#include "lookup.h"
#include "report.h"

#include <inttypes.h>
#include <string.h>

/* FNV-1a: spreads well enough for an identity that nobody attacks. */
static uint64_t hash(uint64_t seed, const void *bytes, size_t len)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < len; i++)
		seed = (seed ^ byte[i]) * 0x100000001b3;
	return seed;
}

static uint64_t hash_text(uint64_t seed, const char *text)
{
	return hash(seed, text ? text : "", text ? strlen(text) + 1 : 1);
}

json_t *ct_otlp_trace_id(const struct ct_model *model, int group)
{
	const struct ct_trace_header *h = model->header;
	const struct ct_container *c = ct_container_at(model, group);
	uint64_t half = 0xcbf29ce484222325;
	uint64_t other;

	half = hash(half, &h->start_monotonic_ns, sizeof(h->start_monotonic_ns));
	half = hash(half, &h->start_realtime_ns, sizeof(h->start_realtime_ns));
	half = hash_text(hash_text(half, h->boot_id), c ? c->id : "");
	half = hash(half, &group, sizeof(group));
	other = hash_text(half, "cttrace");
	/* all zeros would mean that there is none */
	return json_sprintf("%016" PRIx64 "%016" PRIx64, half, other | 1);
}

json_t *ct_otlp_span_id(enum ct_otlp_kind kind, int index)
{
	return json_sprintf("%08x%08x", (unsigned int)kind + 1, (unsigned int)index);
}

json_t *ct_otlp_time(const struct ct_model *model, int64_t t_ns)
{
	int64_t start_ns = model->header->start_realtime_ns, time_ns;

	if (t_ns < 0 || __builtin_add_overflow(start_ns, t_ns, &time_ns) || time_ns < 0)
		time_ns = start_ns < 0 ? 0 : start_ns;
	return json_sprintf("%" PRId64, time_ns);
}

static json_t *string_value(const char *text)
{
	return json_pack("{s:o}", "stringValue", ct_report_text(text));
}

static void add(json_t *attributes, const char *key, json_t *value)
{
	json_array_append_new(attributes,
			      json_pack("{s:s, s:o}", "key", key, "value", value));
}

void ct_otlp_string(json_t *attributes, const char *key, const char *value)
{
	if (value && *value)
		add(attributes, key, string_value(value));
}

void ct_otlp_strings(json_t *attributes, const char *key, const char *const *values,
		     size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, string_value(values[i]));
	if (n)
		add(attributes, key,
		    json_pack("{s:{s:O}}", "arrayValue", "values", array));
	json_decref(array);
}

void ct_otlp_int(json_t *attributes, const char *key, int64_t value)
{
	add(attributes, key,
	    json_pack("{s:o}", "intValue", json_sprintf("%" PRId64, value)));
}
