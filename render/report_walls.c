/* SPDX-License-Identifier: MIT */
/* What a container's payload tried, of the report. */
#include "report.h"

#include "cttrace/errno.h"

static json_t *wall(const struct ct_model *model, const struct ct_wall *w)
{
	json_t *o = json_object();

	json_object_set_new(o, "t_ns", ct_report_time(w->t_ns));
	json_object_set_new(o, "process", ct_report_process_id(model, w->process));
	json_object_set_new(o, "deed", json_string(w->deed));
	json_object_set_new(o, "what", ct_report_text(w->what));
	json_object_set_new(o, "outcome", json_string(ct_outcome_name(w->outcome)));
	json_object_set_new(o, "error",
			    w->error ? ct_report_text(ct_errno_name(w->error))
				     : json_null());
	json_object_set_new(o, "layer",
			    w->layer ? json_string(ct_layer_name(w->layer))
				     : json_null());
	json_object_set_new(o, "reason", ct_report_known(w->reason));
	json_object_set_new(o, "reaches_host", json_boolean(w->reaches_host));
	json_object_set_new(o, "count", json_integer((json_int_t)w->count));
	json_object_set_new(o, "event", ct_report_event(model, (long)w->event));
	return o;
}

json_t *ct_report_walls(const struct ct_model *model, const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_walls; i++)
		json_array_append_new(array, wall(model, &c->walls[i]));
	return array;
}
