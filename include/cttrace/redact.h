/* SPDX-License-Identifier: MIT */
/* Takes out of a trace what should not be shared: see docs/explain.md. */
#ifndef CTTRACE_REDACT_H
#define CTTRACE_REDACT_H

#include "cttrace/trace.h"

/*
 * Replaces in every string of the trace: values of environment variables and of options
 * that have a secret, credentials in URLs, names of users in home paths, of the host, of
 * images. The same name is replaced by the same word everywhere.
 */
void ct_redact(struct ct_trace *trace);

#endif
