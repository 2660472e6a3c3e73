/* SPDX-License-Identifier: MIT */
/* The processes: who made whom, in which role, how long it lived, what it ran. */
#include "alloc.h"
#include "ascii.h"
#include "family.h"
#include "label.h"
#include "lookup.h"
#include "steps.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

struct tree {
	const struct ct_screen *screen;
	const struct ct_model *model;
	struct ct_member *members;
	int *child,
		*sibling; /* per process: its first child, the next of its parent; -1 */
	unsigned int *steps; /* per process, ct_steps_of_processes() */
	int role_column, time_column, what_column;
};

static struct ct_member *find_members(const struct ct_model *model, int verbose)
{
	unsigned int *flags = ct_alloc(model->n_processes * sizeof(*flags));
	struct ct_member *members;

	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		if (verbose || p->n_execs || p->n_ns_changes ||
		    p->role > CT_ROLE_UNKNOWN || p->how == CT_BIRTH_ATTACHED ||
		    p->how == CT_BIRTH_ROOT)
			flags[i] |= CT_FAMILY_SHOWN;
		if (!verbose && !p->n_ns_changes)
			flags[i] |= CT_FAMILY_QUIET;
	}
	members = ct_family_new(model, flags);
	free(flags);
	return members;
}

/* Links the processes that are drawn; gives back the first of those without a parent. */
static int link_members(struct tree *tree)
{
	size_t n = tree->model->n_processes;
	int top = -1;

	memset(tree->child, -1, n * sizeof(*tree->child));
	memset(tree->sibling, -1, n * sizeof(*tree->sibling));
	for (size_t i = n; i-- > 0;) {
		const struct ct_member *m = &tree->members[i];
		int *list = m->parent < 0 ? &top : &tree->child[m->parent];

		if (!m->shown || m->fold != (int)i)
			continue;
		tree->sibling[i] = *list;
		*list = (int)i;
	}
	return top;
}

static void add_namespaces(struct ct_row *row, const struct ct_process *p)
{
	for (size_t i = 0; i < p->n_ns_changes; i++) {
		const struct ct_ns_change *c = &p->ns_changes[i];

		ct_row_addf(row, CT_STYLE_CHANGE, "%s%s%s", i ? " " : "",
			    c->how == CT_NS_SETNS ? "→" : "+", ct_ns_name(c->type));
	}
}

/* A command; of an OCI runtime's, what it is told to do comes before what has no room. */
static void add_command(struct ct_row *row, const struct tree *tree,
			const struct ct_process *p, const struct ct_exec *exec)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf oci = CT_STRBUF_INIT;
	bool brief = !tree->screen->verbose;

	ct_label_command(&sb, exec->argv, exec->argc, brief);
	if (brief && p->role == CT_ROLE_RUNTIME &&
	    row->cells + ct_row_cells(row, sb.data) > row->look->width &&
	    ct_label_oci_command(&oci, exec->argv, exec->argc))
		ct_row_addn(row, CT_STYLE_PLAIN, oci.data, oci.len);
	else
		ct_row_addn(row, CT_STYLE_PLAIN, sb.data, sb.len);
}

static void add_programs(struct ct_row *row, const struct tree *tree,
			 const struct ct_process *p)
{
	for (size_t i = 0; i < p->n_execs; i++) {
		const struct ct_exec *exec = &p->execs[i];

		if (i)
			ct_row_add(row, CT_STYLE_DIM, "  then ");
		if (exec->self && !tree->screen->verbose)
			ct_row_add(row, CT_STYLE_PLAIN, "itself");
		else if (exec->argc)
			add_command(row, tree, p, exec);
		else
			ct_row_add(row, CT_STYLE_PLAIN, exec->path);
	}
	if (!p->n_execs)
		ct_row_addf(row, CT_STYLE_DIM, "(%s)", ct_words_birth(p->how));
}

static void add_end(struct ct_row *row, const struct tree *tree,
		    const struct ct_process *p)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (p->exited_ns < 0) {
		ct_row_add(row, CT_STYLE_DIM,
			   tree->model->complete ? "   still running" : "   no end seen");
		return;
	}
	if (!p->exit.signal && !p->exit.status && !tree->screen->verbose)
		return;
	ct_label_exit(&sb, &p->exit);
	ct_row_addf(row, p->exit.signal || p->exit.status ? CT_STYLE_BAD : CT_STYLE_DIM,
		    "   %s", sb.data);
}

