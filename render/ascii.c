/* SPDX-License-Identifier: MIT */
/* The format for a terminal: which parts a view is made of. */
#include "ascii.h"

#include "cttrace/render.h"
#include "formats.h"
#include "lesson.h"

#include <errno.h>
#include <string.h>

enum { PARTS_MAX = 5, DEFAULT_WIDTH = 100, SMALLEST_WIDTH = 40 };

static const char *const view_names[] = { "timeline",   "phases", "tree",
					  "namespaces", "mounts", "isolation",
					  "network",    "asked",  NULL };

/* In the order of their names. */
static ct_view_fn *const view_parts[][PARTS_MAX] = {
	{ ct_view_headline, ct_view_phases, ct_view_meters, ct_view_lanes,
	  ct_view_inside },
	{ ct_view_headline, ct_view_phases, ct_view_meters },
	{ ct_view_headline, ct_view_tree },
	{ ct_view_headline, ct_view_namespaces },
	{ ct_view_headline, ct_view_mounts },
	{ ct_view_headline, ct_view_isolation },
	{ ct_view_headline, ct_view_network },
	{ ct_view_headline, ct_view_asked },
};

/* What --explain tells of below views that do not tell it where it happens. */
enum {
	ALL_STEPS = (1U << CT_STEPS) - 1,
	TYPES = 1U << CT_STEPS /* of namespaces */
};
static const unsigned int view_lessons[] = {
	0,
	0,
	ALL_STEPS,
	1U << CT_STEP_NAMESPACES | TYPES,
	1U << CT_STEP_ROOTFS | 1U << CT_STEP_PIVOT,
	ALL_STEPS,
	1U << CT_STEP_NETWORK,
	ALL_STEPS,
};

static void add_lesson(const struct ct_screen *screen, const struct ct_lesson *lesson)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_lesson_add_named(&text, lesson);
	ct_row_seek(&row, 2);
	ct_row_wrap(&row, 4, CT_STYLE_PLAIN, text.data, screen->out);
}

static void add_lessons(const struct ct_screen *screen, const struct ct_model *model,
			unsigned int wanted)
{
	struct ct_told told = { 0 };
	bool any = false;

	for (int step = CT_STEP_NONE + 1; step < CT_STEPS; step++)
		if (wanted & 1U << step)
			any |= ct_told_first(&told, ct_lesson_of_step(model, step));
	for (size_t i = 0; wanted & TYPES && i < model->n_ns_changes; i++)
		any |= ct_told_first(&told,
				     ct_lesson_of_namespace(model->ns_changes[i].type));
	if (any)
		ct_screen_heading(screen, "what that is good for");
	for (const struct ct_lesson *l = ct_lessons; l->word; l++)
		if (told.lessons[l - ct_lessons])
			add_lesson(screen, l);
}

void ct_screen_heading(const struct ct_screen *screen, const char *text)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	ct_row_end(&row, screen->out);
	ct_row_add(&row, CT_STYLE_TITLE, text);
	ct_row_end(&row, screen->out);
}

static int render_ascii(struct ct_strbuf *out, const struct ct_model *model,
			const struct ct_render_options *options, struct ct_error *err)
{
	struct ct_look look = ct_look_of(options);
	struct ct_error failed = { 0 };
	struct ct_screen screen = { .out = out,
				    .look = &look,
				    .verbose = options->verbose,
				    .lessons = options->lessons,
				    .explained = options->explained,
				    .options = options,
				    .failed = &failed };
	size_t view = 0;

	while (options->view && view_names[view] &&
	       strcmp(view_names[view], options->view) != 0)
		view++;
	if (!view_names[view])
		return ct_error_set(err, EINVAL, "no view '%s'", options->view);
	for (size_t i = 0; i < PARTS_MAX && view_parts[view][i]; i++)
		view_parts[view][i](&screen, model);
	if (options->lessons)
		add_lessons(&screen, model, view_lessons[view]);
	return failed.code ? ct_error_set(err, failed.code, "%s", failed.text) : 0;
}

const struct ct_render_format ct_format_ascii = {
	.name = "ascii",
	.description = "timeline, phases, process tree, namespaces, mounts, isolation, "
		       "network, asked for a terminal",
	.views = view_names,
	.render = render_ascii,
};
