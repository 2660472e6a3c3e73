/* SPDX-License-Identifier: MIT */
/* cttrace diff: what two recorded starts did differently. */
#include "commands.h"
#include "common_rows.h"
#include "output.h"
#include "parallel.h"

#include "cttrace/diff.h"
#include "cttrace/trace.h"

#include <errno.h>
#include <string.h>

#define EXIT_DIFFERENT 1 /* as diff(1) */

/* A trace and what it means. */
struct side {
	struct ct_trace *trace;
	struct ct_model *model;
};

static void sides_release(struct side (*sides)[CT_DIFF_SIDES])
{
	for (int i = 0; i < CT_DIFF_SIDES; i++) {
		ct_model_free((*sides)[i].model);
		ct_trace_free((*sides)[i].trace);
	}
}

static void make_model(void *sides, size_t i)
{
	struct side *side = (struct side *)sides + i;

	side->model = ct_model_of_trace(side->trace);
}

static const char *format_name(size_t i)
{
	return ct_diff_formats[i] ? ct_diff_formats[i]->name : NULL;
}

static const struct ct_diff_format *find_format(const struct options *options,
						struct ct_error *err)
{
	const char *name = options->format ? options->format : "text";
	const struct ct_diff_format *format = ct_diff_find(name);

	if (!format)
		output_no_format(name, format_name, err);
	return format;
}

/* What tells the two files apart: their last components, without a common ending. */
static void name_sides(const char *names[CT_DIFF_SIDES], char *const *args,
		       struct ct_arena *arena)
{
	const char *suffix = ".jsonl";

	for (int i = 0; i < CT_DIFF_SIDES; i++) {
		const char *slash = strrchr(args[i], '/');
		const char *last = slash && slash[1] ? slash + 1 : args[i];
		size_t len = strlen(last), end = strlen(suffix);

		if (len > end && !strcmp(last + len - end, suffix))
			len -= end;
		names[i] = ct_arena_strndup(arena, last, len);
	}
	if (!strcmp(names[CT_DIFF_A], names[CT_DIFF_B]))
		for (int i = 0; i < CT_DIFF_SIDES; i++)
			names[i] = args[i];
}

static int compare(const struct options *options, const struct ct_diff_format *format,
		   struct ct_error *err)
{
	__attribute__((cleanup(ct_arena_release))) struct ct_arena arena = CT_ARENA_INIT;
	__attribute__((cleanup(sides_release))) struct side sides[CT_DIFF_SIDES] = { 0 };
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	const char *names[CT_DIFF_SIDES];
	struct ct_render_options style;
	struct ct_diff *diff;
	int status;

	/* one after the other: each is read by several threads */
	for (int i = 0; i < CT_DIFF_SIDES; i++) {
		sides[i].trace = ct_trace_open(options->args[i], err);
		if (!sides[i].trace)
			return EXIT_USAGE;
	}
	ct_parallel(CT_DIFF_SIDES, make_model, sides);
	diff = ct_diff_new(sides[CT_DIFF_A].model, sides[CT_DIFF_B].model);
	name_sides(names, options->args, &arena);
	output_result_style(&style, options);
	status = diff->same ? 0 : EXIT_DIFFERENT;
	if (!options->quiet) {
		format->write(&out, diff, names, &style);
		if (output_result(options, &out, err))
			status = EXIT_USAGE;
	}
	ct_diff_free(diff);
	return status;
}

static int run(const struct options *options, struct ct_error *err)
{
	const struct ct_diff_format *format;

	if (options->n_args != CT_DIFF_SIDES) {
		ct_error_set(err, EINVAL,
			     options->n_args > CT_DIFF_SIDES
				     ? "diff takes two trace files"
				     : "diff needs two trace files (see cttrace diff "
				       "--help)");
		return EXIT_USAGE;
	}
	if (!strcmp(options->args[0], "-") && !strcmp(options->args[1], "-")) {
		ct_error_set(err, EINVAL, "only one of the two can be standard input");
		return EXIT_USAGE;
	}
	format = find_format(options, err);
	return format ? compare(options, format, err) : EXIT_USAGE;
}

static const char *const words[] = { "text", "json", "html", NULL };

static const struct option_row rows[] = {
	OUTPUT_ROW,
	{ 'f', "format", "FORMAT", "text (default), json, html", OPTION_STRING,
	  OPTION_AT(format), 0, 0, words },
	TEXT_ROWS,
	{ 'q', "quiet", NULL, "nothing but the exit status: 0 same, 1 different",
	  OPTION_COUNT, OPTION_AT(quiet), 0, 0, NULL },
	{ 'v', "verbose", NULL, "all steps that differ; twice: those of no interest, too",
	  OPTION_COUNT, OPTION_AT(verbose), 0, 0, NULL },
	HELP_ROWS,
	{ 0 },
};

const struct command command_diff = {
	.name = "diff",
	.usage = "cttrace diff [OPTIONS] A B",
	.summary = "say what two recorded starts did differently",
	.rows = rows,
	.run = run,
};
