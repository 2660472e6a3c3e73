/* SPDX-License-Identifier: MIT */
/* The figure: well-formed, within its edges, and no text on another one. */
#include "build.h"
#include "cttrace/render.h"
#include "svg_text.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

struct box {
	double left, right, top, bottom;
	const char *text;
};

struct boxes {
	struct box items[512];
	size_t n;
	double width, height; /* of the figure */
};

static double attribute(const char *tag, const char *name)
{
	const char *at = strstr(tag, name);

	CHECK(at != NULL);
	return strtod(at + strlen(name), NULL);
}

/* Undoes the entities, to measure what is drawn. */
static void plain_text(struct ct_strbuf *out, const char *text, size_t len)
{
	static const char *const entities[][2] = {
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&quot;", "\"" }
	};

	while (len) {
		size_t i = 0, n = sizeof(entities) / sizeof(*entities);

		while (i < n &&
		       strncmp(text, entities[i][0], strlen(entities[i][0])) != 0)
			i++;
		CHECK(i < n || (*text != '&' && *text != '<'));
		if (i < n)
			ct_strbuf_adds(out, entities[i][1]);
		else
			ct_strbuf_addc(out, *text);
		text += i < n ? strlen(entities[i][0]) : 1;
		len -= i < n ? strlen(entities[i][0]) : 1;
	}
}

static void add_text(struct boxes *boxes, const char *tag)
{
	CT_CLEANUP_STRBUF struct ct_strbuf attributes = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const char *begin = strchr(tag, '>') + 1, *end = strstr(begin, "</text>");
	struct box *box = &boxes->items[boxes->n++];
	struct ct_pen pen = { 0 };
	double x, y, width;

	CHECK(boxes->n < sizeof(boxes->items) / sizeof(*boxes->items) && end != NULL);
	ct_strbuf_add(&attributes, tag, (size_t)(begin - tag));
	plain_text(&text, begin, (size_t)(end - begin));
	pen.size = attribute(attributes.data, " font-size=\"");
	pen.bold = strstr(attributes.data, "bold") != NULL;
	x = attribute(attributes.data, " x=\"");
	y = attribute(attributes.data, " y=\"");
	width = ct_svg_width(&pen, text.data);
	if (strstr(attributes.data, "text-anchor=\"end\""))
		x -= width;
	*box = (struct box){ .left = x,
			     .right = x + width,
			     .top = y - pen.size * 0.8,
			     .bottom = y + pen.size * 0.2,
			     .text = begin };
}

static bool overlap(const struct box *a, const struct box *b)
{
	const double rounded = 0.2; /* coordinates have one decimal place */

	return a->left + rounded < b->right && b->left + rounded < a->right &&
	       a->top + rounded < b->bottom && b->top + rounded < a->bottom;
}

static void check_texts(const struct boxes *boxes)
{
	for (size_t i = 0; i < boxes->n; i++) {
		const struct box *a = &boxes->items[i];

		if (a->left < 0 || a->right > boxes->width || a->top < 0 ||
		    a->bottom > boxes->height)
			test_fail(__FILE__, __LINE__, "outside: %.60s", a->text);
		for (size_t j = 0; j < i; j++)
			if (overlap(a, &boxes->items[j]))
				test_fail(__FILE__, __LINE__, "%.60s\nis on %.60s",
					  a->text, boxes->items[j].text);
	}
}

static void check_figure(const struct ct_model *model, int pixels, int verbose)
{
	struct ct_render_options options = { .pixels = pixels, .verbose = verbose };
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct boxes *boxes = calloc(1, sizeof(*boxes));

	CHECK_INT(ct_render(&out, ct_render_find("svg"), model, &options, NULL), 0);
	CHECK_INT(strlen(out.data), out.len);
	CHECK(!strncmp(out.data, "<svg ", 5));
	boxes->width = attribute(out.data, " width=\"");
	boxes->height = attribute(out.data, " height=\"");
	for (const char *tag = out.data; (tag = strstr(tag, "<text ")); tag++)
		add_text(boxes, tag);
	CHECK(boxes->n >= 2);
	check_texts(boxes);
	free(boxes);
}

static void check_figures(struct build *b)
{
	static const int widths[] = { 0, 640, 900, 2400 };

	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
		for (int verbose = 0; verbose < 2; verbose++)
			check_figure(&b->model, widths[i], verbose);
	build_release(b);
}

TEST(no_text_of_a_figure_is_on_another_one)
{
	static void (*const scenes[])(struct build *) = { build_podman, build_failed,
							  build_ls, build_attached,
							  build_hostile };

	for (size_t i = 0; i < sizeof(scenes) / sizeof(*scenes); i++) {
		struct build b;

		scenes[i](&b);
		check_figures(&b);
	}
}

TEST(a_figure_of_a_random_model_keeps_its_texts_apart)
{
	for (uint32_t seed = 1; seed <= 12; seed++) {
		struct build b;

		build_random(&b, seed);
		check_figures(&b);
	}
}

TEST(a_title_is_what_the_person_gave)
{
	struct ct_render_options options = { .title = "How <it> & \"this\" start" };
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct build b;

	build_ls(&b);
	CHECK_INT(ct_render(&out, ct_render_find("svg"), &b.model, &options, NULL), 0);
	CHECK(strstr(out.data, ">How &lt;it&gt; &amp; &quot;this&quot; start</text>"));
	build_release(&b);
}

/* Measured with the font itself: its widths are the ones in its hmtx table. */
TEST(a_width_is_never_too_small)
{
	static const struct ct_pen pen = { .size = 1000 };

	CHECK(ct_svg_width(&pen, "mount") >= 975 + 612 + 634 + 634 + 393);
	CHECK(ct_svg_width(&pen, "→") >= 838);
	CHECK(ct_svg_width(&pen, "…") >= 1000);
	CHECK(ct_svg_width(&pen, "組") >= 1000);
	CHECK(ct_svg_width(&pen, "\033") >= ct_svg_width(&pen, "\\x1b"));
}
