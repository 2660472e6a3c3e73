/* SPDX-License-Identifier: MIT */
/* The tracer's own process, and what it tells the front end. */
#ifndef CTTRACE_TRACER_TRACER_PROCESS_H
#define CTTRACE_TRACER_TRACER_PROCESS_H

#include "session.h"

enum ct_message_kind {
	CT_MESSAGE_FAILED,     /* the command is not traced and does not run: error */
	CT_MESSAGE_ROOT_ENDED, /* footer, tasks_left, error of writing */
	CT_MESSAGE_STOPPED,    /* the trace is closed: footer, error of writing */
};

/* One write to a pipe: smaller than PIPE_BUF, so it arrives whole. */
struct ct_message {
	enum ct_message_kind kind;
	struct ct_trace_footer footer;
	uint64_t tasks_left;
	struct ct_error error;
};

struct ct_tracer_process {
	const struct ct_session_options *options;
	bool filtered;
	pid_t front_end;
	int command_fd; /* the command's pid comes from here */
	int go_fd;      /* a byte lets it run */
	int message_fd; /* to the front end */
};

/* Traces until nobody is left. Never returns. */
void ct_tracer_process_main(const struct ct_tracer_process *tp) __attribute__((noreturn));

#endif
