/* SPDX-License-Identifier: MIT */
/* The tables of options: what they promise is what is parsed, and --help shows it. */
#include "commands.h"
#include "common_rows.h"
#include "test.h"

#include "cttrace/diff.h"
#include "cttrace/explain.h"
#include "cttrace/stats.h"

#include <stdlib.h>

static const char *argument_of(const struct option_row *row, char buffer[16])
{
	if (row->type == OPTION_CHOICE)
		return row->choices[0];
	snprintf(buffer, 16, "%d", row->max);
	return buffer;
}

static void check_parses(const struct command *command, const struct option_row *row)
{
	__attribute__((cleanup(options_release))) struct options options = { 0 };
	char long_name[64], number[16], name[] = "cttrace";
	const char *argument = argument_of(row, number);
	struct ct_error err = { 0 };
	char *argv[] = { name, long_name, NULL };

	snprintf(long_name, sizeof(long_name), "--%s%s%s", row->name, row->arg ? "=" : "",
		 row->arg ? argument : "");
	CHECK_INT(options_parse(&options, command, 2, argv, &err), 0);
	CHECK_STR(err.text, "");
	CHECK_INT(options.n_args, 0);
}

TEST(every_option_of_every_command_is_parsed)
{
	for (size_t i = 0; commands[i]; i++)
		for (const struct option_row *r = commands[i]->rows; r->name; r++)
			check_parses(commands[i], r);
}

TEST(no_two_options_of_a_command_have_one_name)
{
	for (size_t i = 0; commands[i]; i++)
		for (const struct option_row *a = commands[i]->rows; a->name; a++)
			for (const struct option_row *b = a + 1; b->name; b++) {
				CHECK(strcmp(a->name, b->name) != 0);
				CHECK(!a->letter || a->letter != b->letter);
			}
}

TEST(help_has_a_line_for_each_option_that_is_not_for_tests)
{
	for (size_t i = 0; commands[i]; i++) {
		size_t size = 0, lines = 0, rows = 0;
		char *text = NULL;
		FILE *out = open_memstream(&text, &size);

		options_help(out, commands[i]->rows);
		fclose(out);
		for (const char *p = text; *p; p = strchr(p, '\n') + 1) {
			lines += strspn(p, " ") < 31; /* more of the same begins there */
			CHECK(strcspn(p, "\n") <= 80);
		}
		for (const struct option_row *r = commands[i]->rows; r->name; r++) {
			CT_CLEANUP_STRBUF struct ct_strbuf spelt = CT_STRBUF_INIT;

			ct_strbuf_adds(&spelt, "  ");
			options_spell(&spelt, r);
			ct_strbuf_addc(&spelt, ' ');
			CHECK_INT(strstr(text, spelt.data) != NULL, r->help != NULL);
			rows += r->help != NULL;
		}
		CHECK_INT(lines, rows);
		free(text);
	}
}

static const struct option_row *format_row(const char *command)
{
	const struct option_row *row = command_find(command)->rows;

	while (row->name && strcmp(row->name, "format") != 0)
		row++;
	return row;
}

static bool is_word(const char *const *words, const char *word)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

#define CHECK_WORDS(command, table)                                         \
	do {                                                                \
		const struct option_row *row = format_row(command);         \
		size_t n = 0;                                               \
                                                                            \
		for (; (table)[n]; n++) {                                   \
			CHECK(row->choices[n] != NULL);                     \
			CHECK(is_word(row->choices, (table)[n]->name));     \
			CHECK(strstr(row->help, (table)[n]->name) != NULL); \
		}                                                           \
		CHECK(row->choices[n] == NULL);                             \
	} while (0)

TEST(shells_are_offered_the_formats_that_there_are)
{
	CHECK_WORDS("render", ct_render_formats);
	CHECK_WORDS("explain", ct_explain_formats);
	CHECK_WORDS("stats", ct_stats_formats);
	CHECK_WORDS("diff", ct_diff_formats);
}

/* Two formats may have a view of the same name. */
static bool is_view(const char *word)
{
	for (size_t i = 0; ct_render_formats[i]; i++)
		for (const char *const *v = ct_render_formats[i]->views; v && *v; v++)
			if (!strcmp(*v, word))
				return true;
	return false;
}

TEST(shells_are_offered_the_views_that_there_are)
{
	for (size_t i = 0; ct_render_formats[i]; i++)
		for (const char *const *v = ct_render_formats[i]->views; v && *v; v++)
			CHECK(is_word(view_words, *v));
	for (size_t i = 0; view_words[i]; i++)
		CHECK(is_view(view_words[i]));
}
