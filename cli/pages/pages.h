/* SPDX-License-Identifier: MIT */
/* The parts of manual pages and completions that are made from the tables of options. */
#ifndef CTTRACE_CLI_PAGES_H
#define CTTRACE_CLI_PAGES_H

#include "commands.h"

#include "cttrace/strbuf.h"

struct page_part {
	const char *name; /* the template's line is @name@ */
	void (*write)(struct ct_strbuf *out);
};

extern const struct page_part part_version, part_synopsis, part_options, part_commands,
	part_bash, part_zsh, part_fish;

/* What a shell offers as the argument of an option. */
enum page_kind {
	PAGE_NONE,  /* it has none that must be there */
	PAGE_WORDS, /* choices */
	PAGE_FILE,
	PAGE_USER,
	PAGE_PID,
	PAGE_OTHER, /* something that cannot be guessed */
};
enum page_kind page_kind(const struct option_row *row);

#endif
