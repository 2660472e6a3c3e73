/* SPDX-License-Identifier: MIT */
/* The clock of every time in a trace. */
#ifndef CTTRACE_LIB_MONOTONIC_H
#define CTTRACE_LIB_MONOTONIC_H

#include <stdint.h>

/* CLOCK_MONOTONIC, in nanoseconds: nobody sets it, and BPF programs read the same one. */
int64_t ct_monotonic_ns(void);

#endif
