/* SPDX-License-Identifier: MIT */
/* The mount table of a container as a tree: what lies where, and where it comes from. */
#include "alloc.h"
#include "ascii.h"
#include "cells.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

enum { COL_INDENT = 2, DEEPEST = 17, GAP = 2 };

/* As wide as what stands in them, within limits. */
struct columns {
	int type, flags, from;
};

static int depth_of(const struct ct_container *c, size_t index)
{
	int depth = 0;

	/* a parent comes before what is mounted on it */
	for (int i = c->mount_table[index].parent; i >= 0; i = c->mount_table[i].parent)
		depth++;
	return depth;
}

/* As a walk through the directories comes by: '/' sorts before all other characters. */
static int compare_paths(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == '/' || *b == '/')
		return *a == '/' ? (*b ? -1 : 1) : (*a ? 1 : -1);
	return (unsigned char)*a - (unsigned char)*b;
}

struct entry {
	const struct ct_mounted *mount;
};

static int compare(const void *a, const void *b)
{
	const struct ct_mounted *x = ((const struct entry *)a)->mount;
	const struct ct_mounted *y = ((const struct entry *)b)->mount;
	int order = compare_paths(x->target, y->target);

	/* one over the other: the lower one came first */
	return order ? order : (x > y) - (x < y);
}

/* The name below the mount that it lies on: "pts" on "/dev". */
static const char *name_on(const struct ct_container *c, const struct ct_mounted *m)
{
	const char *parent = m->parent < 0 ? "" : c->mount_table[m->parent].target;
	size_t len = strcmp(parent, "/") != 0 ? strlen(parent) + 1 : 1;

	if (m->parent < 0 || strlen(m->target) <= len)
		return m->target;
	return m->target + len;
}

static const char *kind_of(const struct ct_mounted *m)
{
	if (m->covered || m->hidden)
		return "covered";
	if (m->masked)
		return "masked";
	if (m->read_only_path)
		return "read-only";
	return *m->type ? m->type : "?";
}

/* Without what every mount has. */
static void flags_of(struct ct_strbuf *out, const struct ct_mounted *m)
{
	for (const char *at = m->flags; *at;) {
		size_t len = strcspn(at, ",");

		if (len != 8 || strncmp(at, "relatime", len) != 0)
			ct_strbuf_addf(out, "%s%.*s", out->len ? " " : "", (int)len, at);
		at += len + (at[len] == ',');
	}
	if (strcmp(m->propagation, "private") != 0)
		ct_strbuf_addf(out, "%s%s", out->len ? " " : "", m->propagation);
}

/* Where there is no room, the end of a path says more than its beginning. */
static void add_origin(struct ct_row *row, const struct ct_mounted *m)
{
	static const char from[] = "from ";
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	int room = row->look->width - row->cells - (int)strlen(from);
	const char *path;

	if (*m->host && !m->masked && !m->read_only_path)
		ct_label_text(&sb, m->host, strlen(m->host), true);
	if (!sb.len)
		return;
	for (path = sb.data; ct_row_cells(row, path) + (path > sb.data) > room;) {
		const char *next = strchr(path + 1, '/');

		if (!next)
			break;
		path = next;
	}
	ct_row_addf(row, CT_STYLE_DIM, "%s%s", from, path > sb.data ? "…" : "");
	if (ct_row_cells(row, path) > row->look->width - row->cells)
		ct_row_addf(row, CT_STYLE_DIM, "%.*s…",
			    (int)ct_cells_prefix(path, strlen(path),
						 row->look->width - row->cells - 1),
			    path);
	else
		ct_row_add(row, CT_STYLE_DIM, path);
}

static void layer(const struct ct_screen *screen, int indent, const char *what,
		  const char *path)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_text(&sb, path, strlen(path), true);
	ct_row_seek(&row, indent);
	ct_row_addf(&row, CT_STYLE_DIM, "%s %s", what, sb.data);
	ct_row_end(&row, screen->out);
}

static void layers(const struct ct_screen *screen, int indent, const struct ct_mounted *m)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (*m->upper)
		layer(screen, indent, "written to", m->upper);
	for (size_t i = 0; i < m->n_lower; i++) {
		ct_strbuf_reset(&sb);
		ct_strbuf_addf(&sb, "layer %zu", m->n_lower - i);
		layer(screen, indent, sb.data, m->lower[i]);
	}
}

static int indent_of(const struct ct_container *c, const struct ct_mounted *m)
{
	int indent = COL_INDENT * (1 + depth_of(c, (size_t)(m - c->mount_table)));

	return indent < DEEPEST ? indent : DEEPEST;
}

static void widen(int *width, int cells, int most)
{
	if (cells > most)
		cells = most;
	*width = cells > *width ? cells : *width;
}

