/* SPDX-License-Identifier: MIT */
/* What the graphs have in common: who is drawn, and how. */
#ifndef CTTRACE_RENDER_DOT_H
#define CTTRACE_RENDER_DOT_H

#include "cast.h"
#include "cttrace/render.h"
#include "dot_scope.h"

struct ct_graph {
	struct ct_strbuf *out;
	const struct ct_model *model;
	const struct ct_render_options *options;
	struct ct_cast cast;
	struct ct_scopes scopes;
	unsigned int *steps; /* by process, ct_steps_of_processes() */
};

typedef void ct_graph_fn(const struct ct_graph *graph);

ct_graph_fn ct_dot_namespaces; /* who made which, who is in them, who joined */
ct_graph_fn ct_dot_handover;   /* what each process got from another one */

void ct_graph_node(const struct ct_graph *graph, int process, const char *indent);
/* A process that is drawn for this one: itself, or who stands for its like; -1. */
int ct_graph_who(const struct ct_graph *graph, int process);
/* Text of a trace, for a label: escaped, and cut to so many cells. */
void ct_graph_text(const struct ct_graph *graph, const char *text, size_t cells);

#endif
