/* SPDX-License-Identifier: MIT */
/* Who handed what over to whom. */
#ifndef CTTRACE_MODEL_HANDOVER_H
#define CTTRACE_MODEL_HANDOVER_H

#include "state.h"

/* All of them, at the end of the trace. */
void handover_compute(struct model *m);

/* Adds one, unless an end of it is unknown or both are the same. */
void handover_add(struct model *m, const struct ct_handover *handover);
/* Those that are bytes: messages, fifos, the console. */
void handover_add_messages(struct model *m);
/* What a message says, in a few of its own words. */
const char *handover_label(struct model *m, const struct ct_arg *bytes);

#endif
