/* SPDX-License-Identifier: MIT */
/* The processes as a graph for Graphviz: who made whom, and in which namespaces each is.
 */
#include "alloc.h"
#include "cells.h"
#include "dot_scope.h"
#include "escape.h"
#include "family.h"
#include "formats.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

struct graph {
	struct ct_strbuf *out;
	const struct ct_model *model;
	const struct ct_render_options *options;
	struct ct_member *members;
	struct ct_scopes scopes;
};

/* More nodes than a person can read: leaves that only helped are counted, not drawn. */
#define NODES_MAX 60

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
	[CT_ROLE_HELPER] = { "#f5f5f5", "filled,rounded", 1 },
};

static bool is_drawn(const struct graph *g, size_t process)
{
	return g->members[process].shown && g->members[process].fold == (int)process;
}

/* One line of a label, cut to what fits into a box. */
static void add_line(const struct graph *g, const char *text)
{
	enum { LINE_CELLS = 44 };
	CT_CLEANUP_STRBUF struct ct_strbuf safe = CT_STRBUF_INIT;
	size_t fits;

	ct_escape_terminal(&safe, text, strlen(text), g->options->ascii);
	fits = ct_cells_prefix(safe.data, safe.len, LINE_CELLS);
	ct_escape_dot(g->out, safe.data, fits);
	if (fits < safe.len)
		ct_strbuf_adds(g->out, g->options->ascii ? "..." : "…");
	ct_strbuf_adds(g->out, "\\l");
}

static void add_execs(const struct graph *g, const struct ct_process *p)
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

/* Repeated helpers often fail on purpose: they probe. */
static bool failed(const struct graph *g, int process)
{
	const struct ct_process *p = &g->model->processes[process];

	return g->members[process].n_folded == 1 && p->exited_ns >= 0 &&
	       (p->exit.signal || p->exit.status);
}

/* "init 6461 → 1 · payload" and "172.5 ms, exit 0" */
static void add_heading(const struct graph *g, int process)
{
	const struct ct_process *p = &g->model->processes[process];
	const struct ct_member *m = &g->members[process];
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

static void add_node(const struct graph *g, int process, const char *indent)
{
	const struct ct_process *p = &g->model->processes[process];
	const struct look *look = &looks[(unsigned int)p->role < CT_ROLES ? p->role : 0];
	bool bad = failed(g, process);

	ct_strbuf_addf(g->out, "%sp%d [label=\"", indent, process);
	add_heading(g, process);
	add_execs(g, p);
	ct_strbuf_addf(g->out, "\", style=\"%s\", fillcolor=\"%s\", peripheries=%d%s];\n",
		       look->style, look->fill, look->outlines,
		       bad ? ", color=\"#b00020\", penwidth=2" : "");
}

static void add_cluster(const struct graph *g, size_t scope)
{
	CT_CLEANUP_STRBUF struct ct_strbuf label = CT_STRBUF_INIT;

	ct_scope_label(&label, g->model, &g->scopes.scopes[scope]);
	ct_strbuf_addf(g->out, "\tsubgraph cluster_%zu {\n\t\tlabel=\"", scope);
	ct_escape_dot(g->out, label.data, label.len);
	ct_strbuf_adds(g->out, "\";\n");
	for (size_t i = 0; i < g->model->n_processes; i++)
		if (is_drawn(g, i) && g->scopes.of[i] == (int)scope)
			add_node(g, (int)i, "\t\t");
	ct_strbuf_adds(g->out, "\t}\n");
}

/* The namespaces that a process was born into, on the edge that leads to it. */
static void add_edge(const struct graph *g, int process)
{
	const struct ct_process *p = &g->model->processes[process];
	bool any = false;

	ct_strbuf_addf(g->out, "\tp%d -> p%d", g->members[process].parent, process);
	for (size_t i = 0; i < p->n_ns_changes; i++) {
		if (p->ns_changes[i].how != CT_NS_CLONE)
			continue;
		ct_strbuf_addf(g->out, "%s+%s", any ? " " : " [label=\"clone ",
			       ct_ns_name(p->ns_changes[i].type));
		any = true;
	}
	ct_strbuf_adds(g->out, any ? "\"];\n" : ";\n");
}

/* The process that made a namespace which another joined later; -1. */
static int maker_of(const struct ct_model *model, const struct ct_ns_change *joined)
{
	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		for (size_t j = 0; j < p->n_ns_changes; j++)
			if (p->ns_changes[j].type == joined->type && joined->to &&
			    p->ns_changes[j].to == joined->to &&
			    p->ns_changes[j].how != CT_NS_SETNS)
				return (int)i;
	}
	return -1;
}

static void add_hand_over(const struct graph *g, int from, int to, const char *what)
{
	if (from < 0 || from == to || !is_drawn(g, (size_t)from) ||
	    !is_drawn(g, (size_t)to))
		return;
	ct_strbuf_addf(g->out,
		       "\tp%d -> p%d [label=\"%s\", style=dashed, constraint=false];\n",
		       from, to, what);
}

