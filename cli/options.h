/* SPDX-License-Identifier: MIT */
/* The command line as a table: one row an option, which parses it and makes --help. */
#ifndef CTTRACE_CLI_OPTIONS_H
#define CTTRACE_CLI_OPTIONS_H

#include "cttrace/arena.h"
#include "cttrace/error.h"
#include "cttrace/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* All options of all commands; a command accepts those that its table names. */
struct options {
	const char *output; /* -o */
	const char *format; /* -f */
	const char *user;   /* -u */
	const char *view;
	const char *title;
	const char *filter;            /* an expression; NULL: everything */
	const char *pids, *exec_names; /* -p, --exec-name: words with commas between */
	int until;                     /* enum until */
	int meters;                    /* milliseconds; 0: none */
	int depth;                     /* enum ct_depth_option */
	int failures, failures_ring;   /* enum ct_failures_option; for tests */
	int width;                     /* columns or pixels; 0: the terminal's, 1200 */
	int color;                     /* enum color */
	int verbose, quiet;
	int redact, compare;
	int explain;
	int ascii, stacks, live, wait_all, detach, kill_on_exit, help, version;
	struct ct_arena arena; /* of the lists */
	char **args;           /* what follows the options; NULL-terminated */
	int n_args;
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum until { UNTIL_EXIT, UNTIL_PAYLOAD };

enum option_type {
	OPTION_COUNT,  /* int: how often it was given */
	OPTION_STRING, /* const char * */
	OPTION_LIST,   /* const char *: each one that is given, after a comma */
	OPTION_NUMBER, /* int, from min to max */
	OPTION_CHOICE, /* int: index into choices */
	OPTION_TIME,   /* int: milliseconds, from min to max; 100 without an argument */
};

struct option_row {
	char letter; /* '\0': none */
	const char *name;
	const char *arg; /* what --help calls its argument; NULL: it has none; "[=…]": it
			    may be left out */
	const char *help; /* NULL: for tests, --help does not show it */
	enum option_type type;
	size_t offset; /* in struct options */
	int min, max;
	const char *const
		*choices; /* NULL-terminated; of a string: what a shell offers */
};

#define OPTION_AT(field) offsetof(struct options, field)

struct command {
	const char *name; /* NULL: tracing, which needs no word */
	const char *usage;
	const char *summary;
	bool no_args;                  /* nothing may follow its options */
	const struct option_row *rows; /* ends with a row without a name */
	bool options_anywhere; /* also behind the arguments, which are no command line */
	int (*run)(const struct options *options, struct ct_error *err);
};

/* Fills *options from argv[1…]. 0, or -EINVAL with err filled. */
int options_parse(struct options *options, const struct command *command, int argc,
		  char **argv, struct ct_error *err);

void options_release(struct options *options);

/* "-o, --output FILE"; "    --live". */
void options_spell(struct ct_strbuf *out, const struct option_row *row);

/* The rows of a command, aligned. */
void options_help(FILE *out, const struct option_row *rows);

#endif
