/* SPDX-License-Identifier: MIT */
/* What a person should know of a trace before all else. */
#ifndef CTTRACE_FACTS_FINDING_H
#define CTTRACE_FACTS_FINDING_H

#include <stddef.h>

struct ct_finding {
	const char *id;       /* stable: "exit-nonzero", "payload-never-ran" */
	const char *severity; /* "info", "warning", "error" */
	int confidence;       /* percent */
	const char *title;
	long event; /* index into facts[], -1 */
	const char **evidence;
	size_t n_evidence;
	const char *cause, *remedy; /* "" when unknown */
};

#endif
