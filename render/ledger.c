/* SPDX-License-Identifier: MIT */
/* The namespace ledger: what each container has, and every change that led to it. */
#include "ascii.h"
#include "label.h"
#include "lookup.h"
#include "words.h"

#include <string.h>

/* Columns of both tables, from left to right; each ends where the next begins. */
enum {
	COL_TYPE = 2,
	COL_FROM = 10,
	COL_TO = 22,
	COL_HOW = 34,
	COL_AT = 52, /* numbers end before it */
	COL_WHO = 55,
};

static void table_heading(const struct ct_screen *screen, const char *from,
			  const char *to, const char *who)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_row_seek(&row, COL_TYPE);
	ct_row_add(&row, CT_STYLE_DIM, "type");
	ct_row_seek(&row, COL_FROM);
	ct_row_add(&row, CT_STYLE_DIM, from);
	ct_row_seek(&row, COL_TO);
	ct_row_add(&row, CT_STYLE_DIM, to);
	ct_row_seek(&row, COL_HOW);
	ct_row_add(&row, CT_STYLE_DIM, "how");
	ct_row_right(&row, COL_AT, CT_STYLE_DIM, "ms");
	ct_row_seek(&row, COL_WHO);
	ct_row_add(&row, CT_STYLE_DIM, who);
	ct_row_end(&row, screen->out);
}

static void add_inode(struct ct_row *row, int column, enum ct_style style, uint64_t inode)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_words_inode(&sb, inode, 0);
	ct_row_seek(row, column);
	ct_row_add(row, style, sb.data);
}

static void add_time_and_who(struct ct_row *row, const struct ct_model *model,
			     int64_t t_ns, int process)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (t_ns >= 0) {
		ct_label_ms(&sb, t_ns);
		ct_row_right(row, COL_AT, CT_STYLE_DIM, sb.data);
	}
	if (!ct_process_at(model, process))
		return;
	ct_strbuf_reset(&sb);
	ct_label_process(&sb, model, process);
	ct_row_seek(row, COL_WHO);
	ct_row_addn(row, CT_STYLE_NAME, sb.data, sb.len);
}

/* The other containers that have the same one. */
static void add_sharers(struct ct_row *row, const struct ct_model *model,
			const struct ct_container *c, enum ct_ns type)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = 0; i < model->n_containers; i++) {
		const struct ct_container *other = &model->containers[i];

		if (other == c ||
		    !(ct_namespaces_of_both(model, c, other) & ct_ns_clone_flag(type)))
			continue;
		ct_strbuf_adds(&sb, sb.len ? ", " : "  with ");
		ct_label_id(&sb, other->id);
	}
	if (sb.len && row->cells < COL_WHO)
		ct_row_seek(row, COL_WHO);
	ct_row_addn(row, CT_STYLE_DIM, sb.data, sb.len);
}

static void container_table(const struct ct_screen *screen, const struct ct_model *model,
			    const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf id = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_row_end(&row, screen->out);
	ct_label_id(&id, c->id);
	ct_row_addf(&row, CT_STYLE_TITLE, "namespaces of container %s (step %d)", id.data,
		    (int)CT_STEP_NAMESPACES);
	ct_row_end(&row, screen->out);
	table_heading(screen, "outside", "inside", "made or first joined by");
	for (int type = 0; type < CT_NS_TYPES; type++) {
		const struct ct_container_ns *ns = &c->ns[type];
		bool shared = ns->how == CT_NS_SHARED;

		ct_row_seek(&row, COL_TYPE);
		ct_row_add(&row, CT_STYLE_PLAIN, ct_ns_name((enum ct_ns)type));
		add_inode(&row, COL_FROM, CT_STYLE_PLAIN, ns->from);
		add_inode(&row, COL_TO, shared ? CT_STYLE_PLAIN : CT_STYLE_CHANGE,
			  ns->to);
		ct_row_seek(&row, COL_HOW);
		ct_row_add(&row, CT_STYLE_PLAIN, ct_ns_how_name(ns->how));
		if (!shared)
			add_time_and_who(&row, model, ns->t_ns, ns->by);
		add_sharers(&row, model, c, (enum ct_ns)type);
		ct_row_end(&row, screen->out);
	}
}

static void change_line(const struct ct_screen *screen, const struct ct_model *model,
			const struct ct_ns_change *change, int process)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_row_seek(&row, COL_TYPE);
	ct_row_add(&row, CT_STYLE_PLAIN, ct_ns_name(change->type));
	add_inode(&row, COL_FROM, CT_STYLE_PLAIN, change->from);
	add_inode(&row, COL_TO, CT_STYLE_CHANGE, change->to);
	ct_row_seek(&row, COL_HOW);
	ct_row_add(&row, CT_STYLE_PLAIN, ct_ns_how_name(change->how));
	add_time_and_who(&row, model, change->t_ns, process);
	if (change->for_children)
		ct_row_add(&row, CT_STYLE_DIM, "  (for its children)");
	ct_row_end(&row, screen->out);
}

void ct_view_namespaces(const struct ct_screen *screen, const struct ct_model *model)
{
	bool any = false;

	for (size_t i = 0; i < model->n_containers; i++)
		if (ct_container_is_shown(model, (int)i))
			container_table(screen, model, &model->containers[i]);
	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		if (p->n_ns_changes && !any) {
			ct_screen_heading(screen, "every change, process by process");
			table_heading(screen, "from", "to", "process");
			any = true;
		}
		for (size_t j = 0; j < p->n_ns_changes; j++)
			change_line(screen, model, &p->ns_changes[j], (int)i);
	}
	if (!any)
		ct_screen_heading(screen, "no process made, joined or left a namespace");
}