static struct columns find_columns(const struct ct_look *look,
				   const struct ct_container *c)
{
	enum { TARGET = 34, TYPE = 14, FLAGS = 30 };
	struct ct_row probe = CT_ROW_INIT(look);
	int target = 0, type = 0, flags = 0;

	for (size_t i = 0; i < c->n_mount_table; i++) {
		const struct ct_mounted *m = &c->mount_table[i];
		CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

		flags_of(&sb, m);
		widen(&target, indent_of(c, m) + ct_row_cells(&probe, name_on(c, m)),
		      TARGET);
		widen(&type, ct_row_cells(&probe, kind_of(m)), TYPE);
		widen(&flags, ct_row_cells(&probe, sb.data), FLAGS);
	}
	return (struct columns){
		.type = target + GAP,
		.flags = target + type + 2 * GAP,
		.from = target + type + flags + 3 * GAP,
	};
}

static void line(const struct ct_screen *screen, const struct columns *columns,
		 const struct ct_container *c, const struct ct_mounted *m)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	CT_CLEANUP_STRBUF struct ct_strbuf flags = CT_STRBUF_INIT;
	int indent = indent_of(c, m);

	flags_of(&flags, m);
	ct_row_seek(&row, indent);
	ct_row_add(&row, CT_STYLE_NAME, name_on(c, m));
	ct_row_seek(&row, columns->type);
	ct_row_add(&row, m->masked || m->read_only_path ? CT_STYLE_GOOD : CT_STYLE_PLAIN,
		   kind_of(m));
	ct_row_seek(&row, columns->flags);
	ct_row_addn(&row, CT_STYLE_PLAIN, flags.data, flags.len);
	if (*m->host) {
		ct_row_seek(&row, columns->from);
		add_origin(&row, m);
	}
	ct_row_end(&row, screen->out);
	layers(screen, indent + COL_INDENT, m);
}

static void lines(const struct ct_screen *screen, const struct ct_container *c)
{
	struct entry *order = ct_alloc(c->n_mount_table * sizeof(*order));
	struct columns columns = find_columns(screen->look, c);

	for (size_t i = 0; i < c->n_mount_table; i++)
		order[i].mount = &c->mount_table[i];
	qsort(order, c->n_mount_table, sizeof(*order), compare);
	for (size_t i = 0; i < c->n_mount_table; i++)
		line(screen, &columns, c, order[i].mount);
	free(order);
}

static void remark(const struct ct_screen *screen, const char *text)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_row_seek(&row, COL_INDENT);
	ct_row_wrap(&row, COL_INDENT, CT_STYLE_DIM, text, screen->out);
}

static void table(const struct ct_screen *screen, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;

	ct_strbuf_adds(&title, "mounts of container ");
	ct_label_id(&title, c->id);
	if (c->n_mount_table)
		ct_strbuf_addf(&title, ": %zu", c->n_mount_table);
	ct_strbuf_addf(&title, " (step %d)", (int)CT_STEP_ROOTFS);
	ct_screen_heading(screen, title.data);
	if (c->n_mount_table)
		lines(screen, c);
	else if (c->ns[CT_NS_MNT].how == CT_NS_SHARED)
		remark(screen, "those of the host: it has no mount namespace of its own");
	else
		remark(screen,
		       "not known: nothing of its mount namespace is in the trace");
	if (c->n_mount_table && !c->mount_table_whole)
		remark(screen, "The trace does not have the table that this one began "
			       "with: mounts from before it are missing.");
}

static void add_layer(struct ct_row *row, const struct ct_changed_file *f)
{
	static const char *const words[] = {
		[CT_FILE_WRITTEN] = "copied up from",
		[CT_FILE_CREATED] = "in place of that in",
		[CT_FILE_REMOVED] = "hides that of",
	};

	if (f->layer > 0)
		ct_row_addf(row, CT_STYLE_DIM, "   %s layer %d of %d", words[f->change],
			    f->layer, f->layers);
	else if (!f->layer && f->change == CT_FILE_REMOVED)
		ct_row_add(row, CT_STYLE_DIM, "   was not in the image");
}

/* All of them with -v. */
static void changed_files(const struct ct_screen *screen, const struct ct_container *c)
{
	enum { SHOWN = 20 };
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	size_t n = c->n_changed_files;

	if (!n)
		return;
	ct_screen_heading(screen,
			  "files of the image that were changed, so far as calls tell");
	if (n > SHOWN && !screen->verbose)
		n = SHOWN;
	for (size_t i = 0; i < n; i++) {
		const struct ct_changed_file *f = &c->changed_files[i];

		ct_row_seek(&row, COL_INDENT);
		ct_row_addf(&row, CT_STYLE_PLAIN, "%s  %s",
			    ct_file_change_name(f->change), f->path);
		if (f->by_runtime)
			ct_row_add(&row, CT_STYLE_DIM, "   (by the runtime)");
		add_layer(&row, f);
		ct_row_end(&row, screen->out);
	}
	if (n < c->n_changed_files) {
		ct_row_addf(&row, CT_STYLE_DIM, "  and %zu more (-v)",
			    c->n_changed_files - n);
		ct_row_end(&row, screen->out);
	}
}

void ct_view_mounts(const struct ct_screen *screen, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_containers; i++) {
		if (!ct_container_is_shown(model, (int)i))
			continue;
		table(screen, &model->containers[i]);
		changed_files(screen, &model->containers[i]);
	}
	if (!model->n_containers)
		ct_screen_heading(screen, "no container was made");
}
