/* SPDX-License-Identifier: MIT */
/* What a report says of files, into the blobs that a stop would have copied. */
#ifndef CTTRACE_FAILURES_FILE_REPORT_H
#define CTTRACE_FAILURES_FILE_REPORT_H

#include "plan.h"
#include "program.h"
#include "recbuf.h"

/* From a file up to the root, each ended by a NUL. */
struct ct_names {
	const char *at;
	size_t len;
};

/*
 * Adds the names of its files to the call in rb, which was made of the report: `walks`
 * are the `len` bytes after its pieces. Names that do not end are not known.
 */
void ct_file_report_add(struct ct_recbuf *rb, const struct ct_report *report,
			const struct ct_watch_plan *row, const struct ct_plan *plan,
			struct ct_names walks);

/*
 * The program lets more pass than is wanted, because it looks at less: is this one that
 * a stop would have kept? Not for calls that fail.
 */
bool ct_file_report_wanted(const struct ct_record *rec, const struct ct_report *report,
			   const struct ct_watch_plan *row, const struct ct_plan *plan);

#endif
