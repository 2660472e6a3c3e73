/* SPDX-License-Identifier: MIT */
/* Parsing a command line by its table, with getopt_long(3). */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ROWS      32
#define TIME_LEFT_OUT 100 /* milliseconds */
#define FIRST_LONG    256 /* getopt's value of row 0; beyond any letter */

static void *target(struct options *options, const struct option_row *row)
{
	return (char *)options + row->offset;
}

static int set_number(int *value, const struct option_row *row, const char *arg,
		      struct ct_error *err)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(arg, &end, 10);
	if (errno || end == arg || *end || n < row->min || n > row->max)
		return ct_error_set(err, EINVAL,
				    "--%s needs a number from %d to %d, not '%s'",
				    row->name, row->min, row->max, arg);
	*value = (int)n;
	return 0;
}

static int set_choice(int *value, const struct option_row *row, const char *arg,
		      struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf all = CT_STRBUF_INIT;

	for (int i = 0; row->choices[i]; i++) {
		if (!strcmp(row->choices[i], arg)) {
			*value = i;
			return 0;
		}
		ct_strbuf_addf(&all, "%s%s", i ? ", " : "", row->choices[i]);
	}
	return ct_error_set(err, EINVAL, "--%s is one of %s, not '%s'", row->name,
			    all.data, arg);
}

/* "250ms", "2s"; a number alone is milliseconds. */
static int set_time(int *value, const struct option_row *row, const char *arg,
		    struct ct_error *err)
{
	static const struct {
		const char *name;
		long ms;
	} units[] = { { "", 1 }, { "ms", 1 }, { "s", 1000 } };
	char *end;
	long n;

	if (!arg) {
		*value = TIME_LEFT_OUT;
		return 0;
	}
	errno = 0;
	n = strtol(arg, &end, 10);
	for (size_t i = 0; i < sizeof(units) / sizeof(*units) && !errno; i++) {
		if (end == arg || strcmp(end, units[i].name) != 0 || n < 0 ||
		    n > row->max / units[i].ms || n * units[i].ms < row->min)
			continue;
		*value = (int)(n * units[i].ms);
		return 0;
	}
	return ct_error_set(err, EINVAL, "--%s needs a time from %dms to %ds, not '%s'",
			    row->name, row->min, row->max / 1000, arg);
}

static void add_to_list(struct options *options, const char **list, const char *arg)
{
	*list = *list ? ct_arena_printf(&options->arena, "%s,%s", *list, arg) : arg;
}

static int set(struct options *options, const struct option_row *row, const char *arg,
	       struct ct_error *err)
{
	switch (row->type) {
	case OPTION_COUNT:
		(*(int *)target(options, row))++;
		return 0;
	case OPTION_STRING:
		*(const char **)target(options, row) = arg;
		return 0;
	case OPTION_LIST:
		add_to_list(options, target(options, row), arg);
		return 0;
	case OPTION_NUMBER:
		return set_number(target(options, row), row, arg, err);
	case OPTION_CHOICE:
		return set_choice(target(options, row), row, arg, err);
	case OPTION_TIME:
		return set_time(target(options, row), row, arg, err);
	}
	return 0;
}

struct getopt_tables {
	char letters[3 * MAX_ROWS];
	struct option longs[MAX_ROWS + 1];
};

static int has_arg(const struct option_row *row)
{
	if (!row->arg)
		return no_argument;
	return *row->arg == '[' ? optional_argument : required_argument;
}

/* '+': stop at the first word that is no option, it is the traced command's. ':': tell a
 * missing argument from an unknown option. */
static void make_tables(struct getopt_tables *tables, const struct command *command)
{
	const struct option_row *rows = command->rows;
	char *p = tables->letters;

	if (!command->options_anywhere)
		*p++ = '+';
	*p++ = ':';
	for (int i = 0; rows[i].name && i < MAX_ROWS; i++) {
		tables->longs[i] = (struct option){ rows[i].name, has_arg(&rows[i]), NULL,
						    FIRST_LONG + i };
		if (!rows[i].letter)
			continue;
		*p++ = rows[i].letter;
		if (rows[i].arg)
			*p++ = ':';
	}
}

static const struct option_row *row_of(const struct option_row *rows, int c)
{
	if (c >= FIRST_LONG)
		return &rows[c - FIRST_LONG];
	while (rows->letter != c)
		rows++;
	return rows;
}

int options_parse(struct options *options, const struct command *command, int argc,
		  char **argv, struct ct_error *err)
{
	const struct option_row *rows = command->rows;
	struct getopt_tables tables = { 0 };
	int c, r = 0;

	make_tables(&tables, command);
	opterr = 0;
	optind = 1;
	while (!r &&
	       (c = getopt_long(argc, argv, tables.letters, tables.longs, NULL)) != -1) {
		/* getopt leaves a bad long option in argv, a bad letter in optopt */
		const char *word = argv[optind - 1];

		if (c == ':')
			r = ct_error_set(err, EINVAL, "option '%s' needs an argument",
					 word);
		else if (c == '?' && optopt && optopt < FIRST_LONG)
			r = ct_error_set(err, EINVAL, "unknown option '-%c'", optopt);
		else if (c == '?')
			r = ct_error_set(err, EINVAL, "unknown option '%s'", word);
		else
			r = set(options, row_of(rows, c), optarg, err);
	}
	options->args = argv + optind;
	options->n_args = argc - optind;
	return r;
}

void options_release(struct options *options)
{
	ct_arena_release(&options->arena);
}

void options_spell(struct ct_strbuf *out, const struct option_row *row)
{
	if (row->letter)
		ct_strbuf_addf(out, "-%c, ", row->letter);
	else
		ct_strbuf_adds(out, "    ");
	ct_strbuf_addf(out, "--%s", row->name);
	if (row->arg)
		ct_strbuf_addf(out, "%s%s", *row->arg == '[' ? "" : " ", row->arg);
}

/* The rest of a line that has its first COLUMN cells, and as many more as it takes. */
static void wrapped(FILE *out, const char *text)
{
	enum { COLUMN = 31, WIDTH = 80 };

	while (strlen(text) > WIDTH - COLUMN) {
		size_t len = WIDTH - COLUMN;

		while (len && text[len] != ' ')
			len--;
		if (!len)
			break;
		fprintf(out, "%.*s\n%*s", (int)len, text, COLUMN, "");
		text += len + 1;
	}
	fprintf(out, "%s\n", text);
}

void options_help(FILE *out, const struct option_row *rows)
{
	for (; rows->name; rows++) {
		CT_CLEANUP_STRBUF struct ct_strbuf left = CT_STRBUF_INIT;

		if (!rows->help)
			continue;
		options_spell(&left, rows);
		fprintf(out, "  %-28s ", left.data);
		wrapped(out, rows->help);
	}
}
