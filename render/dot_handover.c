/* SPDX-License-Identifier: MIT */
/* Hand-overs as a graph: time goes from left to right, a kind has a line of its own. */
#include "alloc.h"
#include "dot.h"
#include "label.h"

#include <stdlib.h>
#include <string.h>

/* All that one process handed to another one in the same way. */
struct bundle {
	const struct ct_handover *first;
	int from, to;
	size_t n; /* hand-overs; those of one label are one */
};

static const struct line {
	const char *style, *words, *lesson;
} lines[CT_HANDOVER_KINDS] = {
	[CT_HANDOVER_FORK] = { "color=\"#9a9a9a\"", "fork" },
	[CT_HANDOVER_NAMESPACE] = { "color=\"#2f5a27\", style=dashed", "namespace" },
	[CT_HANDOVER_CGROUP] = { "color=\"#8a5a00\", style=dotted, penwidth=1.6",
				 "cgroup", "cgroup move" },
	[CT_HANDOVER_MESSAGE] = { "color=\"#1f4e9c\", arrowhead=vee", "message" },
	[CT_HANDOVER_FIFO] = { "color=\"#101010\", style=bold", "fifo" },
	[CT_HANDOVER_CONSOLE] = { "color=\"#6a2c91\", arrowhead=diamond", "terminal" },
};

static int compare(const void *left, const void *right)
{
	const struct bundle *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	if (a->first->kind != b->first->kind)
		return a->first->kind < b->first->kind ? -1 : 1;
	return a->first->event < b->first->event ? -1 : a->first->event > b->first->event;
}

static bool alike(const struct bundle *a, const struct bundle *b)
{
	return a->from == b->from && a->to == b->to && a->first->kind == b->first->kind;
}

/* The labels of a bundle, each once as far as they come in a row, and at most three. */
static void add_labels(const struct ct_graph *g, const struct bundle *bundles, size_t n)
{
	enum { LABELS_MAX = 3, LABEL_CELLS = 24 };
	const char *before = "";
	size_t told = 0;

	for (size_t i = 0; i < n; i++) {
		const char *label = bundles[i].first->label;

		if (!*label || !strcmp(label, before))
			continue;
		if (told++ == LABELS_MAX) {
			ct_strbuf_adds(g->out, g->options->ascii ? " ..." : " …");
			return;
		}
		ct_strbuf_adds(g->out, told > 1 ? ", " : " ");
		ct_graph_text(g, label, LABEL_CELLS);
		before = label;
	}
}

static void add_bundle(const struct ct_graph *g, const struct bundle *bundles, size_t n)
{
	const struct ct_handover *h = bundles->first;
	const struct ct_process *from = &g->model->processes[bundles->from];
	const struct ct_process *to = &g->model->processes[bundles->to];
	const struct line *line = &lines[h->kind];

	ct_graph_link(g, bundles->from, bundles->to);
	/* of what has no lesson of its kind, some have one by their name: exec.fifo */
	ct_graph_teach(g, ct_lesson_find(line->lesson ? line->lesson : h->label));
	ct_strbuf_addf(g->out, "\tp%d -> p%d [label=\"%s", bundles->from, bundles->to,
		       line->words);
	add_labels(g, bundles, n);
	if (n > 1)
		ct_strbuf_addf(g->out, " ×%zu", n);
	ct_strbuf_adds(g->out, "\\n");
	ct_label_ms(g->out, h->to_ns);
	/* to who was there before, an arrow goes back in time */
	ct_strbuf_addf(g->out, " ms\", %s%s];\n", line->style,
		       to->born_ns > from->born_ns ? "" : ", constraint=false");
}

static void add_forks(const struct ct_graph *g, const bool *drawn)
{
	for (size_t i = 0; i < g->model->n_processes; i++)
		if (drawn[i] && g->cast.members[i].parent >= 0) {
			ct_graph_link(g, g->cast.members[i].parent, (int)i);
			ct_strbuf_addf(g->out, "\tp%d -> p%zu [%s];\n",
				       g->cast.members[i].parent, i,
				       lines[CT_HANDOVER_FORK].style);
		}
}

/* Who took part, and those through whom they came to be. */
static void draw(const struct ct_graph *g, struct bundle *bundles, size_t n)
{
	bool *drawn = ct_alloc((g->model->n_processes + 1) * sizeof(*drawn));

	for (size_t i = 0; i < n; i++)
		drawn[bundles[i].from] = drawn[bundles[i].to] = true;
	for (size_t i = g->model->n_processes; i-- > 0;)
		if (drawn[i] && g->cast.members[i].parent >= 0)
			drawn[g->cast.members[i].parent] = true;
	for (size_t i = 0; i < g->model->n_processes; i++)
		if (drawn[i])
			ct_graph_node(g, (int)i, "\t");
	add_forks(g, drawn);
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i + 1; next < n && alike(&bundles[i], &bundles[next]);)
			next++;
		add_bundle(g, &bundles[i], next - i);
	}
	ct_dot_columns(g, drawn);
	free(drawn);
}

void ct_dot_handover(const struct ct_graph *g)
{
	struct bundle *bundles = ct_alloc((g->model->n_handovers + 1) * sizeof(*bundles));
	size_t n = 0;

	for (size_t i = 0; i < g->model->n_handovers; i++) {
		const struct ct_handover *h = &g->model->handovers[i];
		int from = ct_graph_who(g, h->from), to = ct_graph_who(g, h->to);

		if (h->kind != CT_HANDOVER_FORK && from >= 0 && to >= 0 && from != to)
			bundles[n++] =
				(struct bundle){ .first = h, .from = from, .to = to };
	}
	qsort(bundles, n, sizeof(*bundles), compare);
	draw(g, bundles, n);
	if (!n)
		ct_strbuf_adds(g->out,
			       "\tnone [shape=plaintext, label=\"no process handed "
			       "anything to another one\"];\n");
	free(bundles);
}
