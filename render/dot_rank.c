/* SPDX-License-Identifier: MIT */
/* Time in a graph: who was born later never stands left of who was born before. */
#include "alloc.h"
#include "dot.h"
#include "label.h"

#include <stdlib.h>

/* A graph of more columns is a strip that nobody can read: the tree alone orders it. */
enum { COLUMNS_MAX = 12 };

void ct_graph_link(const struct ct_graph *g, int from, int to)
{
	int later = from > to ? from : to, earlier = from > to ? to : from;

	/* columns only grow: who was born last of them stands furthest to the right */
	if (earlier < later && g->after[later] < earlier)
		g->after[later] = earlier;
}

/* The column of each process that is drawn; -1. Gives back how many there are. */
static int find_columns(const struct ct_graph *g, const bool *drawn, int *columns)
{
	int last = 0;

	for (size_t i = 0; i < g->model->n_processes; i++) {
		int after = g->after[i];

		columns[i] = -1;
		if (!drawn[i])
			continue;
		if (after >= 0 && columns[after] == last)
			last++;
		columns[i] = last;
	}
	return last + 1;
}

/* The time at which the first of a column was born, above it. */
static void add_axis(const struct ct_graph *g, const int *columns, int n)
{
	int column = 0;

	ct_strbuf_adds(g->out, "\tnode [shape=plaintext, fontcolor=\"#505050\"];\n"
			       "\tedge [color=\"#909090\", arrowsize=0.5, weight=9];\n");
	for (size_t i = 0; i < g->model->n_processes && column < n; i++) {
		if (columns[i] != column)
			continue;
		ct_strbuf_addf(g->out, "\tt%d [label=\"", column);
		ct_label_ms(g->out, g->model->processes[i].born_ns);
		ct_strbuf_adds(g->out, " ms\"];\n");
		if (column)
			ct_strbuf_addf(g->out, "\tt%d -> t%d;\n", column - 1, column);
		column++;
	}
}

void ct_dot_columns(const struct ct_graph *g, const bool *drawn)
{
	int *columns = ct_alloc((g->model->n_processes + 1) * sizeof(*columns));
	int n = find_columns(g, drawn, columns);

	if (n < 2 || n > COLUMNS_MAX) {
		free(columns);
		return;
	}
	add_axis(g, columns, n);
	for (int column = 0; column < n; column++) {
		ct_strbuf_addf(g->out, "\t{ rank=same; t%d;", column);
		for (size_t i = 0; i < g->model->n_processes; i++)
			if (columns[i] == column)
				ct_strbuf_addf(g->out, " p%zu;", i);
		ct_strbuf_adds(g->out, " }\n");
	}
	free(columns);
}
