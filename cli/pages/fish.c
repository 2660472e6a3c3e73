/* SPDX-License-Identifier: MIT */
/* The lines of the fish completion: one for each command, one for each option. */
#include "pages.h"

/* In single quotes, where fish knows the escapes \' and \\. */
static void add_quoted(struct ct_strbuf *out, const char *text)
{
	ct_strbuf_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			ct_strbuf_addc(out, '\\');
		ct_strbuf_addc(out, *text);
	}
	ct_strbuf_addc(out, '\'');
}

static void add_argument(struct ct_strbuf *out, const struct option_row *row)
{
	static const char *const functions[] = {
		[PAGE_NONE] = "",
		[PAGE_FILE] = " -r -F",
		[PAGE_USER] = " -x -a '(__fish_complete_users)'",
		[PAGE_PID] = " -x -a '(__fish_complete_pids)'",
		[PAGE_OTHER] = " -x",
	};

	if (page_kind(row) != PAGE_WORDS) {
		ct_strbuf_adds(out, functions[page_kind(row)]);
		return;
	}
	ct_strbuf_adds(out, " -x -a '");
	for (size_t i = 0; row->choices[i]; i++)
		ct_strbuf_addf(out, "%s%s", i ? " " : "", row->choices[i]);
	ct_strbuf_addc(out, '\'');
}

static void add_row(struct ct_strbuf *out, const char *command,
		    const struct option_row *row)
{
	if (!row->help)
		return;
	ct_strbuf_addf(out, "complete -c cttrace -n '__cttrace_in \"%s\"'", command);
	if (row->letter)
		ct_strbuf_addf(out, " -s %c", row->letter);
	ct_strbuf_addf(out, " -l %s", row->name);
	add_argument(out, row);
	ct_strbuf_adds(out, " -d ");
	add_quoted(out, row->help);
	ct_strbuf_addc(out, '\n');
}

static void write(struct ct_strbuf *out)
{
	ct_strbuf_adds(out, "set -g __cttrace_commands");
	for (size_t i = 1; commands[i]; i++)
		ct_strbuf_addf(out, " %s", commands[i]->name);
	ct_strbuf_adds(out, "\n");
	for (size_t i = 1; commands[i]; i++) {
		ct_strbuf_addf(out, "complete -c cttrace -n __cttrace_first -a %s -d ",
			       commands[i]->name);
		add_quoted(out, commands[i]->summary);
		ct_strbuf_addc(out, '\n');
	}
	for (size_t i = 0; commands[i]; i++) {
		const char *name = commands[i]->name ? commands[i]->name : "";

		if (commands[i]->no_args || !*name)
			ct_strbuf_addf(
				out, "complete -c cttrace -n '__cttrace_in \"%s\"' -f\n",
				name);
		for (const struct option_row *row = commands[i]->rows; row->name; row++)
			add_row(out, name, row);
	}
}

const struct page_part part_fish = { "FISH", write };
