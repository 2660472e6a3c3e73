/* SPDX-License-Identifier: MIT */
/* What comes of a recording: its trace, events as they happen, a picture at the end. */
#ifndef CTTRACE_CLI_OUTCOME_H
#define CTTRACE_CLI_OUTCOME_H

#include "cttrace/query.h"
#include "cttrace/render.h"
#include "create.h"
#include "options.h"
#include "session.h"
#include "status.h"

struct outcome {
	const struct options *options;
	const struct ct_render_format *format;
	struct ct_query *filter; /* of what is shown: the trace is whole; NULL */
	int trace_fd; /* of the file of -o, or of memory when only a picture is wanted */
	bool shown;
	struct ct_live *live;  /* in the tracer's process */
	struct status *status; /* of a long run, on a terminal; NULL */
};

/* owner: whose file the trace is to be; NULL: ours. 0, or -errno with err filled. */
int outcome_open(struct outcome *outcome, const struct options *options,
		 const struct create_owner *owner, struct ct_error *err);
/* Points the session at it; the session must not outlive it. */
void outcome_connect(struct outcome *outcome, struct ct_session_options *session);
/* The picture, once, if one is wanted. */
int outcome_show(struct outcome *outcome, const struct ct_session_result *result,
		 struct ct_error *err);
void outcome_close(struct outcome *outcome);
/* There was nothing to record: leaves no file behind. */
void outcome_discard(struct outcome *outcome);

#endif
