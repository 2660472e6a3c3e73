/* SPDX-License-Identifier: MIT */
/* D-Bus messages of the report, and the systemd unit of a container. */
#include "lookup.h"
#include "report.h"

static const struct ct_bus_message *message_at(const struct ct_model *model, long index)
{
	return index >= 0 && (size_t)index < model->n_bus_messages
		       ? &model->bus_messages[index]
		       : NULL;
}

json_t *ct_report_bus(const struct ct_model *model, const struct ct_fact *fact)
{
	const struct ct_bus_message *m = ct_bus_message_at(model, fact);
	const struct ct_bus_message *other = message_at(model, m->other);
	json_t *o = json_object();

	json_object_set_new(o, "kind", json_string(ct_bus_kind_name(m->kind)));
	json_object_set_new(o, "sent", json_boolean(m->sent));
	json_object_set_new(o, "serial", json_integer(m->serial));
	json_object_set_new(o, "path", ct_report_known(m->path));
	json_object_set_new(o, "interface", ct_report_known(m->interface));
	json_object_set_new(o, "member", ct_report_known(m->member));
	json_object_set_new(o, "error", ct_report_known(m->error));
	json_object_set_new(o, "text", ct_report_text(m->text));
	json_object_set_new(o, m->kind == CT_BUS_CALL ? "answer" : "call",
			    ct_report_event(model, other ? (long)other->event : -1));
	return o;
}

json_t *ct_report_unit(const struct ct_model *model, const struct ct_container *c)
{
	const struct ct_bus_message *call = message_at(model, c->unit.message);
	const struct ct_bus_message *answer =
		call ? message_at(model, call->other) : NULL;
	json_t *o, *properties;

	if (!c->unit.name || !call)
		return json_null();
	o = json_object();
	properties = json_object();
	for (size_t i = 0; i < c->unit.n_properties; i++) {
		const struct ct_unit_property *p = &c->unit.properties[i];
		json_t *name = ct_report_text(p->name);

		json_object_set_new(properties, json_string_value(name),
				    ct_report_text(p->value));
		json_decref(name);
	}
	json_object_set_new(o, "name", ct_report_text(c->unit.name));
	json_object_set_new(o, "properties", properties);
	json_object_set_new(o, "t_ns", ct_report_time(call->t_ns));
	json_object_set_new(o, "event", ct_report_event(model, (long)call->event));
	json_object_set_new(o, "answered", json_boolean(answer != NULL));
	json_object_set_new(o, "error", ct_report_known(answer ? answer->error : ""));
	return o;
}
