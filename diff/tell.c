/* SPDX-License-Identifier: MIT */
/* The frame of what is told: the two, in short; the time; what there is to be said of
 * both. */
#include "tell.h"

#include "alloc.h"
#include "headline.h"
#include "label.h"

#include <stdlib.h>

struct line *tell_line(struct telling *t, enum line_kind kind, const char *name,
		       const char *a, const char *b)
{
	struct line *line = ct_push(t->lines, t->n_lines, t->cap_lines);

	*line = (struct line){ .kind = kind,
			       .name = ct_arena_strdup(&t->arena, name ? name : ""),
			       .a = ct_arena_strdup(&t->arena, a ? a : ""),
			       .b = ct_arena_strdup(&t->arena, b ? b : "") };
	return line;
}

static void tell_names(struct telling *t)
{
	CT_CLEANUP_STRBUF struct ct_strbuf a = CT_STRBUF_INIT, b = CT_STRBUF_INIT;

	ct_headline_outcome(&a, t->diff->model[CT_DIFF_A]);
	ct_headline_outcome(&b, t->diff->model[CT_DIFF_B]);
	tell_line(t, LINE_NAMES, "", t->names[CT_DIFF_A], t->names[CT_DIFF_B]);
	tell_line(t, LINE_ROW, "", a.data, b.data)->same = true;
}

/* -------- times -------- */

static void add_time(struct ct_strbuf *out, int64_t ns)
{
	if (ns < 0)
		ct_strbuf_adds(out, "-");
	else
		ct_label_duration(out, ns);
}

/* Worth a line: a twentieth of either run. */
static bool is_long(const struct ct_diff *diff, const struct ct_diff_phase *phase)
{
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		if (phase->ns[side] > diff->model[side]->end_ns / 20)
			return true;
	return false;
}

static void tell_phase(struct telling *t, const struct ct_diff_phase *phase)
{
	CT_CLEANUP_STRBUF struct ct_strbuf a = CT_STRBUF_INIT, b = CT_STRBUF_INIT;
	int64_t before = phase->ns[CT_DIFF_A], after = phase->ns[CT_DIFF_B];
	struct line *line;

	add_time(&a, before);
	add_time(&b, after);
	if (before > 0 && after >= 0)
		ct_strbuf_addf(
			&b, "   %+lld %%",
			(long long)((double)(after - before) * 100 / (double)before));
	line = tell_line(t, LINE_ROW, phase->name, a.data, b.data);
	line->same = true;
	line->indent = phase->step != CT_STEP_NONE;
}

static void tell_times(struct telling *t)
{
	bool any = false;

	for (size_t i = 0; i < t->diff->n_phases; i++) {
		if (!t->verbose && !is_long(t->diff, &t->diff->phases[i]))
			continue;
		if (!any)
			tell_line(t, LINE_HEADING,
				  "time per phase (of one run each: chance has a part in "
				  "it)",
				  "", "");
		any = true;
		tell_phase(t, &t->diff->phases[i]);
	}
}

void tell(struct telling *t)
{
	tell_names(t);
	tell_deviations(t);
	tell_aspects(t);
	tell_steps(t);
	tell_times(t);
}

void telling_release(struct telling *t)
{
	free(t->lines);
	ct_arena_release(&t->arena);
}
