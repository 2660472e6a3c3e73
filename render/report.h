/* SPDX-License-Identifier: MIT */
/* The parts of a report, each a new JSON value that its caller owns. */
#ifndef CTTRACE_RENDER_REPORT_H
#define CTTRACE_RENDER_REPORT_H

#include "cttrace/model.h"
#include "json_out.h"

#include <jansson.h>

/* Bytes of the trace as a string (escaped as docs/report-format.md says); NULL is null.
 */
json_t *ct_report_bytes(const char *bytes, size_t len);
json_t *ct_report_text(const char *text);
json_t *ct_report_known(const char *text); /* null also for "" */
json_t *ct_report_argv(const char *const *argv, size_t argc);
json_t *ct_report_time(int64_t t_ns);    /* null for a negative one: it never was */
json_t *ct_report_inode(uint64_t inode); /* null for 0: not known */
json_t *ct_report_errno(int error);      /* "EPERM"; null for 0 */
json_t *ct_report_exit(const struct ct_event_exit *end, bool known);
/* {"pid", "serial"}; null for no process */
json_t *ct_report_process_id(const struct ct_model *model, int process);
json_t *ct_report_container_id(const struct ct_model *model, int container);

/* Where an event of the model is in the report's `events`; null: nowhere, a filter has
 * left it out. */
json_t *ct_report_event(const struct ct_model *model, long event);

json_t *ct_report_process(const struct ct_model *model, int process);
json_t *ct_report_container(const struct ct_model *model, int container);
json_t *ct_report_id_maps(const struct ct_model *model, const struct ct_container *c);
json_t *ct_report_capabilities(const struct ct_container *c, const struct ct_caps *caps);
json_t *ct_report_acts(const struct ct_model *model, const struct ct_container *c);
json_t *ct_report_mount_table(const struct ct_model *model, const struct ct_container *c);
json_t *ct_report_asked(const struct ct_model *model,
			const struct ct_container *c); /* null: no config.json */
json_t *ct_report_changed_files(const struct ct_model *model,
				const struct ct_container *c);
json_t *ct_report_joiners(const struct ct_model *model, const struct ct_container *c);
json_t *ct_report_shares(const struct ct_model *model, int container);
json_t *ct_report_walls(const struct ct_model *model, const struct ct_container *c);
json_t *ct_report_seccomp(const struct ct_container *c);      /* null: it has no filter */
json_t *ct_report_figures(const int64_t figures[CT_FIGURES]); /* the known ones */
json_t *ct_report_meters(const struct ct_model *model, const struct ct_container *c);
json_t *ct_report_phase(const struct ct_model *model, const struct ct_phase *phase);
json_t *ct_report_bus(const struct ct_model *model, const struct ct_fact *fact);
json_t *ct_report_unit(const struct ct_model *model, const struct ct_container *c);
json_t *ct_report_handover(const struct ct_model *model, int handover);
json_t *ct_report_network(const struct ct_model *model, int network);
json_t *ct_report_net_request(const struct ct_model *model, int request);
json_t *ct_report_finding(const struct ct_model *model, const struct ct_finding *finding);

/* There may be millions of events: they are written as they are made. */
void ct_report_put_event(struct ct_json_out *out, const struct ct_model *model,
			 const struct ct_fact *fact);
/* The value of a key, or an item; what is not known is null. */
void ct_report_put_text(struct ct_json_out *out, const char *text);
void ct_report_put_known(struct ct_json_out *out,
			 const char *text); /* null also for "" */
void ct_report_put_argv(struct ct_json_out *out, const char *const *argv, size_t argc);
void ct_report_put_time(struct ct_json_out *out, int64_t t_ns);
void ct_report_put_inode(struct ct_json_out *out, uint64_t inode);

#endif
