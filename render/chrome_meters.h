/* SPDX-License-Identifier: MIT */
/* The samples of cgroups as counters of a Chrome trace. */
#ifndef CTTRACE_RENDER_CHROME_METERS_H
#define CTTRACE_RENDER_CHROME_METERS_H

#include "cttrace/model.h"
#include "stream.h"

/* Items of traceEvents; the cgroups are processes with ids from `pid` on. */
void ct_chrome_meters(struct ct_stream *stream, const struct ct_model *model,
		      int64_t pid);

#endif