/* Those of the runtime's steps that it took part in, by number. */
static void add_steps(struct ct_row *row, const struct tree *tree, int process)
{
	unsigned int steps = tree->steps[process];
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (!steps || tree->members[process].n_folded > 1)
		return;
	ct_strbuf_adds(&sb, "  steps");
	ct_steps_add(&sb, steps);
	ct_row_add(row, CT_STYLE_TITLE, sb.data);
}

/* runc's init is its child's sibling: CLONE_PARENT. Both relations are worth a word. */
static void add_parent(struct ct_row *row, const struct tree *tree,
		       const struct ct_process *p)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (p->ppid_process < 0 || p->creator < 0 || p->ppid_process == p->creator)
		return;
	ct_label_process(&sb, tree->model, p->ppid_process);
	ct_row_addf(row, CT_STYLE_DIM, "   (child of %s)", sb.data);
}

/* What a process gained and how it ended, below it: the lanes go on. */
static void second_row(struct ct_row *row, const struct tree *tree, int process,
		       const char *lanes, const struct ct_row *tail)
{
	static const struct {
		const char *drawn, *goes_on;
	} strokes[] = { { "├─", "│ " }, { "└─", "  " }, { "─", " " } };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	int column = row->look->width - tail->cells;

	for (const char *at = lanes; *at;) {
		size_t i = 0, n = sizeof(strokes) / sizeof(*strokes);

		while (i < n &&
		       strncmp(at, strokes[i].drawn, strlen(strokes[i].drawn)) != 0)
			i++;
		if (i == n) {
			ct_strbuf_addc(&sb, *at++);
			continue;
		}
		ct_strbuf_adds(&sb, strokes[i].goes_on);
		at += strlen(strokes[i].drawn);
	}
	if (tree->child[process] >= 0)
		ct_strbuf_adds(&sb, "│");
	ct_row_addn(row, CT_STYLE_DIM, sb.data, sb.len);
	if (column > tree->what_column)
		column = tree->what_column;
	ct_row_seek(row, column > row->cells ? column : row->cells + 1);
	ct_row_append(row, tail);
}

/* Who it is, in which role, and how long it lived. */
static void add_identity(struct ct_row *row, const struct tree *tree, int process)
{
	const struct ct_process *p = &tree->model->processes[process];
	const struct ct_member *m = &tree->members[process];
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (m->n_folded > 1) {
		ct_label_name(&sb, tree->model, process);
		ct_strbuf_addf(&sb, " ×%d", m->n_folded);
	} else {
		ct_label_process(&sb, tree->model, process);
	}
	ct_row_addn(row, CT_STYLE_NAME, sb.data, sb.len);
	ct_row_seek(row, tree->role_column);
	ct_row_add(row, CT_STYLE_PLAIN, p->role ? ct_role_name(p->role) : "");
	ct_strbuf_reset(&sb);
	ct_label_duration(&sb, (p->exited_ns < 0 ? tree->model->end_ns : p->exited_ns) -
				       p->born_ns);
	ct_row_right(row, tree->what_column - 3, CT_STYLE_DIM, sb.data);
	ct_row_seek(row, tree->what_column);
}

static void draw_process(const struct tree *tree, int process, const char *lanes)
{
	const struct ct_process *p = &tree->model->processes[process];
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(tree->screen->look);
	CT_CLEANUP_ROW struct ct_row tail = CT_ROW_INIT(tree->screen->look);
	CT_CLEANUP_ROW struct ct_row steps = CT_ROW_INIT(tree->screen->look);
	enum {
		PROGRAM = 30,
		SHORT = 10
	}; /* so much of a program is seen beside its tail */
	int room, least;

	ct_row_add(&row, CT_STYLE_DIM, lanes);
	add_identity(&row, tree, process);
	add_programs(&row, tree, p);
	if (p->n_ns_changes)
		ct_row_add(&tail, CT_STYLE_PLAIN, "  ");
	add_namespaces(&tail, p);
	add_parent(&tail, tree, p);
	add_end(&tail, tree, p);
	add_steps(&steps, tree, process);
	if (steps.cells && tail.cells + steps.cells < row.look->width) {
		ct_row_append(&tail, &steps);
		steps.cells = 0;
	}
	room = row.look->width - tail.cells;
	least = tree->what_column + (tail.cells > SHORT ? PROGRAM : SHORT);
	if (tail.cells && row.cells > room && room < least) {
		ct_row_end(&row, tree->screen->out);
		second_row(&row, tree, process, lanes, &tail);
	} else {
		ct_row_cut(&row, room);
		ct_row_append(&row, &tail);
	}
	ct_row_end(&row, tree->screen->out);
	if (steps.cells) {
		second_row(&row, tree, process, lanes, &steps);
		ct_row_end(&row, tree->screen->out);
	}
}

