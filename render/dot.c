/* SPDX-License-Identifier: MIT */
/* Graphs for Graphviz; the first is who made whom, and in which namespaces each is. */
#include "dot.h"

#include "cells.h"
#include "escape.h"
#include "filter_note.h"
#include "formats.h"
#include "handover.h"
#include "label.h"
#include "steps.h"

#include <stdlib.h>
#include <string.h>

/* As many nodes as a person can read. */
#define NODES_MAX 60
/* of one line of a node */
#define LINE_CELLS 44

/* Roles are told apart by fill colours of different lightness, and by outline. */
static const struct look {
	const char *fill, *style;
	int outlines;
} looks[CT_ROLES] = {
	[CT_ROLE_UNKNOWN] = { "#ffffff", "filled,dashed", 1 },
	[CT_ROLE_ENGINE] = { "#c6d8f0", "filled,bold", 1 },
	[CT_ROLE_DAEMON] = { "#c6d8f0", "filled,bold", 1 },
	[CT_ROLE_MONITOR] = { "#e4ddf3", "filled", 1 },
	[CT_ROLE_RUNTIME] = { "#f7d9b0", "filled", 1 },
	[CT_ROLE_INIT] = { "#cdeac6", "filled", 2 },
	[CT_ROLE_PAYLOAD] = { "#e2f4dd", "filled", 2 },
	[CT_ROLE_NETWORK] = { "#f3f0d2", "filled,rounded", 1 },
	[CT_ROLE_STORAGE] = { "#f3f0d2", "filled,rounded", 1 },
	[CT_ROLE_IDMAP] = { "#f3f0d2", "filled,rounded", 1 },
	[CT_ROLE_FIREWALL] = { "#f3f0d2", "filled,rounded", 1 },
	[CT_ROLE_HOOK] = { "#f7d9b0", "filled,rounded", 1 },
	[CT_ROLE_HELPER] = { "#f5f5f5", "filled,rounded", 1 },
};

int ct_graph_who(const struct ct_graph *g, int process)
{
	if (process < 0 || (size_t)process >= g->model->n_processes)
		return -1;
	if (!ct_cast_has(&g->cast, process))
		process = g->cast.members[process].fold;
	return process >= 0 && ct_cast_has(&g->cast, process) ? process : -1;
}

void ct_graph_text(const struct ct_graph *g, const char *text, size_t cells)
{
	CT_CLEANUP_STRBUF struct ct_strbuf safe = CT_STRBUF_INIT;
	size_t fits;

	ct_escape_terminal(&safe, text, strlen(text), g->options->ascii);
	fits = ct_cells_prefix(safe.data, safe.len, (int)cells);
	ct_escape_dot(g->out, safe.data, fits);
	if (fits < safe.len)
		ct_strbuf_adds(g->out, g->options->ascii ? "..." : "…");
}

/* One line of a label, cut to what fits into a box. */
static void add_line(const struct ct_graph *g, const char *text)
{
	ct_graph_text(g, text, LINE_CELLS);
	ct_strbuf_adds(g->out, "\\l");
}

static void add_execs(const struct ct_graph *g, const struct ct_process *p)
{
	enum { EXECS_MAX = 4 };

	for (size_t i = 0; i < p->n_execs && i < EXECS_MAX; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

		if (p->execs[i].self)
			continue;
		if (i)
			ct_strbuf_adds(&line, "→ ");
		if (p->execs[i].argc)
			ct_label_command(&line, p->execs[i].argv, p->execs[i].argc, true);
		else
			ct_strbuf_adds(&line, p->execs[i].path);
		add_line(g, line.data);
	}
	if (p->n_execs > EXECS_MAX)
		add_line(g, "→ …");
}

/* "does 1 namespaces, 3 rootfs, 5 pivot_root,", as many to a line as fit. */
static void add_steps(const struct ct_graph *g, int process)
{
	unsigned int steps = g->steps[process];
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

	if (!steps || g->cast.members[process].n_folded > 1)
		return;
	ct_strbuf_adds(&line, "does");
	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++) {
		const char *name = ct_step_name((enum ct_step)step);

		if (!(steps & 1U << step))
			continue;
		if (line.len + strlen(name) + sizeof(" 1,") > LINE_CELLS) {
			add_line(g, line.data);
			ct_strbuf_reset(&line);
			ct_strbuf_adds(&line, "    ");
		}
		steps &= ~(1U << step);
		ct_strbuf_addf(&line, " %d %s%s", step, name, steps ? "," : "");
	}
	add_line(g, line.data);
}

/* Repeated helpers often fail on purpose: they probe. */
static bool failed(const struct ct_graph *g, int process)
{
	const struct ct_process *p = &g->model->processes[process];

	return g->cast.members[process].n_folded == 1 && p->exited_ns >= 0 &&
	       (p->exit.signal || p->exit.status);
}

