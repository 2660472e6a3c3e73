/* SPDX-License-Identifier: MIT */
/* What keeps a container apart from its host, aspect by aspect. */
#include "ascii.h"
#include "cttrace/errno.h"
#include "label.h"
#include "lookup.h"
#include "steps.h"
#include "walls.h"

#include <string.h>

enum { COL_MARK = 2, COL_ASPECT = 4, COL_STATE = 26, COL_MEANING = 44 };

static void below(const struct ct_screen *screen, enum ct_style style, const char *text)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_text(&sb, text, strlen(text), true);
	ct_row_seek(&row, COL_STATE);
	ct_row_wrap(&row, COL_STATE, style, sb.data, screen->out);
}

/* Why it matters is said where something is open; of all aspects with -v. */
static void aspect(const struct ct_screen *screen, const struct ct_isolation *a)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	enum ct_step step = ct_step_of_aspect(a->aspect);

	if (step)
		ct_row_addf(&row, CT_STYLE_TITLE, "%d", (int)step);
	ct_row_seek(&row, COL_MARK);
	ct_row_add(&row, CT_STYLE_BAD, a->open ? "!" : " ");
	ct_row_seek(&row, COL_ASPECT);
	ct_row_add(&row, CT_STYLE_PLAIN, a->aspect);
	ct_row_seek(&row, COL_STATE);
	ct_row_add(&row, a->open ? CT_STYLE_BAD : CT_STYLE_GOOD, a->state);
	ct_row_end(&row, screen->out);
	if (*a->detail)
		below(screen, CT_STYLE_PLAIN, a->detail);
	if (a->open || screen->verbose)
		below(screen, CT_STYLE_DIM, a->why);
}

/* Those that do limit; the rules about devices, which are many, with -v. */
static void limits(const struct ct_screen *screen, const struct ct_container *c)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	bool any = false;

	for (size_t i = 0; i < c->n_limits; i++) {
		const struct ct_limit *limit = &c->limits[i];
		const char *meaning = limit->meaning ? limit->meaning : "";
		CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

		if (limit->failed || limit->replaced || !*meaning ||
		    !strcmp(meaning, "no limit") ||
		    (!screen->verbose && !strncmp(limit->file, "devices.", 8)))
			continue;
		if (!any)
			ct_screen_heading(screen, "limits that were set");
		any = true;
		ct_row_seek(&row, COL_ASPECT);
		ct_row_addf(&row, CT_STYLE_PLAIN, "%s = %s", limit->file, limit->value);
		ct_row_seek(&row, COL_MEANING);
		ct_strbuf_adds(&words, meaning);
		if (limit->above && *limit->above)
			ct_strbuf_addf(&words, " (all of %s)", limit->above);
		ct_row_wrap(&row, COL_MEANING, CT_STYLE_DIM, words.data, screen->out);
	}
}

/* The same done to one name in several hierarchies of cgroups. */
static bool is_repeated(const struct ct_act *a, const struct ct_act *b)
{
	const char *x = strrchr(a->value, '/'), *y = strrchr(b->value, '/');

	return a->process == b->process && a->error == b->error && x && y &&
	       !strcmp(a->name, b->name) && !strcmp(x, y);
}

/* "podman 6422   freezer.state = FROZEN": ids, privileges, kernel settings, its cgroup */
static void acts(const struct ct_screen *screen, const struct ct_model *model,
		 const struct ct_container *c)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	if (c->n_acts)
		ct_screen_heading(screen, "what was done to make it so");
	for (size_t i = 0; i < c->n_acts; i++) {
		const struct ct_act *a = &c->acts[i];
		size_t more = 0;
		CT_CLEANUP_STRBUF struct ct_strbuf who = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf what = CT_STRBUF_INIT;

		ct_label_process(&who, model, a->process);
		ct_label_text(&what, a->name, strlen(a->name), true);
		ct_strbuf_adds(&what, *a->value ? " = " : "");
		ct_label_text(&what, a->value, strlen(a->value), true);
		if (a->error)
			ct_strbuf_addf(&what, ": %s", ct_errno_name(a->error));
		while (!screen->verbose && i + 1 < c->n_acts &&
		       is_repeated(a, &c->acts[i + 1])) {
			more++;
			i++;
		}
		if (more)
			ct_strbuf_addf(&what, "   and %zu more of this name", more);
		ct_row_seek(&row, COL_ASPECT);
		ct_row_add(&row, CT_STYLE_DIM, who.data);
		if (row.cells >= COL_STATE)
			ct_row_add(&row, CT_STYLE_PLAIN, " ");
		ct_row_seek(&row, COL_STATE);
		ct_row_wrap(&row, COL_STATE, a->error ? CT_STYLE_BAD : CT_STYLE_PLAIN,
			    what.data, screen->out);
	}
}

/* How far it became what its config.json asks for; --view asked has each item. */
static void asked(const struct ct_screen *screen, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_asked(&sb, c);
	if (!sb.len)
		return;
	ct_screen_heading(screen, "what config.json asks for, beside what was done");
	below(screen, CT_STYLE_PLAIN, sb.data);
	for (size_t i = 0; i < c->n_asked; i++) {
		const struct ct_asked *a = &c->asked[i];

		if (a->match != CT_MATCH_DIFFERS)
			continue;
		ct_strbuf_reset(&sb);
		ct_strbuf_addf(&sb, "%s%s%s: asked %s, done %s", a->aspect,
			       *a->name ? " " : "", a->name,
			       *a->asked ? a->asked : "nothing",
			       *a->done ? a->done : "nothing");
		below(screen, CT_STYLE_BAD, sb.data);
	}
}

static void summary(const struct ct_screen *screen, const struct ct_model *model,
		    const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;

	ct_strbuf_adds(&title, "isolation of container ");
	ct_label_id(&title, c->id);
	ct_strbuf_adds(&title, " (1-8: step; !: open to the host)");
	ct_screen_heading(screen, title.data);
	for (size_t i = 0; i < c->n_isolation; i++)
		aspect(screen, &c->isolation[i]);
	limits(screen, c);
	acts(screen, model, c);
	ct_walls_show(screen, c);
	asked(screen, c);
}

void ct_view_isolation(const struct ct_screen *screen, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_containers; i++)
		if (ct_container_is_shown(model, (int)i))
			summary(screen, model, &model->containers[i]);
	if (!model->n_containers)
		ct_screen_heading(screen, "no container was made");
}
