/* SPDX-License-Identifier: MIT */
/* Graphs for Graphviz; the first is who made whom, and in which namespaces each is. */
#include "dot.h"

#include "alloc.h"
#include "escape.h"
#include "filter_note.h"
#include "formats.h"
#include "handover.h"
#include "headline.h"
#include "label.h"
#include "steps.h"

#include <stdlib.h>
#include <string.h>

/* As many nodes as a person can read. */
#define NODES_MAX 60
/* As many as are laid out in a moment. */
#define NODES_MOST 300
enum { TITLE_CELLS = 110 };

int ct_graph_who(const struct ct_graph *g, int process)
{
	if (process < 0 || (size_t)process >= g->model->n_processes)
		return -1;
	if (!ct_cast_has(&g->cast, process))
		process = g->cast.members[process].fold;
	return process >= 0 && ct_cast_has(&g->cast, process) ? process : -1;
}

static bool is_empty(const struct ct_graph *g, size_t scope)
{
	for (size_t i = 0; i < g->model->n_processes; i++)
		if (ct_cast_has(&g->cast, (int)i) && g->scopes.of[i] == (int)scope)
			return false;
	for (size_t i = scope + 1; i < g->scopes.n; i++)
		if (g->scopes.scopes[i].outer == (int)scope && !is_empty(g, i))
			return false;
	return true;
}

/* Clusters of containers in it lie in it. */
static void add_cluster(const struct ct_graph *g, size_t scope)
{
	static const char tabs[] = "\t\t\t\t\t\t\t\t\t";
	const char *nodes = tabs + sizeof(tabs) - 2 - g->scopes.scopes[scope].depth;
	const char *indent = nodes + 1;
	CT_CLEANUP_STRBUF struct ct_strbuf label = CT_STRBUF_INIT;

	if (is_empty(g, scope))
		return;
	ct_scope_label(&label, g->model, &g->scopes, scope);
	ct_strbuf_addf(g->out, "%ssubgraph cluster_%zu {\n%s\tlabel=\"", indent, scope,
		       indent);
	ct_escape_dot(g->out, label.data, label.len);
	ct_strbuf_adds(g->out, "\";\n");
	for (size_t i = 0; i < g->model->n_processes; i++)
		if (ct_cast_has(&g->cast, (int)i) && g->scopes.of[i] == (int)scope)
			ct_graph_node(g, (int)i, nodes);
	for (size_t i = scope + 1; i < g->scopes.n; i++)
		if (g->scopes.scopes[i].outer == (int)scope)
			add_cluster(g, i);
	ct_strbuf_addf(g->out, "%s}\n", indent);
}

/* The namespaces that a process was born into, on the edge that leads to it. */
static void add_edge(const struct ct_graph *g, int process)
{
	const struct ct_process *p = &g->model->processes[process];
	bool any = false;

	ct_graph_link(g, g->cast.members[process].parent, process);
	ct_strbuf_addf(g->out, "\tp%d -> p%d", g->cast.members[process].parent, process);
	for (size_t i = 0; i < p->n_ns_changes; i++) {
		if (p->ns_changes[i].how != CT_NS_CLONE)
			continue;
		ct_strbuf_addf(g->out, "%s+%s", any ? " " : " [label=\"clone ",
			       ct_ns_name(p->ns_changes[i].type));
		any = true;
	}
	ct_strbuf_adds(g->out, any ? "\"];\n" : ";\n");
}

static void add_edges(const struct ct_graph *g)
{
	const struct ct_model *model = g->model;
	struct ct_hand_overs overs;

	for (size_t i = 0; i < model->n_processes; i++)
		if (ct_cast_has(&g->cast, (int)i) && g->cast.members[i].parent >= 0)
			add_edge(g, (int)i);
	ct_hand_overs_init(&overs, model);
	for (size_t i = 0; i < overs.n; i++) {
		const struct ct_hand_over *o = &overs.items[i];

		if (!ct_cast_has(&g->cast, o->from) || !ct_cast_has(&g->cast, o->to))
			continue;
		ct_graph_link(g, o->from, o->to);
		ct_strbuf_addf(g->out,
			       "\tp%d -> p%d [label=\"%s\", style=dashed, "
			       "constraint=false];\n",
			       o->from, o->to, o->what);
	}
	ct_hand_overs_release(&overs);
}

