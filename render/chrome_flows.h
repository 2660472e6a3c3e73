/* SPDX-License-Identifier: MIT */
/* Arrows of Chrome trace events, and what they have in common with spans. */
#ifndef CTTRACE_RENDER_CHROME_FLOWS_H
#define CTTRACE_RENDER_CHROME_FLOWS_H

#include "cttrace/model.h"
#include "stream.h"

void ct_chrome_flows(struct ct_stream *stream, const struct ct_model *model);

/* Members of an event: its track; a word; a time, in microseconds. */
void ct_chrome_where(struct ct_json_out *out, uint32_t pid, uint32_t tid);
void ct_chrome_word(struct ct_json_out *out, const char *key, const char *word);
void ct_chrome_micros(struct ct_json_out *out, const char *key, int64_t t_ns);

#endif
