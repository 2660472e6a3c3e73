/* SPDX-License-Identifier: MIT */
/*
 * One page that opens from disk: the report as data, a style sheet and a script. Nothing
 * of the trace becomes markup: it is in the report alone, where "<" is written as \u003c,
 * and the policy lets no script run but the one whose hash it names.
 */
#include "excerpt.h"
#include "formats.h"
#include "html_parts.h"

#include <stdlib.h>
#include <string.h>

/*
 * So many events are 150 MB of report, which a browser shows within seconds; of three
 * times as many the text is longer than a string of its script may be.
 */
#define EVENTS_MAX ((size_t)200000)

static void add_base64(struct ct_strbuf *out, const char *hex)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	while (*hex) {
		size_t len = 0;
		char six[7] = "000000"; /* three bytes */
		unsigned long bits;

		for (; len < 6 && hex[len]; len++)
			six[len] = hex[len];
		bits = strtoul(six, NULL, 16);
		for (size_t i = 0; i < 4; i++)
			ct_strbuf_addc(out, i * 6 < len * 4
						    ? digits[bits >> (18 - 6 * i) & 63]
						    : '=');
		hex += len;
	}
}

static void add_policy(struct ct_strbuf *out)
{
	ct_strbuf_adds(out, "<meta http-equiv=\"Content-Security-Policy\" content=\""
			    "default-src 'none'; base-uri 'none'; form-action 'none'; "
			    "style-src 'sha256-");
	add_base64(out, ct_html_style.sha256);
	ct_strbuf_adds(out, "'; script-src 'sha256-");
	add_base64(out, ct_html_script.sha256);
	ct_strbuf_adds(out, "'\">\n");
}

/* Inside a script element only "</script" and "<!--" could be markup: there is no "<". */
static void add_data(struct ct_strbuf *out, const struct ct_strbuf *json)
{
	const char *at = json->data, *end = at + json->len;

	for (const char *less; (less = memchr(at, '<', (size_t)(end - at)));
	     at = less + 1) {
		ct_strbuf_add(out, at, (size_t)(less - at));
		ct_strbuf_adds(out, "\\u003c");
	}
	ct_strbuf_add(out, at, (size_t)(end - at));
}

/* The page that a report is put into, piece by piece. */
struct page {
	struct ct_strbuf *out;
	const struct ct_render_options *options;
};

static int take_report(void *ctx, struct ct_strbuf *json, struct ct_error *err)
{
	const struct page *page = ctx;

	add_data(page->out, json);
	ct_strbuf_reset(json);
	return ct_render_drain(page->out, page->options, err);
}

static int render_html(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_render_options *options, struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf json = CT_STRBUF_INIT;
	struct ct_arena arena = CT_ARENA_INIT;
	struct page page = { out, options };
	struct ct_render_options data = *options;
	int r;

	data.drain = take_report;
	data.drain_ctx = &page;
	ct_strbuf_adds(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n"
			    "<meta charset=\"utf-8\">\n");
	add_policy(out);
	ct_strbuf_adds(out, "<meta name=\"viewport\" content=\"width=device-width\">\n"
			    "<title>cttrace</title>\n<style>");
	ct_strbuf_adds(out, ct_html_style.text);
	ct_strbuf_adds(out, "</style>\n</head>\n");
	ct_strbuf_adds(out, ct_html_page.text);
	ct_strbuf_adds(out, "<script type=\"application/json\" id=\"report\">");
	r = ct_format_json.render(&json, ct_excerpt(model, EVENTS_MAX, &arena), &data,
				  err);
	ct_arena_release(&arena);
	if (r)
		return r;
	add_data(out, &json);
	ct_strbuf_adds(out, "</script>\n<script>");
	ct_strbuf_adds(out, ct_html_script.text);
	ct_strbuf_adds(out, "</script>\n</body>\n</html>\n");
	return 0;
}

const struct ct_render_format ct_format_html = {
	.name = "html",
	.description = "a page to explore, in one file, that opens from disk",
	.views = NULL,
	.render = render_html,
};
