/* SPDX-License-Identifier: MIT */
/* Symbolic links that payloads make, so that the files behind them have their names. */
#ifndef CTTRACE_MODEL_LINKS_H
#define CTTRACE_MODEL_LINKS_H

#include "state.h"

/* A call that succeeded. */
void links_event(const struct feed *f);
/* Where the path leads for the event's task; `path` itself if it is not known to lead
 * anywhere else. `last`: also if its last name is a link. */
const char *links_follow(const struct feed *f, const char *path, bool last);

#endif
