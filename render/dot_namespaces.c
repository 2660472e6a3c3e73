/* SPDX-License-Identifier: MIT */
/* Namespaces as nodes: at their left who made them, at their right who is in them. */
#include "alloc.h"
#include "dot.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>

/* The namespaces that one call has made; or one that is older than the trace. */
struct set {
	int maker; /* -1: it was there before */
	enum ct_ns_how how;
	int64_t t_ns;
	size_t event;
	uint64_t ns[CT_NS_TYPES]; /* 0: none of this type */
};

struct sets {
	struct set *items;
	size_t n, cap;
	size_t left_out;
};

enum { SETS_MAX = 60 }; /* as many as a person can read */

static struct set *set_of_event(struct sets *sets, size_t event)
{
	for (size_t i = sets->n; i-- > 0;)
		if (sets->items[i].maker >= 0 && sets->items[i].event == event)
			return &sets->items[i];
	return NULL;
}

static const struct set *set_of_inode(const struct sets *sets, int type, uint64_t inode)
{
	for (size_t i = 0; i < sets->n; i++)
		if (inode && sets->items[i].ns[type] == inode)
			return &sets->items[i];
	return NULL;
}

static void add_made(const struct ct_graph *g, struct sets *sets, int process,
		     const struct ct_ns_change *c)
{
	struct set *set = set_of_event(sets, c->event);
	int creator = g->model->processes[process].creator;

	if (set_of_inode(sets, (int)c->type, c->to))
		return;
	if (!set && sets->n == SETS_MAX)
		sets->left_out++;
	if (!set && sets->n < SETS_MAX) {
		set = ct_push(sets->items, sets->n, sets->cap);
		set->maker = c->how == CT_NS_CLONE && creator >= 0 ? creator : process;
		set->how = c->how;
		set->t_ns = c->t_ns;
		set->event = c->event;
	}
	if (set)
		set->ns[c->type] = c->to;
}

static bool is_host(const struct ct_model *model, int type, uint64_t inode)
{
	return model->header && model->header->host_ns[type] == inode;
}

static void add_older(struct sets *sets, const struct ct_ns_change *c)
{
	struct set *set;

	if (sets->n == SETS_MAX) {
		sets->left_out++;
		return;
	}
	set = ct_push(sets->items, sets->n, sets->cap);
	set->maker = -1;
	set->ns[c->type] = c->to;
}

/* Those that were made first: who joins them comes later, whatever the order. */
static void find_sets(const struct ct_graph *g, struct sets *sets, bool joined)
{
	const struct ct_model *model = g->model;

	for (size_t i = 0; i < model->n_processes; i++)
		for (size_t j = 0; j < model->processes[i].n_ns_changes; j++) {
			const struct ct_ns_change *c = &model->processes[i].ns_changes[j];

			if (!c->to || (c->how == CT_NS_SETNS) != joined)
				continue;
			if (!joined)
				add_made(g, sets, (int)i, c);
			else if (!set_of_inode(sets, (int)c->type, c->to) &&
				 !is_host(model, (int)c->type, c->to))
				add_older(sets, c);
		}
}

static void add_network(const struct ct_graph *g, const struct set *set)
{
	const struct ct_network *network =
		ct_network_of(g->model, set->ns[CT_NS_NET], set->t_ns);
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (network)
		ct_label_network(&text, network);
	if (text.len)
		ct_graph_lines(g, text.data);
}

static void add_set(const struct ct_graph *g, const struct sets *sets,
		    const struct set *set)
{
	const struct ct_lesson *lessons[CT_NS_TYPES];
	int maker = ct_graph_who(g, set->maker);
	size_t n_lessons = 0;

	ct_strbuf_addf(g->out,
		       "\tn%zu [shape=ellipse, style=filled, "
		       "fillcolor=\"#eef5ea\", color=\"#2f5a27\", label=\"",
		       (size_t)(set - sets->items));
	for (int type = 0; type < CT_NS_TYPES; type++) {
		if (!set->ns[type])
			continue;
		ct_strbuf_addf(g->out, "%s %llu\\l", ct_ns_name((enum ct_ns)type),
			       (unsigned long long)set->ns[type]);
		lessons[n_lessons++] = ct_lesson_of_namespace((enum ct_ns)type);
	}
	add_network(g, set);
	if (set->maker < 0)
		ct_strbuf_adds(g->out, "older than the trace\\l");
	ct_strbuf_adds(g->out, "\"");
	ct_dot_tooltip(g, lessons, n_lessons);
	ct_strbuf_adds(g->out, "];\n");
	if (maker < 0)
		return;
	ct_strbuf_addf(g->out, "\tp%d -> n%zu [style=bold, label=\"makes: %s\\n", maker,
		       (size_t)(set - sets->items), ct_ns_how_name(set->how));
	ct_label_ms(g->out, set->t_ns);
	ct_strbuf_adds(g->out, " ms\"];\n");
}

