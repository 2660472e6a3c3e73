/* SPDX-License-Identifier: MIT */
/* When each step of a runtime was worked on. */
#ifndef CTTRACE_MODEL_STEP_H
#define CTTRACE_MODEL_STEP_H

#include "state.h"

/* The event was a piece of work on that step. */
void step_note(const struct feed *f, enum ct_step step);
/* The event is the payload's exec: with it the steps are complete. */
void step_payload(const struct feed *f, int site);

/* When the event was over; times in a trace may be anything. */
int64_t step_event_end(const struct ct_event *event);

#endif
