/* SPDX-License-Identifier: MIT */
/* No call failed: another process, systemd, answered with an error over D-Bus. */
#ifndef CTTRACE_EXPLAIN_REFUSED_H
#define CTTRACE_EXPLAIN_REFUSED_H

#include "subject.h"

bool refused_by_bus(struct subject *s);
void refused_say(struct subject *s);

#endif
