/* SPDX-License-Identifier: MIT */
/* The parts of a document. */
#ifndef CTTRACE_RENDER_MARKDOWN_H
#define CTTRACE_RENDER_MARKDOWN_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"
#include "lesson.h"

/* Text as text, long ids cut. */
void ct_markdown_add(struct ct_strbuf *out, const char *text);

/* What each phase is for, and one sentence with its manual page. */
void ct_markdown_lessons(struct ct_strbuf *out, const struct ct_model *model);
void ct_markdown_lesson(struct ct_strbuf *out, const struct ct_lesson *lesson);

/* Tables with a heading; nothing when there is nothing to say. */
void ct_markdown_phases(struct ct_strbuf *out, const struct ct_model *model);
void ct_markdown_container(struct ct_strbuf *out, const struct ct_model *model,
			   const struct ct_container *c);

#endif