static void add_title(const struct ct_graph *g)
{
	CT_CLEANUP_STRBUF struct ct_strbuf subject = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;

	if (g->options->title)
		ct_strbuf_adds(&subject, g->options->title);
	else
		ct_headline_subject(&subject, g->model);
	if (g->model->exited) {
		ct_strbuf_adds(&title, " · ");
		ct_label_exit(&title, &g->model->exit);
	}
	if (!g->model->complete)
		ct_strbuf_adds(&title, " · the trace is cut off");
	ct_cast_note(&title, &g->cast, " · ");
	ct_filter_note(&title, g->model, " · ");
	ct_strbuf_adds(g->out, "\tlabel=\"");
	ct_graph_text(g, subject.data, TITLE_CELLS);
	ct_escape_dot(g->out, title.data, title.len);
	ct_strbuf_adds(g->out, "\";\n");
}

static void draw_processes(const struct ct_graph *g)
{
	bool *drawn = ct_alloc((g->model->n_processes + 1) * sizeof(*drawn));

	for (size_t i = 0; i < g->model->n_processes; i++)
		if (ct_cast_has(&g->cast, (int)i) && g->scopes.of[i] < 0)
			ct_graph_node(g, (int)i, "\t");
	for (size_t i = 0; i < g->scopes.n; i++)
		if (g->scopes.scopes[i].outer < 0)
			add_cluster(g, i);
	add_edges(g);
	for (size_t i = 0; i < g->model->n_processes; i++)
		drawn[i] = ct_cast_has(&g->cast, (int)i);
	ct_dot_columns(g, drawn);
	free(drawn);
}

static const char *const view_names[] = { "processes", "namespaces", "handover", NULL };

/* In the order of their names. */
static ct_graph_fn *const view_graphs[] = { draw_processes, ct_dot_namespaces,
					    ct_dot_handover };

static int render_dot(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options, struct ct_error *err)
{
	struct ct_told told = { 0 };
	struct ct_graph g = { .out = out,
			      .model = model,
			      .options = options,
			      .told = options->lessons ? &told : NULL };
	size_t view = 0;

	(void)err; /* ct_render() has checked the view */
	for (size_t i = 0; options->view && view_names[i]; i++)
		if (!strcmp(options->view, view_names[i]))
			view = i;
	ct_cast_init(&g.cast, model, options->verbose, NODES_MAX);
	ct_cast_cut(&g.cast, model, NODES_MOST);
	ct_scopes_init(&g.scopes, model);
	g.steps = ct_steps_of_processes(model);
	g.after = ct_alloc((model->n_processes + 1) * sizeof(*g.after));
	memset(g.after, -1, model->n_processes * sizeof(*g.after));
	ct_strbuf_adds(out, "digraph cttrace {\n"
			    "\tgraph [rankdir=LR, labelloc=t, labeljust=l, "
			    "compound=true, newrank=true,\n"
			    "\t\tfontname=\"Helvetica\", fontsize=11, nodesep=0.18, "
			    "ranksep=0.35, style=\"rounded\", color=\"#4a7c3f\"];\n"
			    "\tnode [shape=box, fontname=\"Helvetica\", fontsize=10, "
			    "margin=\"0.12,0.06\", height=0.3, color=\"#404040\"];\n"
			    "\tedge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7, "
			    "color=\"#404040\"];\n");
	add_title(&g);
	ct_dot_legend_begin(&g);
	view_graphs[view](&g);
	ct_dot_legend_end(&g);
	ct_strbuf_adds(out, "}\n");
	free(g.steps);
	free(g.after);
	ct_scopes_release(&g.scopes);
	ct_cast_release(&g.cast);
	return 0;
}

const struct ct_render_format ct_format_dot = {
	.name = "dot",
	.description = "graphs for Graphviz: processes in their namespaces, hand-overs",
	.views = view_names,
	.render = render_dot,
};
