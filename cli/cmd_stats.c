/* SPDX-License-Identifier: MIT */
/* cttrace stats: numbers of many recorded starts. */
#include "commands.h"
#include "common_rows.h"
#include "output.h"
#include "stats_load.h"

#include "cttrace/stats.h"

#include <errno.h>
#include <string.h>

static const char *format_name(size_t i)
{
	return ct_stats_formats[i] ? ct_stats_formats[i]->name : NULL;
}

static const struct ct_stats_format *find_format(const struct options *options,
						 struct ct_error *err)
{
	const char *name = options->format ? options->format : "text";
	const struct ct_stats_format *format = ct_stats_find(name);

	if (!format)
		output_no_format(name, format_name, err);
	return format;
}

static int show(const struct options *options, const struct ct_stats_format *format,
		const struct ct_stats *stats, struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options style;
	int r;

	output_result_style(&style, options);
	r = format->write(&out, stats, &style, err);
	if (r)
		return r;
	return output_result(options, &out, err);
}

/* The sets: what is before the word "--", and what is behind it. */
struct sets {
	size_t n_first, n_second;
	char *const *second; /* NULL: there is one */
};

static int find_sets(struct sets *sets, const struct options *options,
		     struct ct_error *err)
{
	size_t n = (size_t)options->n_args;

	*sets = (struct sets){ .n_first = n };
	for (size_t i = 0; i < n && !sets->second; i++)
		if (!strcmp(options->args[i], "--")) {
			sets->n_first = i;
			sets->n_second = n - i - 1;
			sets->second = options->args + i + 1;
		}
	if (sets->second && !options->compare)
		return ct_error_set(err, EINVAL, "two sets of traces need --compare");
	if (options->compare && (!sets->n_first || !sets->n_second))
		return ct_error_set(err, EINVAL,
				    "--compare needs two sets of traces: --compare "
				    "TRACE… -- TRACE…");
	if (!n)
		return ct_error_set(err, EINVAL,
				    "stats needs trace files (see cttrace stats --help)");
	return 0;
}

static int run(const struct options *options, struct ct_error *err)
{
	const struct ct_stats_format *format = find_format(options, err);
	struct ct_sample *first, *second = NULL;
	struct ct_stats *stats;
	size_t n_unread = 0;
	struct sets sets;
	int r = 0;

	if (!format || find_sets(&sets, options, err))
		return EXIT_USAGE;
	first = stats_load(options->args, sets.n_first, &n_unread);
	if (sets.second)
		second = stats_load(sets.second, sets.n_second, &n_unread);
	stats = ct_stats_new(first, second);
	if (!first->n_runs || (second && !second->n_runs))
		r = ct_error_set(err, EINVAL, "no trace is left");
	else
		r = show(options, format, stats, err);
	ct_stats_free(stats);
	ct_sample_free(first);
	ct_sample_free(second);
	return r || n_unread ? EXIT_USAGE : 0;
}

static const char *const words[] = { "text", "csv", "json", NULL };

static const struct option_row rows[] = {
	OUTPUT_ROW,
	{ 'f', "format", "FORMAT", "text (default), csv, json", OPTION_STRING,
	  OPTION_AT(format), 0, 0, words },
	{ 0, "compare", NULL, "two sets: does the second differ from the first?",
	  OPTION_COUNT, OPTION_AT(compare), 0, 0, NULL },
	TEXT_ROWS,
	{ 'v', "verbose", NULL, "all calls and failures", OPTION_COUNT,
	  OPTION_AT(verbose), 0, 0, NULL },
	HELP_ROWS,
	{ 0 },
};

const struct command command_stats = {
	.name = "stats",
	.usage = "cttrace stats [OPTIONS] TRACE…\n"
		 "       cttrace stats [OPTIONS] --compare TRACE… -- TRACE…",
	.summary = "numbers of many starts, and if two sets differ",
	.rows = rows,
	.run = run,
};
