/* SPDX-License-Identifier: MIT */
/* The specifications of zsh's _arguments, a case for each command. */
#include "pages.h"

/* Text in single quotes and in brackets or after a colon of a specification. */
static void add_text(struct ct_strbuf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '[' || *text == ']' || *text == ':' || *text == '\\')
			ct_strbuf_addc(out, '\\');
		if (*text == '\'')
			ct_strbuf_adds(out, "'\\'");
		ct_strbuf_addc(out, *text);
	}
}

static void add_argument(struct ct_strbuf *out, const struct option_row *row)
{
	static const char *const functions[] = {
		[PAGE_FILE] = "_files",
		[PAGE_USER] = "_users",
		[PAGE_PID] = "_pids",
		[PAGE_OTHER] = " ",
	};

	if (page_kind(row) == PAGE_NONE)
		return;
	ct_strbuf_addc(out, ':');
	add_text(out, row->arg);
	ct_strbuf_addc(out, ':');
	if (page_kind(row) != PAGE_WORDS) {
		ct_strbuf_adds(out, functions[page_kind(row)]);
		return;
	}
	for (size_t i = 0; row->choices[i]; i++)
		ct_strbuf_addf(out, "%s%s", i ? " " : "(", row->choices[i]);
	ct_strbuf_addc(out, ')');
}

static void add_spec(struct ct_strbuf *out, const struct option_row *row, bool letter)
{
	bool repeats = row->type == OPTION_LIST || row->type == OPTION_COUNT;
	bool argument = page_kind(row) != PAGE_NONE;

	ct_strbuf_addf(out, "        '%s", repeats ? "*" : "");
	if (letter)
		ct_strbuf_addf(out, "-%c%s[", row->letter, argument ? "+" : "");
	else
		ct_strbuf_addf(out, "--%s%s[", row->name, argument ? "=" : "");
	add_text(out, row->help);
	ct_strbuf_addc(out, ']');
	add_argument(out, row);
	ct_strbuf_adds(out, "'\n");
}

static void add_command(struct ct_strbuf *out, const struct command *command)
{
	ct_strbuf_addf(out, "    '%s')\n      specs=(\n",
		       command->name ? command->name : "");
	for (const struct option_row *row = command->rows; row->name; row++) {
		if (!row->help)
			continue;
		add_spec(out, row, false);
		if (row->letter)
			add_spec(out, row, true);
	}
	ct_strbuf_addf(out, "%s      )\n      ;;\n",
		       !command->name     ? "        '(-)1:command:_cttrace_first'\n"
					    "        '*::arguments:_normal'\n"
		       : command->no_args ? ""
					  : "        '*:trace:_files'\n");
}

static void write(struct ct_strbuf *out)
{
	ct_strbuf_adds(out, "_cttrace_commands=(\n");
	for (size_t i = 1; commands[i]; i++) {
		ct_strbuf_addf(out, "  '%s:", commands[i]->name);
		add_text(out, commands[i]->summary);
		ct_strbuf_adds(out, "'\n");
	}
	ct_strbuf_adds(out, ")\n\n_cttrace_specs() {\n  case $1 in\n");
	for (size_t i = 0; commands[i]; i++)
		add_command(out, commands[i]);
	ct_strbuf_adds(out, "  esac\n}\n");
}

const struct page_part part_zsh = { "ZSH", write };
