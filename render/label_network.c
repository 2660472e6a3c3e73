/* SPDX-License-Identifier: MIT */
/* A network namespace in a line: where it is kept, what is in it. */
#include "label.h"
#include "lookup.h"

#include <string.h>

void ct_label_network(struct ct_strbuf *out, const struct ct_network *network)
{
	const char *separator = "";

	if (*network->path) {
		ct_strbuf_addf(out, "%s", ct_basename(network->path));
		separator = ": ";
	}
	for (size_t i = 0; i < network->n_interfaces; i++) {
		const struct ct_net_interface *interface = &network->interfaces[i];

		for (size_t j = 0; j < interface->n_addresses; j++) {
			ct_strbuf_addf(out, "%s%s %s", separator, interface->name,
				       interface->addresses[j]);
			separator = ", ";
		}
	}
	for (size_t i = 0; i < network->n_routes; i++) {
		ct_strbuf_addf(out, "%s%s", separator, network->routes[i]);
		separator = ", ";
	}
}

const struct ct_network *ct_network_of(const struct ct_model *model, uint64_t inode,
				       int64_t t_ns)
{
	const struct ct_network *found = NULL;

	/* of those with one number, the newer come later */
	for (size_t i = 0; inode && i < model->n_networks; i++)
		if (model->networks[i].inode == inode &&
		    (!found || model->networks[i].made_ns <= t_ns))
			found = &model->networks[i];
	return found;
}
