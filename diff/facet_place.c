/* SPDX-License-Identifier: MIT */
/* Aspects of a container: what it sees, and what it may use. */
#include "aspect.h"

#include "label.h"

#include "alloc.h"

#include <string.h>

static bool is_plain(const struct ct_mounted *m)
{
	return !m->masked && !m->read_only_path && !m->covered;
}

void facet_root(struct facet *f)
{
	const struct ct_container *c = f->container;

	for (size_t i = 0; i < c->n_isolation; i++)
		if (!strcmp(c->isolation[i].aspect, "root file system"))
			facet_add(f, "", c->isolation[i].state);
	for (size_t i = 0; i < c->n_mount_table; i++)
		if (!strcmp(c->mount_table[i].target, "/") &&
		    is_plain(&c->mount_table[i]))
			facet_set(f, "type", c->mount_table[i].type);
	if (*c->pivot)
		facet_add(f, "changed by", c->pivot);
}

void facet_mounts(struct facet *f)
{
	const struct ct_container *c = f->container;
	size_t n = 0;

	for (size_t i = 0; i < c->n_mount_table; i++) {
		const struct ct_mounted *m = &c->mount_table[i];
		bool bound = *m->host && strcmp(m->root, "/") != 0 &&
			     strncmp(m->host, "/sys/", 5) != 0 &&
			     strncmp(m->host, "/proc/", 6) != 0;

		if (!is_plain(m) || !strcmp(m->target, "/"))
			continue;
		n++;
		facet_addf(f, m->target, "%s %s%s%s%s%s", *m->type ? m->type : "?",
			   m->flags, strcmp(m->propagation, "private") != 0 ? " " : "",
			   strcmp(m->propagation, "private") != 0 ? m->propagation : "",
			   bound ? " from " : "", bound ? m->host : "");
		if (!*m->type)
			f->items[f->n_items - 1].key = 0;
	}
	facet_summary(f, "%zu", n);
}

static void add_hidden(struct facet *f, bool masked)
{
	const struct ct_container *c = f->container;

	for (size_t i = 0; i < c->n_mount_table; i++)
		if (masked ? c->mount_table[i].masked : c->mount_table[i].read_only_path)
			facet_set(f, c->mount_table[i].target, "");
	facet_summary(f, "%zu", f->n_items);
}

void facet_masked(struct facet *f)
{
	add_hidden(f, true);
}

void facet_read_only(struct facet *f)
{
	add_hidden(f, false);
}

struct node_facts node_facts_of(const struct ct_model *model)
{
	struct node_facts nodes = { 0 };

	for (size_t i = 0; i < model->n_facts; i++) {
		const struct ct_event *event = model->facts[i].event;

		if (event->kind == CT_EVENT_CALL && ct_call_ok(&event->call) &&
		    !strncmp(event->call.name, "mknod", 5))
			*ct_push(nodes.facts, nodes.n, nodes.cap) = i;
	}
	return nodes;
}

/* What was made below /dev. */
void facet_nodes(struct facet *f)
{
	int container = (int)(f->container - f->model->containers);

	for (size_t i = 0; i < f->nodes->n; i++) {
		const struct ct_fact *fact = &f->model->facts[f->nodes->facts[i]];
		const char *path;

		if (fact->container != container)
			continue;
		path = strstr(ct_call_path(&fact->event->call, "pathname"), "/dev/");
		if (path)
			facet_set(f, path, "");
	}
	facet_summary(f, "%zu", f->n_items);
}

static bool is_rule(const struct ct_limit *limit)
{
	return !strncmp(limit->file, "device", 6);
}

