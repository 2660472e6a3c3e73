/* SPDX-License-Identifier: MIT */
/* What can be asked of an event. */
#ifndef CTTRACE_QUERY_FIELD_H
#define CTTRACE_QUERY_FIELD_H

#include "cttrace/model.h"

enum field_type { FIELD_TEXT, FIELD_NUMBER, FIELD_TIME, FIELD_ERROR };
enum field_from { FIELD_EVENT, FIELD_MODEL };

/* What is asked about. */
struct subject {
	const struct ct_model
		*model; /* NULL, and so `fact`: nothing but the event is known */
	const struct ct_fact *fact;
	const struct ct_event *event;
};

/* Is told each value of a field; true ends it. */
typedef bool field_test_fn(void *ctx, const char *text);

struct field {
	const char *name;
	enum field_type type;
	enum field_from from;
	bool each;
	/* texts: true as soon as the test is */
	bool (*any)(const struct subject *subject, field_test_fn *test, void *ctx);
	/* numbers: false when there is none */
	bool (*number)(const struct subject *subject, int64_t *value);
	/* texts that are one of few words; NULL: any */
	const char *(*word)(int index); /* NULL behind the last one */
};

/* Is it in this phase: of its container, in its time, or a step that it belongs to? */
bool field_is_in_phase(const struct subject *subject, const struct ct_phase *phase);

const struct field *field_find(const char *name);
const struct field *field_at(size_t index); /* NULL behind the last one */

#endif
