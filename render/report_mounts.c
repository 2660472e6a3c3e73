/* SPDX-License-Identifier: MIT */
/* The mount table of a container of the report. */
#include "report.h"

static json_t *layers(const struct ct_mounted *m)
{
	json_t *array = json_array();

	for (size_t i = 0; i < m->n_lower; i++)
		json_array_append_new(array, ct_report_text(m->lower[i]));
	return array;
}

static json_t *overlay(const struct ct_mounted *m)
{
	if (!*m->upper && !m->n_lower)
		return json_null();
	return json_pack("{s:o, s:o}", "upper", ct_report_known(m->upper), "lower",
			 layers(m));
}

static json_t *mount(const struct ct_model *model, const struct ct_mounted *m)
{
	json_t *o = json_object();

	json_object_set_new(o, "target", ct_report_text(m->target));
	json_object_set_new(o, "type", ct_report_known(m->type));
	json_object_set_new(o, "source", ct_report_known(m->source));
	json_object_set_new(o, "root", ct_report_text(m->root));
	json_object_set_new(o, "host", ct_report_known(m->host));
	json_object_set_new(o, "flags", ct_report_text(m->flags));
	json_object_set_new(o, "propagation", json_string(m->propagation));
	json_object_set_new(o, "options", ct_report_known(m->options));
	json_object_set_new(o, "file_system_read_only",
			    json_boolean(m->file_system_read_only));
	json_object_set_new(o, "overlay", overlay(m));
	json_object_set_new(o, "masked", json_boolean(m->masked));
	json_object_set_new(o, "read_only_path", json_boolean(m->read_only_path));
	json_object_set_new(o, "covered", json_boolean(m->covered || m->hidden));
	json_object_set_new(o, "from_host", json_boolean(m->from_host));
	json_object_set_new(o, "parent",
			    m->parent < 0 ? json_null() : json_integer(m->parent));
	json_object_set_new(o, "event", ct_report_event(model, m->event));
	return o;
}

static json_t *layer(const struct ct_changed_file *f)
{
	if (f->layer < 0)
		return json_null();
	return json_pack("{s:i, s:i, s:o}", "number", f->layer, "of", f->layers,
			 "directory", ct_report_known(f->directory));
}

json_t *ct_report_changed_files(const struct ct_model *model,
				const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_changed_files; i++) {
		const struct ct_changed_file *f = &c->changed_files[i];

		json_array_append_new(
			array, json_pack("{s:o, s:s, s:b, s:o, s:o}", "path",
					 ct_report_text(f->path), "change",
					 ct_file_change_name(f->change), "by_runtime",
					 f->by_runtime, "layer", layer(f), "event",
					 ct_report_event(model, (long)f->event)));
	}
	return array;
}

json_t *ct_report_mount_table(const struct ct_model *model, const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_mount_table; i++)
		json_array_append_new(array, mount(model, &c->mount_table[i]));
	return json_pack("{s:b, s:o}", "whole", c->mount_table_whole, "mounts", array);
}
