/* SPDX-License-Identifier: MIT */
/* Hand-overs in the figure: an arrow each, in the words of the page. */
#include "build.h"
#include "cttrace/render.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static void read_page(struct ct_strbuf *text)
{
	FILE *in = fopen(CT_SOURCE_DIR "/render/html/arrows.js", "re");
	int c;

	CHECK(in != NULL);
	while ((c = getc(in)) != EOF)
		ct_strbuf_addc(text, (char)c);
	fclose(in);
}

TEST(the_page_has_the_words_of_each_kind)
{
	static const char *const words[] = {
#define HANDOVER(kind, does, is) does, is,
#include "render/handover.def"
#undef HANDOVER
	};
	CT_CLEANUP_STRBUF struct ct_strbuf page = CT_STRBUF_INIT;

	read_page(&page);
	CHECK_INT(sizeof(words) / sizeof(*words), 2 * CT_HANDOVER_KINDS);
	/* what a birth is needs no explanation there */
	for (size_t i = 0; i < 2 * CT_HANDOVER_KINDS; i++)
		if (i / 2 != CT_HANDOVER_FORK && !strstr(page.data, words[i]))
			test_fail(__FILE__, __LINE__, "arrows.js lacks: %s", words[i]);
	CHECK(strstr(page.data, words[0]));
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;

	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}

/* A maker, someone who gets all of it, and `n` messages besides, a millisecond apart. */
static void build_many(struct build *b, int n)
{
	int from, to;

	build_init(b, "maker");
	from = build_process(b, 0, 10, -1, CT_ROLE_UNKNOWN, "maker");
	build_exec(b, from, US(10), "/bin/maker", "maker");
	to = build_process(b, US(100), 11, from, CT_ROLE_UNKNOWN, "taker");
	build_exec(b, to, US(200), "/bin/taker", "taker");
	for (int i = 0; i < CT_HANDOVER_KINDS + n; i++) {
		enum ct_handover_kind kind = i < CT_HANDOVER_KINDS
						     ? (enum ct_handover_kind)i
						     : CT_HANDOVER_MESSAGE;
		size_t event =
			build_call(b, from, US(1000 * (i + 1)), 0, "write", "fd=1");

		build_handover(
			b, event,
			(struct ct_handover){
				.kind = kind, .from = from, .to = to, .label = "<it>" });
	}
	build_exit(b, to, US(1000 * (n + 9)), 0);
	build_exit(b, from, US(1000 * (n + 10)), 0);
}

TEST(each_kind_of_hand_over_is_an_arrow_and_a_line_of_the_legend)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options options = { 0 };
	struct build b;

	build_many(&b, 0);
	CHECK_INT(ct_render(&out, ct_render_find("svg"), &b.model, &options, NULL), 0);
	for (int kind = CT_HANDOVER_FORK + 1; kind < CT_HANDOVER_KINDS; kind++) {
		CT_CLEANUP_STRBUF struct ct_strbuf group = CT_STRBUF_INIT;

		ct_strbuf_addf(&group, "<g class=\"%s\"",
			       ct_handover_kind_name((enum ct_handover_kind)kind));
		CHECK_INT(count(out.data, group.data), 1);
	}
	CHECK_INT(
		count(out.data, "maker 10 opens the named pipe of taker 11: &lt;it&gt;"),
		1);
	CHECK_INT(count(out.data, ">a named pipe is opened: who waits at it goes on<"),
		  1);
	CHECK(!strstr(out.data, "not drawn"));
	build_release(&b);
}

TEST(of_too_many_hand_overs_messages_are_left_out_and_counted)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options options = { .pixels = 10000 };
	struct build b;

	build_many(&b, 100);
	CHECK_INT(ct_render(&out, ct_render_find("svg"), &b.model, &options, NULL), 0);
	CHECK_INT(count(out.data, "<g class="), 40);
	CHECK_INT(count(out.data, "<g class=\"message\""), 36);
	CHECK_INT(count(out.data, "65 hand-overs are not drawn"), 1);
	build_release(&b);
}
