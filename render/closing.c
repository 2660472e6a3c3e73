/* SPDX-License-Identifier: MIT */
/* The last lines of a timeline. */
#include "closing.h"

void ct_closing_lines(const struct ct_screen *screen, const struct ct_story *story)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);

	if (story->n_benign || story->n_untold)
		ct_row_end(&row, screen->out);
	if (story->n_benign) {
		ct_row_addf(&row, CT_STYLE_DIM,
			    "  %zu other call%s failed on the way, as %s",
			    story->n_benign, story->n_benign == 1 ? "" : "s",
			    "in starts that work (-v lists them)");
		ct_row_end(&row, screen->out);
	}
	if (story->n_untold) {
		ct_row_addf(&row, CT_STYLE_DIM,
			    "  %zu process%s only forked and ended (-v lists them)",
			    story->n_untold, story->n_untold == 1 ? "" : "es");
		ct_row_end(&row, screen->out);
	}
	if (!story->model->complete) {
		ct_row_add(&row, CT_STYLE_BAD, "  The trace is cut off here.");
		ct_row_end(&row, screen->out);
	}
}
