/* SPDX-License-Identifier: MIT */
/* Reading the expression of --filter, and saying where it is wrong. */
#include "filter.h"

#include "live.h"

#include "cttrace/escape.h"
#include "cttrace/strbuf.h"

#include "cells.h"

#include <errno.h>
#include <string.h>

/* The expression as it is shown; *column: in which cell of that its byte `at` is. */
static void make_line(struct ct_strbuf *line, const char *expression, size_t at,
		      int *column)
{
	size_t len = strlen(expression), i = 0;

	*column = 0;
	while (i < len) {
		uint32_t character;
		size_t n = ct_utf8_next(expression + i, len - i, &character);

		if (i <= at)
			*column = ct_cells(line->data, line->len);
		if (ct_is_control(character))
			ct_strbuf_addc(line, '?');
		else
			ct_strbuf_add(line, expression + i, n);
		i += n;
	}
	if (at >= len)
		*column = ct_cells(line->data, line->len);
}

static int refuse(const struct options *options, const struct ct_query_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf message = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	int column;

	make_line(&line, options->filter, err->at, &column);
	ct_strbuf_addf(&message, "--filter: column %d: %s", column + 1, err->why.text);
	live_remark(message.data);
	fprintf(stderr, "  %s\n  %*s^\n", line.data, column, "");
	return -err->why.code;
}

int filter_read(const struct options *options, struct ct_query **query)
{
	struct ct_query_error err;
	const char *field;

	*query = NULL;
	if (!options->filter)
		return 0;
	*query = ct_query_parse(options->filter, &err);
	if (!*query)
		return refuse(options, &err);
	field = options->live ? ct_query_model_field(*query, &err.at) : NULL;
	if (!field)
		return 0;
	ct_query_free(*query);
	*query = NULL;
	ct_error_set(&err.why, EINVAL,
		     "with --live there is no '%s' yet: it is known at the end", field);
	return refuse(options, &err);
}
