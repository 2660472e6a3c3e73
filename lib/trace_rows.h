/* SPDX-License-Identifier: MIT */
/* The keys of a trace's lines; docs/trace-format.md says the same to people. */
#ifndef CTTRACE_LIB_TRACE_ROWS_H
#define CTTRACE_LIB_TRACE_ROWS_H

#include "cttrace/trace.h"
#include "json_field.h"

#define CT_TRACE_MAGIC "cttrace" /* the header's key; its value is the version */
#define CT_TRACE_END   "end"     /* the footer's "ev" */

/* 2^62 - 1: a time plus a duration always fits */
#define CT_TRACE_TIME_MAX (((int64_t)1 << 62) - 1)

extern const struct ct_json_shape ct_trace_header_shape;
extern const struct ct_json_shape ct_trace_footer_shape;
extern const struct ct_json_shape ct_trace_state_shape;
extern const struct ct_json_shape ct_trace_mount_shape;
extern const struct ct_json_shape ct_trace_circumstances_shape;
extern const struct ct_json_shape ct_trace_exit_shape;
/* An argument with a name, as calls and structs have them. */
extern const struct ct_json_shape ct_trace_arg_shape;
/* One without, as lists have them. */
extern const struct ct_json_shape ct_trace_item_shape;

/* uint64_t[CT_NS_LINKS]: {"mnt": inode, …}, without the unknown ones. */
extern const struct ct_json_type ct_trace_ns_links;

/* The line of an event, without its "ev". */
void ct_trace_event_write(struct ct_json_out *line, const struct ct_event *event);
int ct_trace_event_read(struct ct_json_reader *reader, const struct ct_json_node *line,
			enum ct_event_kind kind, struct ct_event *event);

#endif
