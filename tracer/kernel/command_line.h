/* SPDX-License-Identifier: MIT */
/* The command line of an OCI runtime, as a record of its exec has it. */
#ifndef CTTRACE_KERNEL_COMMAND_LINE_H
#define CTTRACE_KERNEL_COMMAND_LINE_H

#include "record.h"

struct ct_command_line {
	bool named;         /* its program has the name of a runtime */
	bool builds;        /* one of its words is a command that leads to a payload */
	bool creates;       /* … that makes a container of a bundle */
	bool says_bundle;   /* --bundle; -b is another option in other programs */
	const char *bundle; /* NULL: none is given */
	size_t bundle_len;
};

/* False: the record has no arguments. */
bool ct_command_line_read(struct ct_command_line *line, const struct ct_record *rec);
/* Does it speak as a runtime does that builds a container? */
static inline bool ct_command_line_is_runtime(const struct ct_command_line *line)
{
	return line->builds && (line->named || line->says_bundle);
}

#endif
