/* SPDX-License-Identifier: MIT */
/*
 * The first pass over a log: who creates whom, and what the header of the trace says. A
 * child's first lines may come long before its parent's clone returns.
 */
#ifndef CTTRACE_IMPORT_SURVEY_H
#define CTTRACE_IMPORT_SURVEY_H

#include "symbols.h"
#include "who.h"

#include "cttrace/event.h"

struct ct_log_birth {
	uint64_t line;    /* where the call began */
	uint32_t creator; /* serial */
	int32_t child;    /* as the log numbers it; 0: not known, -1: there is none */
	uint64_t flags;   /* with the exit signal, as clone has it */
	uint32_t serial;  /* whose birth it is; 0: nobody's */
};

struct ct_log_arrival {
	uint64_t line;
	int32_t pid;
	size_t birth; /* 1 + index into births; 0: nobody created it in the log */
};

struct ct_log_survey {
	struct ct_log_who who;
	struct ct_log_birth *births;
	size_t n_births, cap_births;
	struct ct_log_arrival *arrivals; /* of serial n + 1 */
	size_t n_arrivals, cap_arrivals;
	size_t *begun; /* of serial n + 1: 1 + index of the birth that has no end yet */
	size_t cap_begun;
	uint64_t lines;
	bool has_times, has_epoch;
	bool has_networks; /* somebody asks the kernel for one, over netlink */
	int64_t first_ns;  /* the first time of a line */
	struct ct_arena arena;
	struct ct_arg *argv; /* of the first execve; NULL */
	size_t n_argv;
};

void ct_log_survey_line(struct ct_log_survey *survey, const struct ct_log_line *line,
			const struct ct_symbols *symbols);
/* After the last line: binds births to tasks. */
void ct_log_survey_settle(struct ct_log_survey *survey);
void ct_log_survey_release(struct ct_log_survey *survey);

#endif
