/* SPDX-License-Identifier: MIT */
/* What the graphs have in common: who is drawn, and how. */
#ifndef CTTRACE_RENDER_DOT_H
#define CTTRACE_RENDER_DOT_H

#include "cast.h"
#include "cttrace/render.h"
#include "dot_scope.h"
#include "lesson.h"

struct ct_graph {
	struct ct_strbuf *out;
	const struct ct_model *model;
	const struct ct_render_options *options;
	struct ct_cast cast;
	struct ct_scopes scopes;
	unsigned int *steps;  /* by process, ct_steps_of_processes() */
	int *after;           /* by process: see ct_graph_link() */
	struct ct_told *told; /* lessons of what is drawn; NULL: none are wanted */
};

typedef void ct_graph_fn(const struct ct_graph *graph);

ct_graph_fn ct_dot_namespaces; /* who made which, who is in them, who joined */
ct_graph_fn ct_dot_handover;   /* what each process got from another one */

/* An edge between two: they have not one column. Remembered with who was born later. */
void ct_graph_link(const struct ct_graph *graph, int from, int to);
/* Columns by time, of those that are drawn; after their nodes and edges. */
void ct_dot_columns(const struct ct_graph *graph, const bool *drawn);
/* The lesson is about something that is drawn: the legend tells it. NULL is none. */
void ct_graph_teach(const struct ct_graph *graph, const struct ct_lesson *lesson);
/* What is told of a node, as an attribute of it: ", tooltip=…" */
void ct_dot_tooltip(const struct ct_graph *graph, const struct ct_lesson *const *lessons,
		    size_t n);
/* Around all nodes. */
void ct_dot_legend_begin(const struct ct_graph *graph);
void ct_dot_legend_end(const struct ct_graph *graph);

void ct_graph_node(const struct ct_graph *graph, int process, const char *indent);
/* A process that is drawn for this one: itself, or who stands for its like; -1. */
int ct_graph_who(const struct ct_graph *graph, int process);
/* Text of a trace, for a label: escaped, and cut to so many cells. */
void ct_graph_text(const struct ct_graph *graph, const char *text, size_t cells);
/* Likewise in two lines: wide boxes make a graph that no slide has room for. */
void ct_graph_lines(const struct ct_graph *graph, const char *text);

#endif
