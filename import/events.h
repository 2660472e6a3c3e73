/* SPDX-License-Identifier: MIT */
/* The second pass over a log: lines to events. */
#ifndef CTTRACE_IMPORT_EVENTS_H
#define CTTRACE_IMPORT_EVENTS_H

#include "clock.h"
#include "emit.h"
#include "log_import.h"
#include "networks.h"
#include "survey.h"
#include "task.h"

struct ct_log_importer {
	struct ct_symbols *symbols;
	struct ct_log_survey survey;
	struct ct_log_who who;
	struct ct_log_clock clock;
	struct ct_log_emit emit;
	struct ct_log_room room; /* of the tables of descriptors */
	struct ct_log_networks networks;
	struct ct_log_task *tasks; /* of serial n + 1 */
	size_t n_tasks, cap_tasks;
	struct ct_log_counts *counts;
	int64_t now_ns;
	struct ct_error *err;
};

void ct_log_import_line(struct ct_log_importer *im, const struct ct_log_line *line);
/* After the last line: what had not returned when the log ended. */
void ct_log_import_end(struct ct_log_importer *im);
/* A note or a gap; what is too long for one is cut. */
void ct_log_import_words(struct ct_log_importer *im, enum ct_event_kind kind,
			 struct ct_span text, uint64_t count);

#endif
