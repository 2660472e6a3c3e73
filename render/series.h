/* SPDX-License-Identifier: MIT */
/* The samples of a cgroup as so many values in a row: for lines that are drawn in cells.
 */
#ifndef CTTRACE_RENDER_SERIES_H
#define CTTRACE_RENDER_SERIES_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

enum ct_series_kind {
	CT_SERIES_MEMORY, /* bytes */
	CT_SERIES_CPU,    /* thousandths of a CPU */
	CT_SERIES_PIDS,   /* tasks */
	CT_SERIES_IO,     /* bytes read and written in a second */
	CT_SERIES_KINDS,
};

const char *ct_series_name(enum ct_series_kind kind); /* "memory", "CPU", … */

struct ct_series {
	int64_t *values; /* per cell: the largest one; -1: there was none. To be freed. */
	int64_t peak;    /* the largest; -1: there is none */
	int64_t limit;   /* -1: there is none */
	int64_t top;     /* of a scale for it: what a full cell stands for; never 0 */
};

/* "peak 100 MiB of 100 MiB"; nothing when nothing is known. */
void ct_label_meter(struct ct_strbuf *out, const struct ct_meter *meter,
		    enum ct_series_kind kind);
/* The curve of what is there at a time; NULL: it is used over a time. */
const struct ct_meter_levels *ct_series_levels(const struct ct_meter *meter,
					       enum ct_series_kind kind);
/* -1: there is none. */
int64_t ct_series_limit(const struct ct_meter *meter, enum ct_series_kind kind);
/* Of a meter from 0 to end_ns. */
struct ct_series ct_series_of(const struct ct_meter *meter, enum ct_series_kind kind,
			      int64_t end_ns, size_t cells);

#endif
