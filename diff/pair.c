/* SPDX-License-Identifier: MIT */
/*
 * From the command down: those who play the same part in the same container, then the
 * children of who is paired, then whoever is alike, wherever it comes from.
 */
#include "pair.h"

#include "align.h"
#include "alloc.h"
#include "label.h"

#include <stdlib.h>
#include <string.h>

/* How much alike two processes must be. */
enum likeness {
	LIKE_COMMAND, /* role, programs and arguments */
	LIKE_PROGRAM, /* role, program, and what an OCI runtime is told to do */
	LIKE_ROLE,
	LIKENESSES,
};

struct matching {
	struct pairs *pairs;
	const struct ct_model *const *model;
	const struct normal *normal;
	int *children[CT_DIFF_SIDES]; /* of all processes, those of one together */
	size_t *first[CT_DIFF_SIDES]; /* per process, and one more: who has no creator */
};

const char *pairs_program(const struct ct_model *model, int process)
{
	const struct ct_process *p = &model->processes[process];

	for (size_t i = p->n_execs; i-- > 0;)
		if (!p->execs[i].self)
			return ct_basename(p->execs[i].path);
	return p->comm ? p->comm : "";
}

static void add_argv(struct ct_strbuf *key, const struct normal *n,
		     const struct ct_exec *exec)
{
	for (size_t i = 0; i < exec->argc; i++) {
		normal_add(key, n, NORMAL_PATH, exec->argv[i], strlen(exec->argv[i]));
		ct_strbuf_addc(key, '\0');
	}
}

static uint64_t key_of(const struct matching *m, enum ct_diff_side side, int process,
		       enum likeness likeness, struct ct_strbuf *key)
{
	const struct ct_process *p = &m->model[side]->processes[process];

	ct_strbuf_reset(key);
	ct_strbuf_addc(key, (char)p->role);
	if (likeness == LIKE_ROLE)
		return normal_hash(key->data, key->len);
	ct_strbuf_adds(key, pairs_program(m->model[side], process));
	ct_strbuf_addc(key, '\0');
	for (size_t i = 0; i < p->n_execs && likeness == LIKE_COMMAND; i++)
		add_argv(key, &m->normal[side], &p->execs[i]);
	for (size_t i = 0; i < p->n_execs && likeness == LIKE_PROGRAM; i++)
		if (p->role == CT_ROLE_RUNTIME && p->execs[i].argc > 1)
			ct_label_oci_command(key, p->execs[i].argv, p->execs[i].argc);
	return normal_hash(key->data, key->len);
}

/* Only who plays a part is somebody whatever he is called. */
static bool has_part(const struct ct_model *model, int process)
{
	enum ct_role role = model->processes[process].role;

	return role != CT_ROLE_UNKNOWN && role != CT_ROLE_HELPER;
}

static void pair(struct matching *m, int a, int b)
{
	if (a < 0 || b < 0 || m->pairs->process[CT_DIFF_A][a] >= 0 ||
	    m->pairs->process[CT_DIFF_B][b] >= 0)
		return;
	m->pairs->process[CT_DIFF_A][a] = b;
	m->pairs->process[CT_DIFF_B][b] = a;
}

/* Those of the list that are free still. */
struct free_ones {
	int *process;
	struct align_item *items;
	size_t n;
};

static struct free_ones free_ones(const struct matching *m, enum ct_diff_side side,
				  const int *list, size_t n, enum likeness likeness)
{
	CT_CLEANUP_STRBUF struct ct_strbuf key = CT_STRBUF_INIT;
	struct free_ones f = { ct_realloc(NULL, n + 1, sizeof(int)),
			       ct_realloc(NULL, n + 1, sizeof(struct align_item)), 0 };

	for (size_t i = 0; i < n; i++) {
		if (m->pairs->process[side][list[i]] >= 0 ||
		    (likeness == LIKE_ROLE && !has_part(m->model[side], list[i])))
			continue;
		f.items[f.n] =
			(struct align_item){ key_of(m, side, list[i], likeness, &key),
					     -1 };
		f.process[f.n++] = list[i];
	}
	return f;
}

static void free_ones_release(struct free_ones *f)
{
	free(f->process);
	free(f->items);
}

