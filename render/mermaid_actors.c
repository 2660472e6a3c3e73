/* SPDX-License-Identifier: MIT */
/* The head of a sequence diagram: who has a lifeline, and in which box. */
#include "alloc.h"
#include "label.h"
#include "lookup.h"
#include "mermaid.h"

#include <stdlib.h>

enum { NAME_CELLS = 32 };

static void add_actor(struct ct_strbuf *out, const struct ct_model *model, int process)
{
	const struct ct_process *p = &model->processes[process];
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	ct_label_process(&name, model, process);
	ct_strbuf_addf(out, "    participant p%d as ", process);
	ct_mermaid_text(out, name.data, NAME_CELLS);
	if (p->role != CT_ROLE_UNKNOWN)
		ct_strbuf_addf(out, "<br/>%s", ct_role_name(p->role));
	ct_strbuf_addc(out, '\n');
}

/* Those outside come first; then container by container, as they were born. */
static int compare_actors(const void *left, const void *right, void *model)
{
	const struct ct_process *processes = ((const struct ct_model *)model)->processes;
	int a = *(const int *)left, b = *(const int *)right;
	int box_a = processes[a].inside ? processes[a].container : -1;
	int box_b = processes[b].inside ? processes[b].container : -1;

	return box_a != box_b ? (box_a > box_b) - (box_a < box_b) : (a > b) - (a < b);
}

static void open_box(struct ct_strbuf *out, const struct ct_model *model, int container)
{
	const struct ct_container *c = ct_container_at(model, container);
	CT_CLEANUP_STRBUF struct ct_strbuf id = CT_STRBUF_INIT;

	if (c)
		ct_label_id(&id, c->id);
	ct_strbuf_adds(out, "    box transparent container ");
	ct_mermaid_text(out, id.data, NAME_CELLS);
	ct_strbuf_addc(out, '\n');
}

/* Those in a container stand in a box of their own. */
void ct_mermaid_actors(struct ct_strbuf *out, const struct ct_model *model,
		       const bool *stands)
{
	int *actors = ct_alloc((model->n_processes + 1) * sizeof(*actors));
	size_t n = 0;
	int box = -1;

	for (size_t i = 0; i < model->n_processes; i++)
		if (stands[i])
			actors[n++] = (int)i;
	qsort_r(actors, n, sizeof(*actors), compare_actors, (void *)(uintptr_t)model);
	for (size_t i = 0; i < n; i++) {
		const struct ct_process *p = &model->processes[actors[i]];
		int its = p->inside ? p->container : -1;

		if (its != box && box >= 0)
			ct_strbuf_adds(out, "    end\n");
		if (its != box)
			open_box(out, model, its);
		box = its;
		add_actor(out, model, actors[i]);
	}
	if (box >= 0)
		ct_strbuf_adds(out, "    end\n");
	free(actors);
}
