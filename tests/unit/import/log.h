/* SPDX-License-Identifier: MIT */
/* A log in memory, imported, and its events in a few words each. */
#ifndef CTTRACE_TESTS_IMPORT_LOG_H
#define CTTRACE_TESTS_IMPORT_LOG_H

#include "log_import.h"

struct log {
	struct ct_trace *trace;
	struct ct_log_counts counts;
};

struct log log_of(const char *text);
void log_free(struct log *log);
/* "12 mount("/a", "/b", NULL, MS_BIND, NULL) = 0"; of the n-th event that is no task. */
const char *log_says(struct log *log, size_t n);
/* The event of that number, of all. */
const struct ct_event *log_event(struct log *log, size_t n);

#endif
