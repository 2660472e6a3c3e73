/* SPDX-License-Identifier: MIT */
/* What may reach a terminal, and how wide it is there. */
#include "escape.h"
#include "build.h"
#include "cells.h"
#include "label.h"
#include "row.h"
#include "test.h"

#include <locale.h>
#include <wchar.h>

static void check_terminal(const char *bytes, size_t len, bool ascii, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_escape_terminal(&sb, bytes, len, ascii);
	CHECK_STR(sb.data, want);
}

TEST(terminal_shows_control_characters)
{
	check_terminal("a\033[31m\a\0z", 9, false, "a\\x1b[31m\\x07\\x00z");
	check_terminal("tab\tnew\nreturn\r", 15, false, "tab\\tnew\\nreturn\\r");
	check_terminal("\xc2\x9b", 2, false, "\\u009b");
	check_terminal("\x7f", 1, false, "\\x7f");
}

TEST(terminal_shows_bidirectional_and_hidden_characters)
{
	check_terminal("\u202egpj\u202c", 9, false, "\\u202egpj\\u202c");
	check_terminal("\u2066\u200b\u2069", 9, false, "\\u2066\\u200b\\u2069");
	check_terminal("\U000e0041", 4, false, "\\U000e0041");
}

TEST(terminal_shows_bytes_that_are_not_utf8)
{
	check_terminal("\xff\xc0\xaf", 3, false, "\\xff\\xc0\\xaf");
	check_terminal("\xed\xa0\x80", 3, false, "\\xed\\xa0\\x80");
	check_terminal("\xe2\x82", 2, false, "\\xe2\\x82");
}

TEST(terminal_keeps_text)
{
	check_terminal("Grüße 組み \\n", strlen("Grüße 組み \\n"), false,
		       "Grüße 組み \\n");
}

TEST(ascii_has_stand_ins_for_drawing_and_codes_for_the_rest)
{
	const char *drawing = "├─ a → b … ×2 █▏";

	check_terminal(drawing, strlen(drawing), true, "+- a -> b ... x2 ##");
	check_terminal("é", 2, true, "\\u00e9");
}

TEST(dot_quotes_quotes_and_backslashes)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_escape_dot(&sb, "say \"hi\" \\ \n", 12);
	CHECK_STR(sb.data, "say \\\"hi\\\" \\\\ \\\\n");
}

/* The C library has its own table: the two must agree on what people really write. */
TEST(cells_agree_with_wcwidth)
{
	static const struct {
		uint32_t first, last;
	} blocks[] = {
		{ 0x20, 0x7e },       { 0xa1, 0xac },     { 0xae, 0x2ff },
		{ 0x300, 0x34e },     { 0x391, 0x3a1 },   { 0x410, 0x482 },
		{ 0x5d0, 0x5ea },     { 0x904, 0x939 },   { 0xe01, 0xe30 },
		{ 0x1100, 0x115e },   { 0x2190, 0x21ff }, { 0x2500, 0x259f },
		{ 0x3041, 0x3096 },   { 0x30a1, 0x30fa }, { 0x4e00, 0x9ffc },
		{ 0xac00, 0xd7a3 },   { 0xff01, 0xff60 }, { 0x1f300, 0x1f320 },
		{ 0x20000, 0x2a6dd },
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		test_fail(__FILE__, __LINE__,
			  "there is no locale C.UTF-8 to compare with");
	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++)
		for (uint32_t c = blocks[i].first; c <= blocks[i].last; c++)
			if (ct_cells_of_code(c) != wcwidth((wchar_t)c))
				test_fail(__FILE__, __LINE__,
					  "U+%04x: %d cells, wcwidth %d", c,
					  ct_cells_of_code(c), wcwidth((wchar_t)c));
}

TEST(cells_prefix_does_not_split_characters)
{
	CHECK_INT(ct_cells("組み", 6), 4);
	CHECK_INT(ct_cells_prefix("組み", 6, 3), 3);
	CHECK_INT(ct_cells_prefix("e\u0301x", 4, 1), 3);
}