void facet_device_rules(struct facet *f)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = 0; i < f->container->n_limits; i++) {
		const struct ct_limit *limit = &f->container->limits[i];

		if (!is_rule(limit) || limit->failed)
			continue;
		ct_strbuf_reset(&sb);
		/* behind "a", all of them, the kernel reads nothing:
		 * cgroup-v1/devices.rst */
		ct_strbuf_addf(&sb, "%s %s",
			       strstr(limit->file, "allow") ? "allow" : "deny",
			       *limit->value == 'a' ? "a" : limit->value);
		facet_set(f, sb.data, "");
	}
	facet_summary(f, "%zu", f->n_items);
}

/* What says that there is none is like no word at all. */
static bool is_none(const char *value)
{
	return !*value || !strcmp(value, "-1") || !strncmp(value, "max", 3);
}

void facet_limits(struct facet *f)
{
	for (size_t i = 0; i < f->container->n_limits; i++) {
		const struct ct_limit *limit = &f->container->limits[i];

		if (!is_rule(limit) && !is_none(limit->value))
			facet_set(f, limit->file,
				  limit->failed ? "refused" : limit->value);
	}
	if (*f->container->oom_score_adj)
		facet_add(f, "oom_score_adj", f->container->oom_score_adj);
}

static void add_amount(struct ct_strbuf *sb, uint64_t amount)
{
	if (amount == UINT64_MAX)
		ct_strbuf_adds(sb, "unlimited");
	else
		ct_strbuf_addf(sb, "%llu", (unsigned long long)amount);
}

void facet_rlimits(struct facet *f)
{
	for (size_t i = 0; i < f->container->n_rlimits; i++) {
		const struct ct_rlimit *limit = &f->container->rlimits[i];
		CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

		add_amount(&sb, limit->soft);
		ct_strbuf_addc(&sb, ':');
		add_amount(&sb, limit->hard);
		if (limit->failed)
			ct_strbuf_adds(&sb, " refused");
		facet_set(f, limit->name, sb.data);
	}
}

void facet_cgroup(struct facet *f)
{
	facet_add(f, "", f->container->cgroup);
}

void facet_unit(struct facet *f)
{
	const struct ct_unit *unit = &f->container->unit;

	if (!unit->name)
		return;
	facet_add(f, "name", unit->name);
	for (size_t i = 0; i < unit->n_properties; i++)
		facet_add(f, unit->properties[i].name, unit->properties[i].value);
}

void facet_hostname(struct facet *f)
{
	if (*f->container->hostname)
		facet_add(f, "", f->container->hostname);
	else
		f->unknown = f->container->payload_ns < 0;
}

static void add_interface(struct facet *f, const struct ct_net_interface *interface)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	/* a loopback that is up: some do it by ioctl, which is not seen */
	if (!strcmp(interface->name, "lo") && !interface->n_addresses)
		return;
	ct_strbuf_adds(&sb, interface->kind ? interface->kind : "");
	for (size_t i = 0; i < interface->n_addresses; i++)
		ct_strbuf_addf(&sb, "%s%s", sb.len ? " " : "", interface->addresses[i]);
	if (interface->up)
		ct_strbuf_adds(&sb, sb.len ? " up" : "up");
	facet_add(f, interface->name, sb.data);
}

void facet_network(struct facet *f)
{
	const struct ct_container_ns *net = &f->container->ns[CT_NS_NET];

	for (size_t i = 0; i < f->model->n_networks; i++) {
		const struct ct_network *network = &f->model->networks[i];

		if (network->inode != net->to || network->host)
			continue;
		for (size_t k = 0; k < network->n_interfaces; k++)
			add_interface(f, &network->interfaces[k]);
		for (size_t k = 0; k < network->n_routes; k++)
			facet_add(f, "route", network->routes[k]);
	}
}

/* Of what config.json asks for: that nothing else here tells. */
void facet_asked(struct facet *f)
{
	for (size_t i = 0; i < f->container->n_asked; i++) {
		const struct ct_asked *asked = &f->container->asked[i];

		if (!strcmp(asked->aspect, "sysctl") || !strcmp(asked->aspect, "hook"))
			facet_add(f, asked->name,
				  *asked->done ? asked->done : asked->asked);
	}
}
