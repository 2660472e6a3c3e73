/* SPDX-License-Identifier: MIT */
/* What a bundle's config.json asks for, beside what was done. */
#include "report.h"

static json_t *item(const struct ct_model *model, const struct ct_asked *asked)
{
	return json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:s, s:o}", "aspect", asked->aspect, "name",
		ct_report_known(asked->name), "asked", ct_report_known(asked->asked),
		"done", ct_report_known(asked->done), "said",
		ct_report_known(asked->said), "match", ct_match_name(asked->match),
		"event", ct_report_event(model, asked->event));
}

json_t *ct_report_asked(const struct ct_model *model, const struct ct_container *c)
{
	json_t *items;

	if (c->config_event < 0)
		return json_null();
	items = json_array();
	for (size_t i = 0; i < c->n_asked; i++)
		json_array_append_new(items, item(model, &c->asked[i]));
	return json_pack("{s:o, s:o, s:o}", "event",
			 ct_report_event(model, c->config_event), "problem",
			 ct_report_known(c->config_problem), "items", items);
}
