/* SPDX-License-Identifier: MIT */
/* Network namespaces of the report, and what was asked for to fill them. */
#include "report.h"

#include "cttrace/errno.h"

static json_t *texts(const char *const *texts, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, ct_report_text(texts[i]));
	return array;
}

static json_t *interface(const struct ct_model *model, const struct ct_net_interface *it)
{
	json_t *o = json_object();

	json_object_set_new(o, "name", ct_report_text(it->name));
	json_object_set_new(o, "kind", ct_report_known(it->kind));
	json_object_set_new(o, "index",
			    it->index ? json_integer(it->index) : json_null());
	json_object_set_new(o, "peer", ct_report_known(it->peer));
	json_object_set_new(o, "peer_net", ct_report_inode(it->peer_net));
	json_object_set_new(o, "master", ct_report_known(it->master));
	json_object_set_new(o, "moved_from", ct_report_inode(it->from));
	json_object_set_new(o, "addresses", texts(it->addresses, it->n_addresses));
	json_object_set_new(o, "mtu", it->mtu ? json_integer(it->mtu) : json_null());
	json_object_set_new(o, "up", json_boolean(it->up));
	json_object_set_new(o, "removed", json_boolean(it->removed));
	json_object_set_new(o, "by", ct_report_process_id(model, it->by));
	return o;
}

static json_t *interfaces(const struct ct_model *model, const struct ct_network *network)
{
	json_t *array = json_array();

	for (size_t i = 0; i < network->n_interfaces; i++)
		if (network->interfaces[i].changed)
			json_array_append_new(array,
					      interface(model, &network->interfaces[i]));
	return array;
}

static json_t *ids(const struct ct_model *model, const int *items, size_t n,
		   json_t *(*make)(const struct ct_model *model, int index))
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, make(model, items[i]));
	return array;
}

json_t *ct_report_network(const struct ct_model *model, int network)
{
	const struct ct_network *n = &model->networks[network];
	json_t *o = json_object();

	json_object_set_new(o, "inode", ct_report_inode(n->inode));
	json_object_set_new(o, "host", json_boolean(n->host));
	json_object_set_new(o, "made_by", ct_report_process_id(model, n->made_by));
	json_object_set_new(o, "made_ns", ct_report_time(n->made_ns));
	json_object_set_new(o, "path", ct_report_known(n->path));
	json_object_set_new(o, "bound_by", ct_report_process_id(model, n->bound_by));
	json_object_set_new(o, "joined_by",
			    ids(model, n->joined, n->n_joined, ct_report_process_id));
	json_object_set_new(
		o, "containers",
		ids(model, n->containers, n->n_containers, ct_report_container_id));
	json_object_set_new(o, "interfaces", interfaces(model, n));
	json_object_set_new(o, "routes", texts(n->routes, n->n_routes));
	json_object_set_new(o, "ports", texts(n->ports, n->n_ports));
	return o;
}

json_t *ct_report_net_request(const struct ct_model *model, int request)
{
	const struct ct_net_request *r = &model->net_requests[request];

	return json_pack(
		"{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "t_ns",
		ct_report_time(r->t_ns), "event", ct_report_event(model, (long)r->event),
		"answer", ct_report_event(model, r->answer), "by",
		ct_report_process_id(model, r->process), "net", ct_report_inode(r->net),
		"type", ct_report_known(r->type), "words", ct_report_text(r->words),
		"error", r->error ? json_string(ct_errno_name(r->error)) : json_null(),
		"message", ct_report_known(r->message));
}
