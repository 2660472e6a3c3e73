/* SPDX-License-Identifier: MIT */
/* Parents, depths and folds of the processes that are drawn. */
#include "family.h"

#include "alloc.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

/* Two of a name are still easier to read than "×2". */
#define FOLD_FROM 3
/* Different names that a parent's children are compared with. */
#define KINDS_MAX 32

bool ct_family_is_actor(const struct ct_model *model, int process)
{
	static const bool actors[CT_ROLES] = {
		[CT_ROLE_ENGINE] = true,  [CT_ROLE_DAEMON] = true,
		[CT_ROLE_MONITOR] = true, [CT_ROLE_RUNTIME] = true,
		[CT_ROLE_INIT] = true,
	};
	const struct ct_process *p = &model->processes[process];

	return process == model->root || ct_is_init(model, process) ||
	       ((unsigned int)p->role < CT_ROLES && actors[p->role]);
}

/* A creator comes before its child; an index that does not is not followed. */
static int shown_creator(const struct ct_model *model, const struct ct_member *members,
			 int process)
{
	for (;;) {
		int creator = model->processes[process].creator;

		if (creator < 0 || creator >= process)
			return -1;
		if (members[creator].shown)
			return creator;
		process = creator;
	}
}

static bool same_kind(const struct ct_model *model, int a, int b)
{
	struct ct_strbuf left = CT_STRBUF_INIT, right = CT_STRBUF_INIT;
	bool same;

	ct_label_name(&left, model, a);
	ct_label_name(&right, model, b);
	same = !strcmp(left.data, right.data) &&
	       model->processes[a].role == model->processes[b].role &&
	       model->processes[a].inside == model->processes[b].inside;
	ct_strbuf_release(&left);
	ct_strbuf_release(&right);
	return same;
}

static bool may_fold(const struct ct_model *model, const struct ct_member *m, int process)
{
	return m->shown && m->quiet && !m->n_children && m->parent >= 0 &&
	       !ct_family_is_actor(model, process);
}

/*
 * Gives each foldable process the first one of its kind with the same parent. `latest`
 * chains the kinds of each parent, so that only candidates are compared.
 */
static void find_folds(const struct ct_model *model, struct ct_member *members)
{
	size_t n = model->n_processes;
	int *latest = ct_alloc(n * sizeof(*latest));
	int *next = ct_alloc(n * sizeof(*next));

	memset(latest, -1, n * sizeof(*latest));
	for (size_t i = 0; i < n; i++) {
		struct ct_member *m = &members[i];
		int other, tries = KINDS_MAX;

		if (!may_fold(model, m, (int)i))
			continue;
		other = latest[m->parent];
		while (other >= 0 && tries-- && !same_kind(model, other, (int)i))
			other = next[other];
		if (other >= 0 && tries >= 0) {
			m->fold = other;
			members[other].n_folded++;
			continue;
		}
		next[i] = latest[m->parent];
		latest[m->parent] = (int)i;
	}
	free(latest);
	free(next);
}

struct ct_member *ct_family_new(const struct ct_model *model, const unsigned int *flags)
{
	size_t n = model->n_processes;
	struct ct_member *members = ct_alloc(n * sizeof(*members));

	for (size_t i = 0; i < n; i++) {
		members[i].shown = (flags[i] & CT_FAMILY_SHOWN) &&
				   ct_process_is_shown(model, (int)i);
		members[i].quiet = flags[i] & CT_FAMILY_QUIET;
	}
	for (size_t i = 0; i < n; i++) {
		struct ct_member *m = &members[i];

		m->parent = shown_creator(model, members, (int)i);
		m->depth = m->parent < 0 ? 0 : members[m->parent].depth + 1;
		m->fold = (int)i;
		m->n_folded = 1;
		if (m->parent >= 0 && m->shown)
			members[m->parent].n_children++;
	}
	find_folds(model, members);
	for (size_t i = 0; i < n; i++) {
		struct ct_member *m = &members[i];
		struct ct_member *first = &members[m->fold];

		if (m->fold != (int)i && first->n_folded < FOLD_FROM)
			m->fold = (int)i;
	}
	for (size_t i = 0; i < n; i++)
		if (members[i].n_folded < FOLD_FROM)
			members[i].n_folded = 1;
	return members;
}
