/* SPDX-License-Identifier: MIT */
/* The files of a cgroup that say how much it uses, and what is in them. */
#ifndef CTTRACE_METER_FILES_H
#define CTTRACE_METER_FILES_H

#include "cttrace/event.h"
#include "span.h"

/* One file; its rows in files.def are first_row … first_row + n_rows - 1. */
struct ct_meter_file {
	int version;            /* of cgroups: 1, 2 */
	const char *controller; /* "" is the cgroup itself */
	const char *name;
	size_t first_row, n_rows;
};

#define CT_METER_FILES_MAX 64

/* Fills files[] with all there are, in the order of files.def; how many. */
size_t ct_meter_files(struct ct_meter_file files[CT_METER_FILES_MAX]);

/*
 * What the text of a file says, into figures that are not known (-1) so far. No limit
 * ("max", or all the bytes there are) leaves -1; so does whatever is not as it should be.
 */
void ct_meter_parse(int64_t figures[CT_FIGURES], const struct ct_meter_file *file,
		    struct ct_span text);

#endif
