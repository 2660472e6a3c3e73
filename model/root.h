/* SPDX-License-Identifier: MIT */
/* The moment at which "/" becomes the container's. */
#ifndef CTTRACE_MODEL_ROOT_H
#define CTTRACE_MODEL_ROOT_H

#include "state.h"

/* After pivot_root, chroot, or a mount that was moved over "/". */
void root_switched(struct feed *f);
/* A payload turned up below a root that was switched by the former payload (a script). */
void root_settle(struct model *m, int task, int site);

#endif
