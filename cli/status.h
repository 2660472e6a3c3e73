/* SPDX-License-Identifier: MIT */
/*
 * How far a long recording is, at the right of a terminal's last row. Counted where
 * events come in, shown by the front end: these can be two processes.
 */
#ifndef CTTRACE_CLI_STATUS_H
#define CTTRACE_CLI_STATUS_H

#include "cttrace/event.h"
#include "options.h"

#include <stdbool.h>

struct status;

/* NULL where there is no terminal for it, or the command itself writes to it. */
struct status *status_new(const struct options *options);
void status_count(struct status *status, const struct ct_event *event);
void status_show(struct status *status);
void status_hide(struct status *status); /* until it is shown again; NULL is fine */
void status_free(struct status *status); /* off the screen; NULL is fine */

#endif
