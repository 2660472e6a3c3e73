/* SPDX-License-Identifier: MIT */
/* What the spans of OTLP are made from. */
#ifndef CTTRACE_RENDER_OTLP_H
#define CTTRACE_RENDER_OTLP_H

#include "handover.h"
#include "lesson.h"

#include <jansson.h>

struct ct_otlp {
	const struct ct_model *model;
	struct ct_hand_overs overs; /* by who receives */
	size_t *facts;              /* what the spans of processes tell, by process */
	struct ct_event_lessons lessons; /* none without --explain */
	size_t *first_fact;              /* per process, and one more for the end */
};

/* A start is a trace of its own: its container; -1: of none. With only one container,
 * everything belongs to its start. */
int ct_otlp_group(const struct ct_model *model, int container);

/* The command as a whole, or all that served one of several containers. */
json_t *ct_otlp_root_span(const struct ct_otlp *otlp, int group);
/* `owner`: the large phase that a step is part of; -1 for large phases. */
json_t *ct_otlp_phase_span(const struct ct_otlp *otlp, int phase, int owner);
json_t *ct_otlp_process_span(const struct ct_otlp *otlp, int process);

#endif
