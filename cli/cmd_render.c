/* SPDX-License-Identifier: MIT */
/* cttrace render: a recorded trace as a picture. */
#include "commands.h"
#include "common_rows.h"
#include "filter.h"
#include "output.h"

#include "cttrace/trace.h"

#include <errno.h>

static int render(const struct options *options, const struct ct_render_format *format,
		  const struct ct_query *filter, struct ct_error *err)
{
	struct ct_trace *trace = ct_trace_open(options->args[0], err);
	const struct ct_model *selected = NULL;
	struct ct_render_options style;
	struct ct_model *model;
	int r;

	if (!trace)
		return -EINVAL;
	model = ct_model_of_trace(trace);
	output_result_style(&style, options);
	if (filter)
		selected = ct_query_select(filter, model);
	r = output_render(options->output ? options->output : "-", format,
			  selected ? selected : model, &style, err);
	ct_query_unselect(selected);
	ct_model_free(model);
	ct_trace_free(trace);
	return r;
}

static int run(const struct options *options, struct ct_error *err)
{
	const struct ct_render_format *format;
	CLEANUP_FILTER struct ct_query *filter = NULL;

	if (options->n_args != 1) {
		ct_error_set(err, EINVAL,
			     options->n_args ? "render takes one trace file"
					     : "render needs a trace file (see "
					       "cttrace render --help)");
		return EXIT_USAGE;
	}
	format = format_of(options, err);
	if (!format || filter_read(options, &filter) ||
	    render(options, format, filter, err))
		return EXIT_USAGE;
	return 0;
}

static const struct option_row rows[] = {
	OUTPUT_ROW,
	RENDER_ROWS,
	HELP_ROWS,
	{ 0 },
};

const struct command command_render = {
	.name = "render",
	.usage = "cttrace render [OPTIONS] TRACE",
	.summary = "show a recorded trace as a picture or as data",
	.rows = rows,
	.run = run,
};
