/* SPDX-License-Identifier: MIT */
/* Numbers of steps beside processes, phases and what they have made. */
#include "steps.h"

#include "alloc.h"

#include <string.h>

unsigned int *ct_steps_of_processes(const struct ct_model *model)
{
	unsigned int *steps = ct_alloc((model->n_processes + 1) * sizeof(*steps));

	for (size_t i = 0; i < model->n_facts; i++) {
		const struct ct_fact *fact = &model->facts[i];

		if (fact->process >= 0 && fact->step)
			steps[fact->process] |= 1U << fact->step;
	}
	return steps;
}

void ct_steps_add(struct ct_strbuf *out, unsigned int steps)
{
	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++)
		if (steps & 1U << step)
			ct_strbuf_addf(out, " %d", step);
}

void ct_steps_phase(struct ct_strbuf *out, const struct ct_phase *phase)
{
	if (phase->step)
		ct_strbuf_addf(out, "%d ", (int)phase->step);
	ct_strbuf_adds(out, phase->name);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && !strcmp(text + len - n, end);
}

enum ct_step ct_step_of_aspect(const char *aspect)
{
	static const struct {
		const char *end;
		enum ct_step step;
	} rows[] = {
#define STEP_OF(end, step) { end, CT_STEP_##step },
#include "aspect_step.def"
#undef STEP_OF
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (ends_with(aspect, rows[i].end))
			return rows[i].step;
	return CT_STEP_NONE;
}
