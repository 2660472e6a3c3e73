/* SPDX-License-Identifier: MIT */
/* A container's set of namespaces: what each was, what it became, and by whom. */
#ifndef CTTRACE_MODEL_LEDGER_H
#define CTTRACE_MODEL_LEDGER_H

#include "state.h"

/* Starts the ledger of a new site, whose builder is `task`. */
void ledger_base(struct model *m, struct site *s, int task);
/* Enters the changes that the event has caused; `by` is the process that made them. */
void ledger_note(const struct feed *f, int site, int by);

#endif
