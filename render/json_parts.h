/* SPDX-License-Identifier: MIT */
/* The parts of a report, each a new JSON value that its caller owns. */
#ifndef CTTRACE_RENDER_JSON_PARTS_H
#define CTTRACE_RENDER_JSON_PARTS_H

#include "cttrace/model.h"

#include <jansson.h>

/* Bytes of the trace as a string (escaped as docs/report-format.md says); NULL is null.
 */
json_t *ct_json_bytes(const char *bytes, size_t len);
json_t *ct_json_text(const char *text);
json_t *ct_json_known(const char *text); /* null also for "" */
json_t *ct_json_argv(const char *const *argv, size_t argc);
json_t *ct_json_time(int64_t t_ns);    /* null for a negative one: it never was */
json_t *ct_json_inode(uint64_t inode); /* null for 0: not known */
json_t *ct_json_exit(const struct ct_event_exit *end, bool known);
/* {"pid", "serial"}; null for no process */
json_t *ct_json_process_id(const struct ct_model *model, int process);
json_t *ct_json_container_id(const struct ct_model *model, int container);

json_t *ct_json_process(const struct ct_model *model, int process);
json_t *ct_json_container(const struct ct_model *model, int container);
json_t *ct_json_phase(const struct ct_model *model, const struct ct_phase *phase);
json_t *ct_json_event(const struct ct_model *model, const struct ct_fact *fact);
json_t *ct_json_finding(const struct ct_finding *finding);

/* An array of the results of make(model, 0) … make(model, n - 1). */
json_t *ct_json_array(const struct ct_model *model, size_t n,
		      json_t *(*make)(const struct ct_model *model, int index));

#endif