static void check_shown(const char *const *argv, size_t argc, bool cut, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_command(&sb, argv, argc, cut);
	CHECK_STR(sb.data, want);
}

TEST(command_shows_long_paths_by_their_last_part)
{
	static const char *const argv[] = {
		"/usr/bin/crun", "--root=/run/user/1000/crun-state",
		"--bundle",      "/var/lib/containers/overlay/userdata",
		"/etc/hosts",    "https://a.example/a/b/c/d/e"
	};

	check_shown(argv, 6, true,
		    "crun --root=…/crun-state --bundle …/userdata /etc/hosts "
		    "https://a.example/a/b/c/d/e");
	check_shown(argv, 4, false,
		    "/usr/bin/crun --root=/run/user/1000/crun-state --bundle "
		    "/var/lib/containers/overlay/userdata");
}

TEST(oci_command_leaves_out_global_options)
{
	static const char *const argv[] = { "/usr/bin/runc", "--log", "/x", "start",
					    "id" };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	CHECK(!ct_label_oci_command(&sb, argv, 3));
	CHECK_INT(sb.len, 0);
	CHECK(ct_label_oci_command(&sb, argv, 5));
	CHECK_STR(sb.data, "runc … start id");
}

TEST(row_cuts_with_an_ellipsis_and_never_grows_wider)
{
	static const struct ct_look look = { .width = 40 };
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&look);

	ct_row_add(&row, CT_STYLE_PLAIN, "a name that is too long");
	ct_row_seek(&row, 10);
	ct_row_add(&row, CT_STYLE_PLAIN, "next");
	ct_row_right(&row, 40, CT_STYLE_PLAIN, "right");
	ct_row_end(&row, &out);
	CHECK_STR(out.data, "a name t… next                     right\n");
}

TEST(row_colours_end_where_the_line_ends)
{
	static const struct ct_look look = { .width = 40, .color = true };
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&look);

	ct_row_add(&row, CT_STYLE_BAD, "EPERM");
	ct_row_add(&row, CT_STYLE_PLAIN, " plain ");
	ct_row_add(&row, CT_STYLE_GOOD, "good");
	ct_row_end(&row, &out);
	CHECK_STR(out.data, "\033[0;1;31mEPERM\033[0m plain \033[0;32mgood\033[0m\n");
}

TEST(row_wraps_between_words)
{
	static const struct ct_look look = { .width = 20 };
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&look);

	ct_row_add(&row, CT_STYLE_PLAIN, "why");
	ct_row_seek(&row, 5);
	ct_row_wrap(&row, 5, CT_STYLE_PLAIN, "one two three four five six", &out);
	CHECK_STR(out.data, "why  one two three\n     four five six\n");
}

static void check_command(const char *const *argv, size_t argc, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_command(&sb, argv, argc, true);
	CHECK_STR(sb.data, want);
}

TEST(commands_are_quoted_as_a_shell_needs_it)
{
	static const char *const argv[] = { "/usr/bin/sh", "-c", "echo 'a' $b", "" };

	check_command(argv, 4, "sh -c 'echo '\\''a'\\'' $b' ''");
}

TEST(long_ids_are_cut_to_twelve_digits)
{
	static const char *const argv[] = {
		"/hello",
		"libpod-3520e0d77aab8f2f0c1d3f5a7b9c0e2f4a6b8c0d2e4f6071829.scope",
		"deadbeef"
	};

	check_command(argv, 3, "/hello libpod-3520e0d77aab….scope deadbeef");
}

TEST(durations_have_three_digits)
{
	static const struct {
		int64_t ns;
		const char *want;
	} rows[] = { { 0, "0.0 ms" },         { 58120000, "58.1 ms" },
		     { 312000000, "312 ms" }, { 2040000000, "2.04 s" },
		     { -5, "0.0 ms" },        { 123456000000, "123 s" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

		ct_label_duration(&sb, rows[i].ns);
		CHECK_STR(sb.data, rows[i].want);
	}
}
