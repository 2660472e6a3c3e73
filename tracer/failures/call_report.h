/* SPDX-License-Identifier: MIT */
/* What the program is told of a call, and what its reports mean: pure functions. */
#ifndef CTTRACE_FAILURES_CALL_REPORT_H
#define CTTRACE_FAILURES_CALL_REPORT_H

#include "plan.h"
#include "program.h"
#include "recbuf.h"

#include <stdbool.h>

typedef const struct ct_plan *ct_plan_fn(enum ct_arch arch, int64_t nr);

/* What a plan means for calls of that architecture. `files`: the program can walk. */
struct ct_watch_plan ct_report_plan(const struct ct_plan *plan, enum ct_arch arch,
				    bool files);
/* All of them: CT_WATCH_PLANS rows. */
void ct_report_plans(struct ct_watch_plan *rows, ct_plan_fn *plan, bool files);

/* The number of a report's call: it has 32 bits, and may not be alone in its word. */
static inline int64_t ct_report_nr(const struct ct_report *report)
{
	return (int32_t)report->regs[CT_REG_NR];
}
/* The row of a report's call. */
size_t ct_report_row(const struct ct_report *report);

/*
 * A report of `len` bytes as a call in rb; `rows` are those that the program has. -EINVAL
 * when the bytes are none.
 */
int ct_report_record(struct ct_recbuf *rb, const void *bytes, size_t len,
		     const struct ct_watch_plan *rows);

/* Where the bytes of a report's pieces end: not behind `len`, if that made a record. */
size_t ct_report_pieces_end(const struct ct_report *report,
			    const struct ct_watch_plan *row);

#endif
