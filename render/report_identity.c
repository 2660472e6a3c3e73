/* SPDX-License-Identifier: MIT */
/* Id maps, capabilities, and what else was set for a container, in the report. */
#include "report.h"

static json_t *id_map(const struct ct_id_map *map, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array,
				      json_pack("[I, I, I]", (json_int_t)map[i].inside,
						(json_int_t)map[i].outside,
						(json_int_t)map[i].length));
	return array;
}

static json_t *map_writes(const struct ct_model *model, const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_map_writes; i++) {
		const struct ct_map_write *w = &c->map_writes[i];

		json_array_append_new(array,
				      json_pack("{s:o, s:s, s:o, s:o, s:o}", "t_ns",
						ct_report_time(w->t_ns), "file", w->file,
						"value", ct_report_text(w->value), "by",
						ct_report_process_id(model, w->process),
						"error", ct_report_errno(w->error)));
	}
	return array;
}

json_t *ct_report_id_maps(const struct ct_model *model, const struct ct_container *c)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "uid", id_map(c->uid_map, c->n_uid_map),
			 "gid", id_map(c->gid_map, c->n_gid_map), "setgroups",
			 ct_report_known(c->setgroups), "writes", map_writes(model, c));
}

static json_t *capability_names(uint64_t set)
{
	json_t *array = json_array();

	for (unsigned int bit = 0; bit < 64; bit++) {
		const char *name = ct_cap_name(bit);

		if (!(set & (uint64_t)1 << bit))
			continue;
		json_array_append_new(array, name ? json_string(name)
						  : json_sprintf("cap_%u", bit));
	}
	return array;
}

json_t *ct_report_capabilities(const struct ct_container *c, const struct ct_caps *caps)
{
	if (!c->has_caps)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "bounding",
			 capability_names(caps->bounding), "effective",
			 capability_names(caps->effective), "permitted",
			 capability_names(caps->permitted), "inheritable",
			 capability_names(caps->inheritable), "ambient",
			 capability_names(caps->ambient));
}

json_t *ct_report_acts(const struct ct_model *model, const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_acts; i++) {
		const struct ct_act *a = &c->acts[i];

		json_array_append_new(array,
				      json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "t_ns",
						ct_report_time(a->t_ns), "kind", a->kind,
						"name", ct_report_text(a->name), "value",
						ct_report_known(a->value), "by",
						ct_report_process_id(model, a->process),
						"error", ct_report_errno(a->error)));
	}
	return array;
}
