/* SPDX-License-Identifier: MIT */
/* The parts of a document. */
#ifndef CTTRACE_RENDER_MARKDOWN_H
#define CTTRACE_RENDER_MARKDOWN_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

/* Text as text, long ids cut. */
void ct_markdown_add(struct ct_strbuf *out, const char *text);

/* Tables with a heading; nothing when there is nothing to say. */
void ct_markdown_phases(struct ct_strbuf *out, const struct ct_model *model);
void ct_markdown_container(struct ct_strbuf *out, const struct ct_model *model,
			   const struct ct_container *c);

#endif