/* Pairs what is alike in two lists of processes. */
static void pair_lists(struct matching *m, const int *a, size_t n_a, const int *b,
		       size_t n_b)
{
	for (enum likeness like = LIKE_COMMAND; like < LIKENESSES && n_a && n_b; like++) {
		struct free_ones x = free_ones(m, CT_DIFF_A, a, n_a, like);
		struct free_ones y = free_ones(m, CT_DIFF_B, b, n_b, like);

		align(x.items, x.n, y.items, y.n);
		align_rest(x.items, x.n, y.items, y.n);
		for (size_t i = 0; i < x.n; i++)
			if (x.items[i].other >= 0)
				pair(m, x.process[i], y.process[x.items[i].other]);
		free_ones_release(&x);
		free_ones_release(&y);
	}
}

static void list_children(struct matching *m, enum ct_diff_side side,
			  struct ct_arena *arena)
{
	const struct ct_model *model = m->model[side];
	size_t n = model->n_processes;
	size_t *first = ct_arena_array(arena, size_t, n + 3);
	int *children = ct_arena_array(arena, int, n + 1);

	/* creator -1 is in the last place; see steps_collect() */
	for (size_t i = 0; i < n; i++) {
		int creator = model->processes[i].creator;

		first[(creator < 0 ? n : (size_t)creator) + 2]++;
	}
	for (size_t i = 2; i < n + 3; i++)
		first[i] += first[i - 1];
	for (size_t i = 0; i < n; i++) {
		int creator = model->processes[i].creator;

		children[first[(creator < 0 ? n : (size_t)creator) + 1]++] = (int)i;
	}
	m->children[side] = children;
	m->first[side] = first;
}

static void pair_children(struct matching *m, size_t a, size_t b)
{
	const size_t *first_a = m->first[CT_DIFF_A], *first_b = m->first[CT_DIFF_B];

	pair_lists(m, m->children[CT_DIFF_A] + first_a[a], first_a[a + 1] - first_a[a],
		   m->children[CT_DIFF_B] + first_b[b], first_b[b + 1] - first_b[b]);
}

/* Creators have smaller indexes than what they create: one pass goes all the way down. */
static void pair_descendants(struct matching *m)
{
	for (size_t i = 0; i < m->model[CT_DIFF_A]->n_processes; i++)
		if (m->pairs->process[CT_DIFF_A][i] >= 0)
			pair_children(m, i, (size_t)m->pairs->process[CT_DIFF_A][i]);
}

/* Who plays a part in a container plays it in the counterpart, too. */
static void pair_parts(struct matching *m)
{
	const struct ct_model *a = m->model[CT_DIFF_A], *b = m->model[CT_DIFF_B];

	for (size_t i = 0; i < a->n_containers; i++) {
		const struct ct_container *x = &a->containers[i], *y;

		if (m->pairs->container[CT_DIFF_A][i] < 0)
			continue;
		y = &b->containers[m->pairs->container[CT_DIFF_A][i]];
		pair(m, x->runtime_process, y->runtime_process);
		pair(m, x->monitor, y->monitor);
		pair(m, x->init, y->init);
		pair(m, x->payload, y->payload);
	}
}

static int *nobody(struct ct_arena *arena, size_t n)
{
	int *list = ct_arena_array(arena, int, n + 1);

	for (size_t i = 0; i < n; i++)
		list[i] = -1;
	return list;
}

static int *everybody(struct ct_arena *arena, size_t n)
{
	int *list = ct_arena_array(arena, int, n + 1);

	for (size_t i = 0; i < n; i++)
		list[i] = (int)i;
	return list;
}

void pairs_find(struct pairs *pairs, const struct ct_model *const model[CT_DIFF_SIDES],
		const struct normal normal[CT_DIFF_SIDES], struct ct_arena *arena)
{
	struct matching m = { .pairs = pairs, .model = model, .normal = normal };
	size_t n_a = model[CT_DIFF_A]->n_processes, n_b = model[CT_DIFF_B]->n_processes;

	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		pairs->process[side] = nobody(arena, model[side]->n_processes);
		pairs->container[side] = nobody(arena, model[side]->n_containers);
		list_children(&m, side, arena);
	}
	pair(&m, model[CT_DIFF_A]->root, model[CT_DIFF_B]->root);
	pairs_containers(pairs, model, normal);
	pair_parts(&m);
	pair_children(&m, n_a, n_b); /* those that nobody of the trace made */
	pair_descendants(&m);
	pair_lists(&m, everybody(arena, n_a), n_a, everybody(arena, n_b), n_b);
	pair_descendants(&m);
}