/* When a process came into a set by setns; NULL: it did not. */
static const struct ct_ns_change *joins(const struct ct_process *p, const struct set *set)
{
	for (size_t i = 0; i < p->n_ns_changes; i++) {
		const struct ct_ns_change *c = &p->ns_changes[i];

		if (c->how == CT_NS_SETNS && c->to && set->ns[c->type] == c->to)
			return c;
	}
	return NULL;
}

/* Adds the types of a set that a process is in at its end; gives back how many. */
static int add_types(struct ct_strbuf *out, const struct ct_process *p,
		     const struct set *set)
{
	int in = 0, all = 0;

	for (int type = 0; type < CT_NS_TYPES; type++) {
		if (!set->ns[type])
			continue;
		all++;
		if (p->ns[type] != set->ns[type])
			continue;
		in++;
		ct_strbuf_addf(out, " %s", ct_ns_name((enum ct_ns)type));
	}
	if (in == all)
		ct_strbuf_reset(out);
	return in;
}

/* Who lives in a set, and who visited it. */
static bool add_member(const struct ct_graph *g, const struct sets *sets, size_t s,
		       int process)
{
	const struct ct_process *p = &g->model->processes[process];
	const struct set *set = &sets->items[s];
	const struct ct_ns_change *join = joins(p, set);
	CT_CLEANUP_STRBUF struct ct_strbuf types = CT_STRBUF_INIT;
	int in = add_types(&types, p, set);

	/* an arrow back to its maker would say nothing new */
	if ((!in && !join) || (process == set->maker && !join))
		return false;
	ct_strbuf_addf(g->out, "\tn%zu -> p%d [label=\"%s%s", s, process,
		       join ? in ? "joined" : "visited" : "in",
		       types.data ? types.data : "");
	if (join) {
		ct_strbuf_adds(g->out, "\\n");
		ct_label_ms(g->out, join->t_ns);
		ct_strbuf_adds(g->out, " ms");
	}
	ct_strbuf_addf(g->out, "\", %s];\n",
		       join ? "style=dashed" : "arrowhead=none, color=\"#7aa06d\"");
	return true;
}

void ct_dot_namespaces(const struct ct_graph *g)
{
	size_t n = g->model->n_processes;
	bool *drawn = ct_alloc((n + 1) * sizeof(*drawn));
	struct sets sets = { 0 };

	find_sets(g, &sets, false);
	find_sets(g, &sets, true);
	for (size_t s = 0; s < sets.n; s++) {
		int maker = ct_graph_who(g, sets.items[s].maker);

		add_set(g, &sets, &sets.items[s]);
		if (maker >= 0)
			drawn[maker] = true;
		for (size_t i = 0; i < n; i++)
			if (ct_cast_has(&g->cast, (int)i) &&
			    add_member(g, &sets, s, (int)i))
				drawn[i] = true;
	}
	for (size_t i = 0; i < n; i++)
		if (drawn[i])
			ct_graph_node(g, (int)i, "\t");
	if (!sets.n)
		ct_strbuf_adds(g->out,
			       "\tnone [shape=plaintext, label=\"no namespace was "
			       "made or joined\"];\n");
	if (sets.left_out)
		ct_strbuf_addf(g->out,
			       "\trest [shape=plaintext, label=\"%zu changes to more "
			       "namespaces are not drawn\"];\n",
			       sets.left_out);
	free(sets.items);
	free(drawn);
}
