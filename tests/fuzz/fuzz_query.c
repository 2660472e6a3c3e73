/* SPDX-License-Identifier: MIT */
/* Any bytes as an expression, asked of each event of a small trace. */
/* links: ct_query */
#include "fuzz.h"

#include "cttrace/query.h"

#include <stdlib.h>
#include <string.h>

static void ask(const struct ct_query *query)
{
	static struct ct_arg args[] = {
		{ .name = "path",
		  .type = CT_VALUE_STR,
		  .str = "/proc/self/fd/5",
		  .len = 15,
		  .text = "\"/proc/self/fd/5\"",
		  .path = "/proc/1/fd/5" },
		{ .name = "flags", .type = CT_VALUE_INT, .i = -1, .text = "?" },
	};
	const struct ct_event events[] = {
		{ .kind = CT_EVENT_TASK, .task = { 7, 1 }, .dur_ns = -1 },
		{ .kind = CT_EVENT_CALL,
		  .task = { 7, 1 },
		  .t_ns = 5,
		  .dur_ns = 9,
		  .call = { .name = "openat",
			    .args = args,
			    .n_args = 2,
			    .result = CT_RESULT_ERROR,
			    .error = 2 } },
		{ .kind = CT_EVENT_EXIT, .task = { 7, 1 }, .t_ns = 20, .dur_ns = -1 },
	};
	struct ct_trace_header header = { .version = 1 };
	struct ct_model *model = ct_model_new(&header);
	const struct ct_model *selected;

	for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++)
		ct_model_feed(model, &events[i]);
	ct_model_finish(model, NULL);
	selected = ct_query_select(query, model);
	if (selected->selection->n_shown > model->n_facts ||
	    selected->n_phases > model->n_phases)
		abort();
	ct_query_unselect(selected);
	ct_query_matches(query, NULL, NULL, &events[1]);
	ct_model_free(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *expression = malloc(size + 1);
	struct ct_query_error err;
	struct ct_query *query;
	size_t at;

	if (!expression)
		return 0;
	if (size)
		memcpy(expression, data, size);
	expression[size] = '\0';
	query = ct_query_parse(expression, &err);
	if (!query != (err.why.code != 0) || err.at > strlen(expression))
		abort();
	if (query) {
		if (ct_query_model_field(query, &at) && at >= strlen(expression))
			abort();
		ask(query);
	}
	ct_query_free(query);
	free(expression);
	return 0;
}
