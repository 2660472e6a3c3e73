/* SPDX-License-Identifier: MIT */
/* Descriptors that one process sends to another through a local socket. */
#ifndef CTTRACE_MODEL_HANDOVER_RIGHTS_H
#define CTTRACE_MODEL_HANDOVER_RIGHTS_H

#include "state.h"

/* Adds the hand-over that a sendmsg is, if it has sent descriptors to somebody known. */
void handover_rights(struct model *m, size_t fact);

#endif