/* What a process adds left of its own name, and of those below it. */
static void add_step(struct ct_strbuf *lanes, const struct tree *tree, int process,
		     bool below)
{
	bool ascii = tree->screen->look->ascii, more = tree->sibling[process] >= 0;

	if (tree->members[process].parent < 0)
		return;
	if (below)
		ct_strbuf_adds(lanes, more ? "│ " : "  ");
	else
		ct_strbuf_adds(lanes, more ? "├─" : "└─");
	ct_strbuf_adds(lanes, !ascii ? " " : below ? "  " : "─ ");
}

/*
 * Depth first without recursion, since a trace may hold a chain of any length. `lanes` is
 * the drawing left of the names; each process adds one step to it for its children.
 */
static void draw_all(const struct tree *tree, int top)
{
	CT_CLEANUP_STRBUF struct ct_strbuf lanes = CT_STRBUF_INIT;
	size_t *base = ct_alloc(tree->model->n_processes * sizeof(*base));
	int process = top;

	while (process >= 0) {
		base[process] = lanes.len;
		add_step(&lanes, tree, process, false);
		draw_process(tree, process, lanes.data);
		lanes.len = base[process];
		lanes.data[lanes.len] = '\0';
		if (tree->child[process] >= 0) {
			add_step(&lanes, tree, process, true);
			process = tree->child[process];
			continue;
		}
		while (process >= 0 && tree->sibling[process] < 0)
			process = tree->members[process].parent;
		if (process < 0)
			break;
		lanes.len = base[process];
		lanes.data[lanes.len] = '\0';
		process = tree->sibling[process];
	}
	free(base);
}

static void find_columns(struct tree *tree)
{
	enum { NARROWEST = 18, ROLE = 10, TIME = 12, WIDE = 100 };
	struct ct_row probe = CT_ROW_INIT(tree->screen->look);
	int step = tree->screen->look->ascii ? 4 : 3;
	int widest = NARROWEST, width = tree->screen->look->width;
	int most = width < WIDE ? width / 2 : width * 2 / 5;

	for (size_t i = 0; i < tree->model->n_processes; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		const struct ct_member *m = &tree->members[i];
		int need;

		if (!m->shown || m->fold != (int)i || m->depth > most)
			continue;
		ct_label_process(&name, tree->model, (int)i);
		need = m->depth * step + ct_row_cells(&probe, name.data) + 2;
		widest = need > widest ? need : widest;
	}
	tree->role_column = widest < most ? widest : most;
	tree->what_column = tree->role_column + ROLE + TIME;
	if (width < 60)
		tree->what_column = tree->role_column + TIME;
}

void ct_view_tree(const struct ct_screen *screen, const struct ct_model *model)
{
	static const char title[] = "programs and namespaces";
	struct tree tree = { .screen = screen, .model = model };
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	int top;

	if (!model->n_processes)
		return;
	tree.members = find_members(model, screen->verbose);
	tree.child = ct_alloc(model->n_processes * sizeof(*tree.child));
	tree.sibling = ct_alloc(model->n_processes * sizeof(*tree.sibling));
	tree.steps = ct_steps_of_processes(model);
	top = link_members(&tree);
	find_columns(&tree);
	ct_row_end(&row, screen->out);
	ct_row_add(&row, CT_STYLE_TITLE, "process");
	ct_row_seek(&row, tree.role_column);
	ct_row_add(&row, CT_STYLE_TITLE, "role");
	ct_row_right(&row, tree.what_column - 3, CT_STYLE_TITLE, "lived");
	ct_row_seek(&row, tree.what_column);
	ct_row_add(&row, CT_STYLE_TITLE,
		   tree.what_column + (int)strlen(title) <= row.look->width ? title
									    : "programs");
	ct_row_end(&row, screen->out);
	draw_all(&tree, top);
	free(tree.members);
	free(tree.child);
	free(tree.sibling);
	free(tree.steps);
}
