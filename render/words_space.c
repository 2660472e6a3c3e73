/* SPDX-License-Identifier: MIT */
/* Changes of namespaces and cgroups in words: from where to where, and who made it. */
#include "label.h"
#include "lookup.h"
#include "words.h"

#include <string.h>

static void add_text(struct ct_row *row, enum ct_style style, const char *text, bool cut)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_text(&sb, text, strlen(text), cut);
	ct_row_addn(row, style, sb.data, sb.len);
}

void ct_words_inode(struct ct_strbuf *out, uint64_t inode, uint64_t previous)
{
	const uint64_t shown = 1000, shortest = 1000000; /* "…312" of a longer number */

	if (!inode)
		ct_strbuf_adds(out, "?");
	else if (inode >= shortest && inode / shown == previous / shown)
		ct_strbuf_addf(out, "…%03llu", (unsigned long long)(inode % shown));
	else
		ct_strbuf_addf(out, "%llu", (unsigned long long)inode);
}

/* The namespace's maker, when it was made earlier in this trace. */
static void add_maker(struct ct_row *row, const struct ct_story *story,
		      const struct ct_ns_change *change)
{
	const struct ct_visit *maker = ct_makers_find(&story->makers, change);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (!maker)
		return;
	ct_label_process(&sb, story->model, maker->process);
	ct_strbuf_adds(&sb, "'s, of ");
	ct_label_ms(&sb, maker->change->t_ns);
	ct_row_addf(row, CT_STYLE_DIM, "   (%s)", sb.data);
}

/* Is there room for these words, and for a lifetime behind them? */
static bool has_room(const struct ct_row *row, const struct ct_row *words)
{
	enum { LIFETIME = 10 };

	return row->cells + words->cells + LIFETIME <= row->look->width;
}

static void add_change(struct ct_row *row, const struct ct_ns_change *c,
		       uint64_t previous)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (c->how == CT_NS_SETNS || (c->how == CT_NS_UNSHARE && !previous && c->from)) {
		ct_words_inode(&sb, c->from, 0);
		ct_strbuf_addc(&sb, ' ');
	}
	ct_strbuf_adds(&sb, "→ ");
	ct_words_inode(&sb, c->to, previous ? previous : c->from);
	ct_row_addf(row, CT_STYLE_CHANGE, "%s%s %s", c->how == CT_NS_SETNS ? "" : "+",
		    ct_ns_name(c->type), sb.data);
	if (c->for_children)
		ct_row_add(row, CT_STYLE_DIM, " (for children)");
}

/* All changes of one call; `brief` says only which types. Gives back the last one. */
static const struct ct_ns_change *add_changes(struct ct_row *row,
					      const struct ct_model *model,
					      const struct ct_fact *fact, bool brief)
{
	const struct ct_ns_change *last = NULL;

	for (size_t i = 0; i < fact->n_ns && fact->first_ns + i < model->n_ns_changes;
	     i++) {
		const struct ct_ns_change *c = &model->ns_changes[fact->first_ns + i];

		if (!last)
			ct_row_addf(row, CT_STYLE_PLAIN, "%s ", ct_ns_how_name(c->how));
		else
			ct_row_add(row, CT_STYLE_PLAIN, brief ? " " : "  ");
		if (brief)
			ct_row_addf(row, CT_STYLE_CHANGE, "%s%s",
				    c->how == CT_NS_SETNS ? "→ " : "+",
				    ct_ns_name(c->type));
		else
			add_change(row, c, last ? last->to : 0);
		last = c;
	}
	return last;
}

void ct_words_namespace(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item)
{
	const struct ct_model *model = story->model;
	const struct ct_fact *fact = &model->facts[item->events[0]];
	CT_CLEANUP_ROW struct ct_row words = CT_ROW_INIT(row->look);
	const struct ct_ns_change *last = add_changes(&words, model, fact, false);

	if (fact->n_ns > 1 && !story->verbose && !has_room(row, &words))
		add_changes(row, model, fact, true);
	else
		ct_row_append(row, &words);
	if (item->n_events > 1)
		ct_row_addf(row, CT_STYLE_PLAIN, " %s",
			    item->n_events % 2 ? "again" : "and back");
	if (item->n_events > 3)
		ct_row_addf(row, CT_STYLE_DIM, " (×%zu)", (item->n_events + 1) / 2);
	if (last && last->how == CT_NS_SETNS)
		add_maker(row, story, last);
}

void ct_words_move(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item)
{
	const struct ct_fact *fact = &story->model->facts[item->events[0]];
	const struct ct_cgroup_change *c = &story->model->cgroup_changes[fact->cgroup];
	CT_CLEANUP_STRBUF struct ct_strbuf who = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row from = CT_ROW_INIT(row->look);
	CT_CLEANUP_ROW struct ct_row to = CT_ROW_INIT(row->look);

	ct_row_add(row, CT_STYLE_PLAIN, "cgroup ");
	add_text(&from, CT_STYLE_CHANGE, c->from && *c->from ? c->from : "?",
		 !story->verbose);
	ct_row_add(&from, CT_STYLE_CHANGE, " ");
	ct_row_add(&to, CT_STYLE_CHANGE, "→ ");
	add_text(&to, CT_STYLE_CHANGE, c->to && *c->to ? c->to : "?", !story->verbose);
	/* where to is what one wants to know first */
	if (row->cells + from.cells + to.cells <= row->look->width || story->verbose)
		ct_row_append(row, &from);
	ct_row_append(row, &to);
	if (c->writer != c->process)
		ct_label_process(&who, story->model, c->writer);
	if (who.len || c->n_hierarchies > 1)
		ct_row_add(row, CT_STYLE_DIM, "   (");
	if (who.len)
		ct_row_addf(row, CT_STYLE_DIM, "by %s", who.data);
	if (c->n_hierarchies > 1)
		ct_row_addf(row, CT_STYLE_DIM, "%s%d hierarchies", who.len ? ", " : "",
			    c->n_hierarchies);
	if (who.len || c->n_hierarchies > 1)
		ct_row_add(row, CT_STYLE_DIM, ")");
}
