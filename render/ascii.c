/* SPDX-License-Identifier: MIT */
/* The format for a terminal: which parts a view is made of. */
#include "ascii.h"

#include "cttrace/render.h"
#include "formats.h"

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
	struct ct_screen screen = { .out = out,
				    .look = &look,
				    .verbose = options->verbose,
				    .lessons = options->lessons,
				    .explained = options->explained };
	size_t view = 0;

	while (options->view && view_names[view] &&
	       strcmp(view_names[view], options->view) != 0)
		view++;
	if (!view_names[view])
		return ct_error_set(err, EINVAL, "no view '%s'", options->view);
	for (size_t i = 0; i < PARTS_MAX && view_parts[view][i]; i++)
		view_parts[view][i](&screen, model);
	return 0;
}

const struct ct_render_format ct_format_ascii = {
	.name = "ascii",
	.description = "timeline, phases, process tree, namespaces, mounts, isolation, "
		       "network, asked for a terminal",
	.views = view_names,
	.render = render_ascii,
};
