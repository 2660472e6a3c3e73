/* SPDX-License-Identifier: MIT */
/* cttrace explain: why a recorded start failed. */
#include "commands.h"
#include "common_rows.h"
#include "output.h"

#include "cttrace/explain.h"
#include "cttrace/redact.h"
#include "cttrace/trace.h"

#include <errno.h>

static const char *format_name(size_t i)
{
	return ct_explain_formats[i] ? ct_explain_formats[i]->name : NULL;
}

static const struct ct_explain_format *find_format(const struct options *options,
						   struct ct_error *err)
{
	const char *name = options->format ? options->format : "text";
	const struct ct_explain_format *format = ct_explain_find(name);

	if (!format)
		output_no_format(name, format_name, err);
	return format;
}

static int explain(const struct options *options, const struct ct_explain_format *format,
		   struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_trace *trace = ct_trace_open(options->args[0], err);
	struct ct_render_options style;
	struct ct_diagnosis *diagnosis;
	struct ct_model *model;
	int r;

	if (!trace)
		return -EINVAL;
	if (options->redact)
		ct_redact(trace);
	model = ct_model_of_trace(trace);
	diagnosis = ct_diagnosis_new(model);
	output_result_style(&style, options);
	format->write(&out, diagnosis, model, &style);
	r = output_result(options, &out, err);
	ct_diagnosis_free(diagnosis);
	ct_model_free(model);
	ct_trace_free(trace);
	return r;
}

static int run(const struct options *options, struct ct_error *err)
{
	const struct ct_explain_format *format;

	if (options->n_args != 1) {
		ct_error_set(err, EINVAL,
			     options->n_args ? "explain takes one trace file"
					     : "explain needs a trace file (see "
					       "cttrace explain --help)");
		return EXIT_USAGE;
	}
	format = find_format(options, err);
	if (!format || explain(options, format, err))
		return EXIT_USAGE;
	return 0;
}

static const char *const words[] = { "text", "markdown", "json", NULL };

static const struct option_row rows[] = {
	OUTPUT_ROW,
	{ 'f', "format", "FORMAT", "text (default), markdown, json", OPTION_STRING,
	  OPTION_AT(format), 0, 0, words },
	TEXT_ROWS,
	{ 0, "redact", NULL, "hide secrets, and names of users, host and images",
	  OPTION_COUNT, OPTION_AT(redact), 0, 0, NULL },
	{ 'v', "verbose", NULL, "the other candidates, too", OPTION_COUNT,
	  OPTION_AT(verbose), 0, 0, NULL },
	HELP_ROWS,
	{ 0 },
};

const struct command command_explain = {
	.name = "explain",
	.usage = "cttrace explain [OPTIONS] TRACE",
	.summary = "say why a recorded start failed, and what to try",
	.rows = rows,
	.run = run,
};
