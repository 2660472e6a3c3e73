/* SPDX-License-Identifier: MIT */
/* Device rules of cgroup v2: programs that are loaded, and attached to a cgroup. */
#ifndef CTTRACE_MODEL_DEVICE_H
#define CTTRACE_MODEL_DEVICE_H

#include "state.h"

void device_bpf(struct feed *f);

#endif
