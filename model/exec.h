/* SPDX-License-Identifier: MIT */
/* What an exec says about roles. */
#ifndef CTTRACE_MODEL_EXEC_H
#define CTTRACE_MODEL_EXEC_H

#include "state.h"

/* The last exec of f->process: its role from now on, and the container that it is for. */
void exec_judge(const struct feed *f);

#endif
