/* SPDX-License-Identifier: MIT */
/* What a payload tried at its container's walls, in words. */
#include "walls.h"

#include "cttrace/errno.h"
#include "label.h"

#include <string.h>

enum { COL_MARK = 2, COL_OUTCOME = 4, COL_WHAT = 13 };

/* A program that builds containers mounts much: so many of a deed are told. */
#define SHOWN 8

void ct_wall_add_answer(struct ct_strbuf *out, const struct ct_wall *w)
{
	if (w->error)
		ct_strbuf_adds(out, ct_errno_name(w->error));
	if (*w->reason)
		ct_strbuf_addf(out, "%s%s", w->error ? ", " : "", w->reason);
}

static void wall(const struct ct_screen *screen, const struct ct_wall *w)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	bool allowed = w->outcome == CT_OUTCOME_ALLOWED;

	ct_label_text(&sb, w->what, strlen(w->what), true);
	if (w->error || *w->reason)
		ct_strbuf_adds(&sb, ": ");
	ct_wall_add_answer(&sb, w);
	if (w->count > 1)
		ct_strbuf_addf(&sb, " (%zu times)", w->count);
	ct_row_seek(&row, COL_MARK);
	ct_row_add(&row, CT_STYLE_BAD, w->reaches_host ? "!" : " ");
	ct_row_seek(&row, COL_OUTCOME);
	ct_row_add(&row, allowed ? CT_STYLE_BAD : CT_STYLE_GOOD,
		   ct_outcome_name(w->outcome));
	ct_row_seek(&row, COL_WHAT);
	ct_row_wrap(&row, COL_WHAT, CT_STYLE_PLAIN, sb.data, screen->out);
}

static bool is_alike(const struct ct_wall *a, const struct ct_wall *b)
{
	return a->outcome == b->outcome && a->layer == b->layer &&
	       a->reaches_host == b->reaches_host && !strcmp(a->deed, b->deed);
}

/* How many like this one come before, and in all. */
static void count(const struct ct_container *c, size_t index, size_t *before, size_t *all)
{
	*before = *all = 0;
	for (size_t i = 0; i < c->n_walls; i++)
		if (is_alike(&c->walls[i], &c->walls[index])) {
			++*all;
			*before += i < index;
		}
}

static void more(const struct ct_screen *screen, const struct ct_wall *w, size_t n)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_row_seek(&row, COL_OUTCOME);
	ct_row_add(&row, CT_STYLE_DIM, ct_outcome_name(w->outcome));
	ct_row_seek(&row, COL_WHAT);
	ct_row_addf(&row, CT_STYLE_DIM, "%zu more like these: %s", n, w->deed);
	ct_row_end(&row, screen->out);
}

void ct_walls_show(const struct ct_screen *screen, const struct ct_container *c)
{
	if (c->n_walls)
		ct_screen_heading(screen, "what its payload tried at these walls");
	for (size_t i = 0; i < c->n_walls; i++) {
		size_t before, all;

		count(c, i, &before, &all);
		if (screen->verbose || before < SHOWN)
			wall(screen, &c->walls[i]);
		else if (before == SHOWN)
			more(screen, &c->walls[i], all - SHOWN);
	}
}
