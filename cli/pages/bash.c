/* SPDX-License-Identifier: MIT */
/* The tables of the bash completion: patterns of a case on "COMMAND OPTION". */
#include "pages.h"

static const char *const kind_words[] = {
	[PAGE_FILE] = "file",
	[PAGE_USER] = "user",
	[PAGE_PID] = "pid",
	[PAGE_OTHER] = "other",
};

static void add_options(struct ct_strbuf *out, const struct command *command)
{
	ct_strbuf_addf(out, "    '%s') options='", command->name ? command->name : "");
	for (const struct option_row *row = command->rows; row->name; row++) {
		if (!row->help)
			continue;
		ct_strbuf_addf(out, "--%s ", row->name);
		if (row->letter)
			ct_strbuf_addf(out, "-%c ", row->letter);
	}
	ct_strbuf_addf(out, "' no_args='%s' ;;\n", command->no_args ? "yes" : "");
}

static void add_argument(struct ct_strbuf *out, const char *command,
			 const struct option_row *row)
{
	enum page_kind kind = page_kind(row);

	if (kind == PAGE_NONE || !row->help)
		return;
	ct_strbuf_addf(out, "    '%s --%s'", command, row->name);
	if (row->letter)
		ct_strbuf_addf(out, "|'%s -%c'", command, row->letter);
	if (kind != PAGE_WORDS) {
		ct_strbuf_addf(out, ") kind='%s' ;;\n", kind_words[kind]);
		return;
	}
	ct_strbuf_adds(out, ") kind='words' words='");
	for (size_t i = 0; row->choices[i]; i++)
		ct_strbuf_addf(out, "%s%s", i ? " " : "", row->choices[i]);
	ct_strbuf_adds(out, "' ;;\n");
}

static void write(struct ct_strbuf *out)
{
	ct_strbuf_adds(out, "_cttrace_commands='");
	for (size_t i = 1; commands[i]; i++)
		ct_strbuf_addf(out, "%s%s", i > 1 ? " " : "", commands[i]->name);
	ct_strbuf_adds(out, "'\n\n_cttrace_command() {\n  options='' no_args=''\n"
			    "  case \"$1\" in\n");
	for (size_t i = 0; commands[i]; i++)
		add_options(out, commands[i]);
	ct_strbuf_adds(out, "  esac\n}\n\n_cttrace_argument() {\n  kind=none words=''\n"
			    "  case \"$1 $2\" in\n");
	for (size_t i = 0; commands[i]; i++)
		for (const struct option_row *row = commands[i]->rows; row->name; row++)
			add_argument(out, commands[i]->name ? commands[i]->name : "",
				     row);
	ct_strbuf_adds(out, "  esac\n}\n");
}

const struct page_part part_bash = { "BASH", write };
