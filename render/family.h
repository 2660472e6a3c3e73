/* SPDX-License-Identifier: MIT */
/*
 * The tree of processes as it is drawn: who made whom, without the forks that have
 * nothing to tell, and with repeated helpers as one.
 */
#ifndef CTTRACE_RENDER_FAMILY_H
#define CTTRACE_RENDER_FAMILY_H

#include "cttrace/model.h"

/* What the caller says about each process. */
enum {
	CT_FAMILY_SHOWN = 1 << 0, /* has something to tell */
	CT_FAMILY_QUIET = 1 << 1, /* nothing that would be lost in "name ×24" */
};

struct ct_member {
	int parent; /* the nearest creator that is shown; -1 */
	int depth;
	bool shown;
	bool quiet;
	int fold;       /* the process it is shown as: itself, when it is not folded */
	int n_folded;   /* how many are shown as this one, itself included */
	int n_children; /* shown ones */
};

/* An array of model->n_processes members, from `flags` of each process. Freed by free().
 */
struct ct_member *ct_family_new(const struct ct_model *model, const unsigned int *flags);

/* Roles whose processes differ by what they do, whatever they are called. */
bool ct_family_is_actor(const struct ct_model *model, int process);

#endif
