/* SPDX-License-Identifier: MIT */
/* What a bundle's config.json asks for, beside what was done. */
#include "ascii.h"
#include "label.h"
#include "lookup.h"
#include "steps.h"

#include <string.h>

enum { COL_MARK = 2, COL_ASPECT = 4 };

/* The columns share what there is: 36 and 60 of 100. */
static int asked_column(const struct ct_look *look)
{
	return look->margin * 36 / 100;
}

static int done_column(const struct ct_look *look)
{
	enum { WIDE = 96 };

	return look->width > look->margin ? WIDE : look->width * 60 / 100;
}

/* Everything with -v; without it, what is as asked is counted only. */
static bool is_told(const struct ct_screen *screen, const struct ct_asked *asked)
{
	return screen->verbose || asked->match == CT_MATCH_DIFFERS ||
	       asked->match == CT_MATCH_NOT_SEEN;
}

static void headings(const struct ct_screen *screen)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_row_seek(&row, COL_ASPECT);
	ct_row_add(&row, CT_STYLE_DIM, "what (1-8: step)");
	ct_row_seek(&row, asked_column(screen->look));
	ct_row_add(&row, CT_STYLE_DIM, "asked");
	ct_row_seek(&row, done_column(screen->look));
	ct_row_add(&row, CT_STYLE_DIM, "done");
	ct_row_end(&row, screen->out);
}

static void line(const struct ct_screen *screen, const struct ct_asked *asked)
{
	static const char *const marks[] = { [CT_MATCH_SAME] = "=",
					     [CT_MATCH_DIFFERS] = "!",
					     [CT_MATCH_NOT_SEEN] = "?",
					     [CT_MATCH_NOT_ASKED] = " " };
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	bool differs = asked->match == CT_MATCH_DIFFERS;
	enum ct_step step = ct_step_of_aspect(asked->aspect);

	if (step)
		ct_row_addf(&row, CT_STYLE_TITLE, "%d", (int)step);
	ct_row_seek(&row, COL_MARK);
	ct_row_add(&row, differs ? CT_STYLE_BAD : CT_STYLE_DIM, marks[asked->match]);
	ct_row_seek(&row, COL_ASPECT);
	ct_row_addf(&row, CT_STYLE_PLAIN, "%s %s", asked->aspect, asked->name);
	ct_row_seek(&row, asked_column(screen->look));
	ct_row_add(&row, CT_STYLE_PLAIN, *asked->asked ? asked->asked : "-");
	ct_row_seek(&row, done_column(screen->look));
	ct_row_add(&row, differs ? CT_STYLE_BAD : CT_STYLE_PLAIN,
		   *asked->done ? asked->done : "-");
	if (*asked->said) {
		ct_row_add(&row, CT_STYLE_PLAIN, ", says ");
		ct_row_add(&row, CT_STYLE_PLAIN, asked->said);
	}
	ct_row_end(&row, screen->out);
}

static void summary(const struct ct_screen *screen, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	size_t count[4] = { 0 };

	for (size_t i = 0; i < c->n_asked; i++)
		count[c->asked[i].match]++;
	ct_strbuf_addf(&text, "%zu as asked (=), %zu different (!), %zu not seen (?)",
		       count[CT_MATCH_SAME], count[CT_MATCH_DIFFERS],
		       count[CT_MATCH_NOT_SEEN]);
	if (!screen->verbose && count[CT_MATCH_SAME])
		ct_strbuf_adds(&text, ": -v lists them");
	ct_screen_heading(screen, text.data);
}

static void container(const struct ct_screen *screen, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;
	bool any = false;

	ct_strbuf_adds(&title, "asked and done: container ");
	ct_label_id(&title, c->id);
	if (c->config_event < 0)
		ct_strbuf_adds(&title, ": the trace has no config.json of it");
	else if (*c->config_problem)
		ct_strbuf_addf(&title, ": %s", c->config_problem);
	ct_screen_heading(screen, title.data);
	for (size_t i = 0; i < c->n_asked; i++) {
		if (!is_told(screen, &c->asked[i]))
			continue;
		if (!any)
			headings(screen);
		any = true;
		line(screen, &c->asked[i]);
	}
	if (c->n_asked)
		summary(screen, c);
}

void ct_view_asked(const struct ct_screen *screen, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_containers; i++)
		if (ct_container_is_shown(model, (int)i))
			container(screen, &model->containers[i]);
	if (!model->n_containers)
		ct_screen_heading(screen, "no container was made");
}
