/* SPDX-License-Identifier: MIT */
/*
 * One page that opens from disk, without a script. Its policy lets nothing be loaded or
 * run, and every byte of a trace is escaped.
 */
#include "formats.h"

#include "escape.h"
#include "tell.h"

#include <string.h>

static const char head[] =
	"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	"style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width\">\n"
	"<title>cttrace diff</title>\n<style>\n"
	":root{color-scheme:light dark}\n"
	"body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:75em;"
	"padding:0 1em}\n"
	"table{border-collapse:collapse;width:100%;table-layout:fixed}\n"
	"td,th{text-align:left;vertical-align:top;padding:.2em .6em;"
	"border-bottom:1px solid #8884;overflow-wrap:anywhere}\n"
	"td:first-child,th:first-child{width:15em}\n"
	"th:nth-child(2),.a{color:light-dark(#a11,#f88)}\n"
	"th:nth-child(3),.b{color:light-dark(#161,#8d8)}\n"
	".c{color:light-dark(#850,#db6)}\n"
	".a,.b,.c{font-family:ui-monospace,monospace;font-size:.9em}\n"
	".in td:first-child{padding-left:2em}\n"
	".note{color:light-dark(#555,#aaa)}\n"
	"h2{font-size:1.15em;margin:0;padding:1em 0 .2em}\n"
	"</style>\n</head>\n<body>\n<h1>What two starts did differently</h1>\n<table>\n";

static void cell(struct ct_strbuf *out, const char *tag, const char *text)
{
	ct_strbuf_addf(out, "<%s>", tag);
	ct_escape_xml(out, text, strlen(text));
	ct_strbuf_addf(out, "</%.2s>", tag);
}

static void across(struct ct_strbuf *out, const char *class, const char *sign,
		   const char *text)
{
	ct_strbuf_addf(out, "<td></td><td colspan=\"2\" class=\"%s\">%s", class, sign);
	ct_escape_xml(out, text, strlen(text));
	ct_strbuf_adds(out, "</td>");
}

static void heading(struct ct_strbuf *out, const char *text)
{
	ct_strbuf_adds(out, "<td colspan=\"3\"><h2>");
	ct_escape_xml(out, text, strlen(text));
	ct_strbuf_adds(out, "</h2></td>");
}

static void draw(struct ct_strbuf *out, const struct line *line)
{
	ct_strbuf_adds(out, line->indent ? "<tr class=\"in\">" : "<tr>");
	switch (line->kind) {
	case LINE_NAMES:
		cell(out, "th", "");
		cell(out, "th", line->a);
		cell(out, "th", line->b);
		break;
	case LINE_HEADING:
		heading(out, line->name);
		break;
	case LINE_ROW:
		cell(out, "td", line->name);
		cell(out, "td", line->a);
		cell(out, "td", line->b);
		break;
	case LINE_LABEL:
		cell(out, "td", line->name);
		cell(out, "td colspan=\"2\"", line->a);
		break;
	case LINE_ONLY_A:
		across(out, "a", "− ", line->a);
		break;
	case LINE_ONLY_B:
		across(out, "b", "+ ", line->a);
		break;
	case LINE_CHANGED:
		across(out, "c", "~ ", line->a);
		break;
	case LINE_NOTE:
		cell(out, "td colspan=\"3\" class=\"note\"", line->a);
		break;
	}
	ct_strbuf_adds(out, "</tr>\n");
}

static void write(struct ct_strbuf *out, const struct ct_diff *diff,
		  const char *const names[CT_DIFF_SIDES],
		  const struct ct_render_options *options)
{
	struct telling t = { .diff = diff, .names = names, .verbose = options->verbose };

	tell(&t);
	ct_strbuf_adds(out, head);
	for (size_t i = 0; i < t.n_lines; i++)
		draw(out, &t.lines[i]);
	ct_strbuf_adds(out, "</table>\n</body>\n</html>\n");
	telling_release(&t);
}

const struct ct_diff_format ct_diff_html = { "html", write };
