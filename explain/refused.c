/* SPDX-License-Identifier: MIT */
/* An answer counts when somebody repeats it: runtimes get errors that they shrug off. */
#include "refused.h"

#include <fnmatch.h>
#include <string.h>

#define TEXT_MIN 8 /* of an error: less is in any message */

static const struct refusal {
	const char *id, *error, *cause, *remedy, *reference;
} refusals[] = {
#define REFUSAL(...) { __VA_ARGS__ },
#include "refusals.def"
#undef REFUSAL
};

/* Without the name that stands before it. */
static const char *text_of(const struct ct_bus_message *answer)
{
	size_t len = strlen(answer->error);

	if (!strncmp(answer->text, answer->error, len) && answer->text[len] == ':')
		return answer->text + len + (answer->text[len + 1] == ' ' ? 2 : 1);
	return answer->text;
}

static const struct message *repeated(const struct subject *s,
				      const struct ct_bus_message *answer)
{
	const char *text = text_of(answer);

	for (size_t i = s->messages->n; i-- > 0;) {
		const struct message *m = &s->messages->items[i];

		if (m->payload || m->warning || m->t_ns < answer->t_ns)
			continue;
		if ((strlen(text) >= TEXT_MIN && strstr(m->text, text)) ||
		    (*answer->error && strstr(m->text, answer->error)))
			return m;
	}
	return NULL;
}

/* The last error that somebody complained about; NULL. */
static const struct ct_bus_message *find(const struct subject *s,
					 const struct message **said)
{
	for (size_t i = s->model->n_bus_messages; i-- > 0;) {
		const struct ct_bus_message *m = &s->model->bus_messages[i];

		if (m->kind != CT_BUS_ERROR || m->sent || m->other < 0)
			continue;
		*said = repeated(s, m);
		if (*said)
			return m;
	}
	return NULL;
}

bool refused_by_bus(struct subject *s)
{
	const struct message *said;

	return find(s, &said) != NULL;
}

static const struct refusal *row_of(const char *error)
{
	const struct refusal *row = refusals;

	while (fnmatch(row->error, error, 0) != 0 && strcmp(row->error, "*") != 0)
		row++;
	return row;
}

void refused_say(struct subject *s)
{
	struct ct_arena *arena = &s->diagnosis->arena;
	const struct ct_bus_message *answer = find(s, &s->message), *call;
	const struct refusal *row = row_of(answer->error);

	call = &s->model->bus_messages[answer->other];
	s->diagnosis->event = (long)call->event;
	s->diagnosis->process = answer->process;
	s->diagnosis->sure = CT_SURE_HIGH;
	s->diagnosis->signature = row->id;
	s->event = s->model->facts[call->event].event;
	s->at_ns = answer->t_ns;
	s->diagnosis->title = subject_title(s);
	subject_remark(s, "seen",
		       ct_arena_printf(arena, "the answer %s: %s, %s", answer->error,
				       text_of(answer),
				       subject_later(s, answer->t_ns - call->t_ns)));
	subject_remark(s, "why",
		       ct_arena_printf(arena, "%s; no system call failed", row->cause));
	subject_remark(s, "try", row->remedy);
	subject_remark(s, "see", row->reference);
}
