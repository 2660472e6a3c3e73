/* SPDX-License-Identifier: MIT */
/* Diagrams in the language of Mermaid, as GitHub and GitLab draw them. */
#ifndef CTTRACE_RENDER_MERMAID_H
#define CTTRACE_RENDER_MERMAID_H

#include "cttrace/render.h"

typedef void ct_mermaid_fn(struct ct_strbuf *out, const struct ct_model *model,
			   const struct ct_render_options *options);

ct_mermaid_fn ct_mermaid_sequence; /* who did what to whom, from top to bottom */
ct_mermaid_fn ct_mermaid_gantt;    /* phases, steps and processes along the time */

/* Declares the lifelines of those that stand there. */
void ct_mermaid_actors(struct ct_strbuf *out, const struct ct_model *model,
		       const bool *stands);

/* Text with nothing in it that Mermaid would take for its own, cut to `cells`. */
void ct_mermaid_text(struct ct_strbuf *out, const char *text, int cells);
/* The title that the person gave, else the command. */
void ct_mermaid_title(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options);

#endif
