/* SPDX-License-Identifier: MIT */
/* Does a program that is attached see what it should? Tried with calls of our own. */
#ifndef CTTRACE_FAILURES_PROBE_H
#define CTTRACE_FAILURES_PROBE_H

#include "program.h"
#include "ring.h"

#include <stdbool.h>

struct ct_probe {
	int tasks; /* the map */
	struct ct_ring *ring;
	struct ct_watch_plan *rows;
};

/* Does the program report a call that fails for certain, and report it right? */
bool ct_probe_calls(const struct ct_probe *probe);
/* Does it know the name of a file, across a mount, as /proc does? */
bool ct_probe_names(const struct ct_probe *probe);
/* Does it know the protocol of a socket, and its network? */
bool ct_probe_sockets(const struct ct_probe *probe);

#endif
