/* SPDX-License-Identifier: MIT */
/* Choosing the processes of a diagram. */
#include "cast.h"

#include "alloc.h"

#include <stdlib.h>

bool ct_cast_has(const struct ct_cast *cast, int process)
{
	return process >= 0 && cast->members[process].shown &&
	       cast->members[process].fold == process;
}

static bool is_minor(const struct ct_cast *cast, const struct ct_model *model,
		     int process)
{
	const struct ct_member *m = &cast->members[process];

	return ct_cast_has(cast, process) && !m->n_children && m->quiet &&
	       m->parent >= 0 && !ct_family_is_actor(model, process);
}

static void leave_out(struct ct_cast *cast, const struct ct_model *model, size_t max)
{
	for (int i = (int)model->n_processes; i-- > 0 && cast->n > max;) {
		struct ct_member *m = &cast->members[i];

		if (!is_minor(cast, model, i))
			continue;
		cast->members[m->parent].n_children--;
		cast->left_out += (size_t)m->n_folded;
		m->shown = false;
		cast->n--;
	}
}

void ct_cast_init(struct ct_cast *cast, const struct ct_model *model, int verbose,
		  size_t max)
{
	unsigned int *flags = ct_alloc(model->n_processes * sizeof(*flags));

	*cast = (struct ct_cast){ .end = model->n_processes };
	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		if (verbose || p->n_execs || p->n_ns_changes ||
		    p->how == CT_BIRTH_ATTACHED || p->how == CT_BIRTH_ROOT || p->inside)
			flags[i] |= CT_FAMILY_SHOWN;
		if (!verbose && !p->n_ns_changes)
			flags[i] |= CT_FAMILY_QUIET;
	}
	cast->members = ct_family_new(model, flags);
	free(flags);
	for (size_t i = 0; i < model->n_processes; i++)
		cast->n += ct_cast_has(cast, (int)i);
	leave_out(cast, model, max);
}

/* Who made others began before them: what is left is a whole tree. */
void ct_cast_cut(struct ct_cast *cast, const struct ct_model *model, size_t most)
{
	for (size_t i = model->n_processes; i-- > 0 && cast->n > most;) {
		struct ct_member *m = &cast->members[i];

		if (!ct_cast_has(cast, (int)i))
			continue;
		if (m->parent >= 0)
			cast->members[m->parent].n_children--;
		cast->cut += (size_t)m->n_folded;
		cast->end = i;
		m->shown = false;
		cast->n--;
	}
}

void ct_cast_note(struct ct_strbuf *out, const struct ct_cast *cast,
		  const char *separator)
{
	if (cast->left_out)
		ct_strbuf_addf(out, "%s%zu helpers are not drawn", separator,
			       cast->left_out);
	if (cast->cut)
		ct_strbuf_addf(out, "%sthe last %zu processes are not drawn (--filter)",
			       cast->left_out ? " · " : separator, cast->cut);
}

void ct_cast_release(struct ct_cast *cast)
{
	free(cast->members);
	cast->members = NULL;
}
