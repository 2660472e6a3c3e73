/* SPDX-License-Identifier: MIT */
/* Which exec is the payload's. */
#ifndef CTTRACE_MODEL_PAYLOAD_H
#define CTTRACE_MODEL_PAYLOAD_H

#include "state.h"

/* Looks at the exec that f->process has just done; true: it runs the payload now. */
bool payload_exec(const struct feed *f);
/* An exec inside failed: the container exists, though its payload does not run. */
void payload_exec_failed(const struct feed *f);

#endif