/* "init 6461 → 1 · payload" and "172.5 ms, exit 0" */
static void add_heading(const struct ct_graph *g, int process)
{
	const struct ct_process *p = &g->model->processes[process];
	const struct ct_member *m = &g->cast.members[process];
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

	if (m->n_folded > 1) {
		ct_label_name(&line, g->model, process);
		ct_strbuf_addf(&line, " ×%d", m->n_folded);
	} else {
		ct_label_process(&line, g->model, process);
	}
	if (p->role != CT_ROLE_UNKNOWN)
		ct_strbuf_addf(&line, " · %s", ct_role_name(p->role));
	add_line(g, line.data);
	ct_strbuf_reset(&line);
	ct_strbuf_adds(&line, "at ");
	ct_label_ms(&line, p->born_ns);
	ct_strbuf_adds(&line, " ms");
	if (failed(g, process)) {
		ct_strbuf_adds(&line, ", ");
		ct_label_exit(&line, &p->exit);
	}
	add_line(g, line.data);
}

void ct_graph_node(const struct ct_graph *g, int process, const char *indent)
{
	const struct ct_process *p = &g->model->processes[process];
	const struct look *look = &looks[(unsigned int)p->role < CT_ROLES ? p->role : 0];
	bool bad = failed(g, process);

	ct_strbuf_addf(g->out, "%sp%d [label=\"", indent, process);
	add_heading(g, process);
	add_execs(g, p);
	add_steps(g, process);
	ct_strbuf_addf(g->out, "\", style=\"%s\", fillcolor=\"%s\", peripheries=%d%s];\n",
		       look->style, look->fill, look->outlines,
		       bad ? ", color=\"#b00020\", penwidth=2" : "");
}

/* Clusters of containers in it lie in it. */
static void add_cluster(const struct ct_graph *g, size_t scope)
{
	static const char tabs[] = "\t\t\t\t\t\t\t\t\t";
	const char *nodes = tabs + sizeof(tabs) - 2 - g->scopes.scopes[scope].depth;
	const char *indent = nodes + 1;
	CT_CLEANUP_STRBUF struct ct_strbuf label = CT_STRBUF_INIT;

	ct_scope_label(&label, g->model, &g->scopes.scopes[scope]);
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

		if (ct_cast_has(&g->cast, o->from) && ct_cast_has(&g->cast, o->to))
			ct_strbuf_addf(g->out,
				       "\tp%d -> p%d [label=\"%s\", style=dashed, "
				       "constraint=false];\n",
				       o->from, o->to, o->what);
	}
	ct_hand_overs_release(&overs);
}

static void add_title(const struct ct_graph *g)
{
	const struct ct_trace_header *h = g->model->header;
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;

	ct_label_command(&title, h->command, h->n_command, true);
	if (g->model->exited) {
		ct_strbuf_adds(&title, title.len ? " · " : "");
		ct_label_exit(&title, &g->model->exit);
	}
	if (!g->model->complete)
		ct_strbuf_adds(&title, " · the trace is cut off");
	if (g->cast.left_out)
		ct_strbuf_addf(&title, " · %zu helpers are not drawn", g->cast.left_out);
	ct_filter_note(&title, g->model, " · ");
	ct_strbuf_adds(g->out, "\tlabel=\"");
	ct_escape_dot(g->out, title.data, title.len);
	ct_strbuf_adds(g->out, "\";\n");
}

static void draw_processes(const struct ct_graph *g)
{
	for (size_t i = 0; i < g->model->n_processes; i++)
		if (ct_cast_has(&g->cast, (int)i) && g->scopes.of[i] < 0)
			ct_graph_node(g, (int)i, "\t");
	for (size_t i = 0; i < g->scopes.n; i++)
		if (g->scopes.scopes[i].outer < 0)
			add_cluster(g, i);
	add_edges(g);
}

static const char *const view_names[] = { "processes", "namespaces", "handover", NULL };

/* In the order of their names. */
static ct_graph_fn *const view_graphs[] = { draw_processes, ct_dot_namespaces,
					    ct_dot_handover };

static int render_dot(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options, struct ct_error *err)
{
	struct ct_graph g = { .out = out, .model = model, .options = options };

	size_t view = 0;

	(void)err; /* ct_render() has checked the view */
	for (size_t i = 0; options->view && view_names[i]; i++)
		if (!strcmp(options->view, view_names[i]))
			view = i;
	ct_cast_init(&g.cast, model, options->verbose, NODES_MAX);
	ct_scopes_init(&g.scopes, model);
	g.steps = ct_steps_of_processes(model);
	ct_strbuf_adds(out,
		       "digraph cttrace {\n"
		       "\tgraph [rankdir=LR, labelloc=t, labeljust=l, compound=true,\n"
		       "\t\tfontname=\"Helvetica\", fontsize=11, nodesep=0.18, "
		       "ranksep=0.45, style=\"rounded\", color=\"#4a7c3f\"];\n"
		       "\tnode [shape=box, fontname=\"Helvetica\", fontsize=10, "
		       "margin=\"0.12,0.06\", height=0.3, color=\"#404040\"];\n"
		       "\tedge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7, "
		       "color=\"#404040\"];\n");
	add_title(&g);
	view_graphs[view](&g);
	ct_strbuf_adds(out, "}\n");
	free(g.steps);
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
