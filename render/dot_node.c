/* SPDX-License-Identifier: MIT */
/* A process as a node: who it is, what it ran, which steps it did. */
#include "cells.h"
#include "dot.h"
#include "escape.h"
#include "label.h"

#include <string.h>

/* of one line of a node, of one of two that belong together */
enum { LINE_CELLS = 44, SHORT_CELLS = 32 };

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

void ct_graph_lines(const struct ct_graph *g, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	size_t len = strlen(text), end = ct_cells_prefix(text, len, SHORT_CELLS);
	const char *space = end < len ? memrchr(text, ' ', end) : NULL;

	if (end == len || !space || space == text) {
		ct_graph_text(g, text, SHORT_CELLS);
		ct_strbuf_adds(g->out, "\\l");
		return;
	}
	ct_strbuf_add(&line, text, (size_t)(space - text));
	add_line(g, line.data);
	ct_strbuf_adds(g->out, "   ");
	ct_graph_text(g, space + 1, SHORT_CELLS - 3);
	ct_strbuf_adds(g->out, "\\l");
}

static void add_execs(const struct ct_graph *g, const struct ct_process *p)
{
	enum { EXECS_MAX = 4 };

	for (size_t i = 0; i < p->n_execs && i < EXECS_MAX; i++) {
		const struct ct_exec *exec = &p->execs[i];
		CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

		if (exec->self)
			continue;
		if (i)
			ct_strbuf_adds(&line, "→ ");
		if (!exec->argc)
			ct_strbuf_adds(&line, exec->path);
		else if (p->role != CT_ROLE_RUNTIME ||
			 !ct_label_oci_command(&line, exec->argv, exec->argc))
			ct_label_command(&line, exec->argv, exec->argc, true);
		ct_graph_lines(g, line.data);
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
		if (line.len + strlen(name) + sizeof(" 1,") > SHORT_CELLS) {
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

static void add_tooltip(const struct ct_graph *g, int process)
{
	const struct ct_lesson *lessons[CT_STEPS];
	size_t n = 0;

	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++)
		if (g->steps[process] & 1U << step)
			lessons[n++] = ct_lesson_find(ct_step_name((enum ct_step)step));
	ct_dot_tooltip(g, lessons, n);
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
	ct_strbuf_addf(g->out, "\", style=\"%s\", fillcolor=\"%s\", peripheries=%d%s",
		       look->style, look->fill, look->outlines,
		       bad ? ", color=\"#b00020\", penwidth=2" : "");
	add_tooltip(g, process);
	ct_strbuf_adds(g->out, "];\n");
}
