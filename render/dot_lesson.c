/* SPDX-License-Identifier: MIT */
/* --explain in graphs: a legend below, and for what reads SVG a tooltip on each node. */
#include "dot.h"
#include "escape.h"

#include <string.h>

void ct_graph_teach(const struct ct_graph *g, const struct ct_lesson *lesson)
{
	if (g->told)
		ct_told_first(g->told, lesson);
}

/* "1 namespaces: The container gets … namespaces(7)", its words in lines. */
static void add_lesson(const struct ct_graph *g, const struct ct_lesson *lesson)
{
	enum { LINE_CELLS = 140 };
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	size_t at = 0, column = 0;

	ct_lesson_add_named(&text, lesson);
	while (at < text.len) {
		size_t word = strcspn(text.data + at, " ");

		if (column + word > LINE_CELLS) {
			ct_strbuf_adds(g->out, "\\l      ");
			column = 0;
		}
		ct_escape_dot(g->out, text.data + at, word);
		column += word + 1;
		at += word;
		if (at < text.len)
			ct_escape_dot(g->out, text.data + at++, 1);
	}
	ct_strbuf_adds(g->out, "\\l");
}

void ct_dot_tooltip(const struct ct_graph *g, const struct ct_lesson *const *lessons,
		    size_t n)
{
	if (!g->told || !n)
		return;
	ct_strbuf_adds(g->out, ", tooltip=\"");
	for (size_t i = 0; i < n; i++) {
		ct_graph_teach(g, lessons[i]);
		add_lesson(g, lessons[i]);
	}
	ct_strbuf_adds(g->out, "\"");
}

void ct_dot_legend_begin(const struct ct_graph *g)
{
	if (g->told)
		ct_strbuf_adds(g->out, "\tsubgraph cluster_all {\n");
}

/* Last, so that the boxes within do not inherit the label. */
void ct_dot_legend_end(const struct ct_graph *g)
{
	if (!g->told)
		return;
	ct_strbuf_adds(g->out, "\tpencolor=none; labelloc=b; fontsize=10; label=\"");
	for (const struct ct_lesson *l = ct_lessons; l->word; l++)
		if (g->told->lessons[l - ct_lessons])
			add_lesson(g, l);
	ct_strbuf_adds(g->out, "\";\n\t}\n");
}
