/* SPDX-License-Identifier: MIT */
/* One line of a log, taken apart as far as it can be without knowing any other line. */
#ifndef CTTRACE_IMPORT_LINE_H
#define CTTRACE_IMPORT_LINE_H

#include "prefix.h"

enum ct_log_kind {
	CT_LOG_STRANGE,    /* none of the following */
	CT_LOG_CALL,       /* name, args, result */
	CT_LOG_BEGUN,      /* name, args; the rest comes later, in a RESUMED */
	CT_LOG_RESUMED,    /* name, which may be empty, the rest of args, result */
	CT_LOG_CUT,        /* name, and the beginning of args: the line has no end */
	CT_LOG_SIGNAL,     /* name */
	CT_LOG_EXITED,     /* number: the status */
	CT_LOG_KILLED,     /* name of the signal; core */
	CT_LOG_SUPERSEDED, /* number: the thread whose execve took over this id */
	CT_LOG_FRAME,      /* args: of the stack of the call before */
	CT_LOG_TOOL,       /* args: what strace says about itself */
	CT_LOG_BITS, /* number: the pid's program runs in this mode from here on: 32, 64;
		      * 0 x32
		      */
	CT_LOG_EMPTY,
};

struct ct_log_line {
	enum ct_log_kind kind;
	struct ct_log_prefix prefix;
	struct ct_span name;
	struct ct_span args;   /* without the parentheses */
	struct ct_span result; /* behind the "=" */
	int64_t dur_ns;        /* -1: not said */
	int64_t number;
	bool core;
	int32_t attached; /* strace said so in the middle of it: this child is followed */
	bool ongoing;     /* of a BEGUN: strace let go of the task then */
	bool by_number;   /* strace did not know the call: its arguments are plain numbers
			   */
};

/* Spans of *line are of the text that is given. */
void ct_log_line(struct ct_span text, struct ct_log_line *line);

/* Takes "strace: Process 12 attached" off the end; the pid, 0: it is not there. */
int32_t ct_log_take_attached(struct ct_span *text);

/*
 * The end of a value or a list of values: a comma or closing bracket that belongs to none
 * of the brackets, strings, comments and annotations before it. NULL: there is none.
 */
const char *ct_log_value_end(struct ct_span text, bool past_commas);

#endif
