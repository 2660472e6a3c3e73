/* SPDX-License-Identifier: MIT */
/*
 * Which container is which: the one of the same name, else the one that runs the same,
 * else the next one. A name is an id that a person gave; those that engines make up say
 * nothing.
 */
#include "pair.h"

#include "align.h"
#include "alloc.h"

#include <stdlib.h>
#include <string.h>

enum likeness {
	LIKE_NAME,
	LIKE_COMMAND, /* the program and its arguments */
	LIKE_PROGRAM,
	LIKE_PLACE, /* on the host, or in another container */
	LIKENESSES,
};

static const struct ct_exec *payload_of(const struct ct_model *model,
					const struct ct_container *c)
{
	if (c->payload < 0 || c->payload_exec < 0)
		return NULL;
	return &model->processes[c->payload].execs[c->payload_exec];
}

/* What makes it alike; false: that is not known of this one. */
static bool describe(struct ct_strbuf *key, const struct ct_model *model,
		     const struct normal *n, const struct ct_container *c,
		     enum likeness likeness)
{
	const struct ct_exec *exec = payload_of(model, c);

	ct_strbuf_reset(key);
	ct_strbuf_addc(key, c->outer < 0 ? 'h' : 'c');
	if (likeness == LIKE_NAME) {
		ct_strbuf_adds(key, c->id);
		return normal_is_name(c->id);
	}
	if (likeness == LIKE_PLACE)
		return true;
	if (!exec)
		return false;
	normal_add(key, n, NORMAL_PATH, exec->path, strlen(exec->path));
	for (size_t i = 0; i < exec->argc && likeness == LIKE_COMMAND; i++) {
		ct_strbuf_addc(key, '\0');
		normal_add(key, n, NORMAL_TEXT, exec->argv[i], strlen(exec->argv[i]));
	}
	return true;
}

/* Those that have no counterpart yet and whose likeness is known. */
struct candidates {
	int *container;
	struct align_item *items;
	size_t n;
};

static struct candidates candidates_of(const struct pairs *pairs, enum ct_diff_side side,
				       const struct ct_model *model,
				       const struct normal *n, enum likeness likeness)
{
	CT_CLEANUP_STRBUF struct ct_strbuf key = CT_STRBUF_INIT;
	size_t room = model->n_containers + 1;
	struct candidates c = { ct_realloc(NULL, room, sizeof(*c.container)),
				ct_realloc(NULL, room, sizeof(*c.items)), 0 };

	for (size_t i = 0; i < model->n_containers; i++) {
		if (pairs->container[side][i] >= 0 ||
		    !describe(&key, model, n, &model->containers[i], likeness))
			continue;
		c.items[c.n] = (struct align_item){ normal_hash(key.data, key.len), -1 };
		c.container[c.n++] = (int)i;
	}
	return c;
}

static void candidates_release(struct candidates *c)
{
	free(c->container);
	free(c->items);
}

void pairs_containers(struct pairs *pairs,
		      const struct ct_model *const model[CT_DIFF_SIDES],
		      const struct normal normal[CT_DIFF_SIDES])
{
	for (enum likeness like = LIKE_NAME; like < LIKENESSES; like++) {
		struct candidates a = candidates_of(pairs, CT_DIFF_A, model[CT_DIFF_A],
						    &normal[CT_DIFF_A], like);
		struct candidates b = candidates_of(pairs, CT_DIFF_B, model[CT_DIFF_B],
						    &normal[CT_DIFF_B], like);

		align(a.items, a.n, b.items, b.n);
		align_rest(a.items, a.n, b.items, b.n);
		for (size_t i = 0; i < a.n; i++) {
			if (a.items[i].other < 0)
				continue;
			pairs->container[CT_DIFF_A][a.container[i]] =
				b.container[a.items[i].other];
			pairs->container[CT_DIFF_B][b.container[a.items[i].other]] =
				a.container[i];
		}
		candidates_release(&a);
		candidates_release(&b);
	}
}