/* Netavark enters the same namespace again and again: one edge says it. */
static bool is_first_visit(const struct ct_process *p, size_t change)
{
	for (size_t i = 0; i < change; i++)
		if (p->ns_changes[i].type == p->ns_changes[change].type &&
		    p->ns_changes[i].to == p->ns_changes[change].to)
			return false;
	return true;
}

static void add_edges(const struct graph *g)
{
	const struct ct_model *model = g->model;

	for (size_t i = 0; i < model->n_processes; i++)
		if (is_drawn(g, i) && g->members[i].parent >= 0)
			add_edge(g, (int)i);
	for (size_t i = 0; i < model->n_processes; i++)
		for (size_t j = 0; j < model->processes[i].n_ns_changes; j++) {
			const struct ct_ns_change *c = &model->processes[i].ns_changes[j];

			if (is_drawn(g, i) && c->how == CT_NS_SETNS &&
			    is_first_visit(&model->processes[i], j))
				add_hand_over(g, maker_of(model, c), (int)i,
					      ct_ns_name(c->type));
		}
	for (size_t i = 0; i < model->n_cgroup_changes; i++) {
		const struct ct_cgroup_change *c = &model->cgroup_changes[i];

		if (ct_process_at(model, c->process) && ct_process_at(model, c->writer))
			add_hand_over(g, c->writer, c->process, "cgroup");
	}
}

static bool is_minor(const struct graph *g, size_t i)
{
	return is_drawn(g, i) && !g->members[i].n_children && g->members[i].quiet &&
	       g->members[i].parent >= 0 && !ct_family_is_actor(g->model, (int)i);
}

/* Gives back how many processes are left out so that the others can be read. */
static size_t leave_out(struct graph *g)
{
	size_t drawn = 0, left_out = 0;

	for (size_t i = 0; i < g->model->n_processes; i++)
		drawn += is_drawn(g, i);
	for (size_t i = g->model->n_processes; i-- > 0 && drawn > NODES_MAX;) {
		if (!is_minor(g, i))
			continue;
		g->members[g->members[i].parent].n_children--;
		left_out += (size_t)g->members[i].n_folded;
		g->members[i].shown = false;
		drawn--;
	}
	return left_out;
}

static void find_members(struct graph *g)
{
	const struct ct_model *model = g->model;
	unsigned int *flags = ct_alloc(model->n_processes * sizeof(*flags));

	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		if (g->options->verbose || p->n_execs || p->n_ns_changes ||
		    p->how == CT_BIRTH_ATTACHED || p->how == CT_BIRTH_ROOT || p->inside)
			flags[i] |= CT_FAMILY_SHOWN;
		if (!g->options->verbose && !p->n_ns_changes)
			flags[i] |= CT_FAMILY_QUIET;
	}
	g->members = ct_family_new(model, flags);
	free(flags);
}

static void add_title(const struct graph *g, size_t left_out)
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
	if (left_out)
		ct_strbuf_addf(&title, " · %zu helpers are not drawn", left_out);
	ct_strbuf_adds(g->out, "\tlabel=\"");
	ct_escape_dot(g->out, title.data, title.len);
	ct_strbuf_adds(g->out, "\";\n");
}

static int render_dot(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options, struct ct_error *err)
{
	struct graph g = { .out = out, .model = model, .options = options };

	(void)err;
	find_members(&g);
	ct_scopes_init(&g.scopes, model);
	ct_strbuf_adds(out,
		       "digraph cttrace {\n"
		       "\tgraph [rankdir=LR, labelloc=t, labeljust=l, compound=true,\n"
		       "\t\tfontname=\"Helvetica\", fontsize=11, nodesep=0.18, "
		       "ranksep=0.45, style=\"rounded\", color=\"#4a7c3f\"];\n"
		       "\tnode [shape=box, fontname=\"Helvetica\", fontsize=10, "
		       "margin=\"0.12,0.06\", height=0.3, color=\"#404040\"];\n"
		       "\tedge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7, "
		       "color=\"#404040\"];\n");
	add_title(&g, leave_out(&g));
	for (size_t i = 0; i < model->n_processes; i++)
		if (is_drawn(&g, i) && g.scopes.of[i] < 0)
			add_node(&g, (int)i, "\t");
	for (size_t i = 0; i < g.scopes.n; i++)
		add_cluster(&g, i);
	add_edges(&g);
	ct_strbuf_adds(out, "}\n");
	ct_scopes_release(&g.scopes);
	free(g.members);
	return 0;
}

const struct ct_render_format ct_format_dot = {
	.name = "dot",
	.description = "process graph with namespace clusters, for Graphviz",
	.views = NULL,
	.render = render_dot,
};
