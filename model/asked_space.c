/* SPDX-License-Identifier: MIT */
/* Asked and done: namespaces, ids, names. */
#include "asked.h"

#include "call.h"
#include "cttrace/strbuf.h"

#include <string.h>

/* -------- namespaces -------- */

/* The configuration has its own words for two of them. */
static const char *spec_name(enum ct_ns type)
{
	return type == CT_NS_MNT   ? "mount"
	       : type == CT_NS_NET ? "network"
				   : ct_ns_name(type);
}

static const json_t *find_namespace(const json_t *list, const char *type)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		const char *name = asked_text(item, "type");

		if (name && !strcmp(name, type))
			return item;
	}
	return NULL;
}

/* The change that led to the namespace which the container is in. */
static long change_to(const struct asking *a, enum ct_ns type)
{
	const struct ct_container_ns *ns = &a->c->ns[type];

	if (ns->maker >= 0)
		return (long)a->m->pub.ns_changes[ns->maker].event;
	for (size_t i = 0; i < a->m->pub.n_ns_changes; i++)
		if (a->m->pub.ns_changes[i].type == type &&
		    a->m->pub.ns_changes[i].to == ns->to)
			return (long)a->m->pub.ns_changes[i].event;
	return -1;
}

/* Of the setns that joined it, the file; "" when that is not known. */
static const char *joined_path(const struct asking *a, enum ct_ns type, long *event)
{
	const struct model *m = a->m;

	for (size_t i = m->pub.n_ns_changes; i-- > 0;) {
		const struct ct_ns_change *c = &m->pub.ns_changes[i];

		if (c->type != type || c->to != a->c->ns[type].to ||
		    c->how != CT_NS_SETNS ||
		    (a->c->payload_ns >= 0 && c->t_ns > a->c->payload_ns))
			continue;
		*event = (long)c->event;
		return ct_call_path(&m->pub.facts[c->event].event->call, "fd");
	}
	return "";
}

static void compare_namespace(struct asking *a, enum ct_ns type, const json_t *asked)
{
	const struct ct_container_ns *ns = &a->c->ns[type];
	const char *path = asked_text(asked, "path"), *joined;
	struct ct_asked r = { .event = change_to(a, type) };
	bool is_new = ns->how == CT_NS_CLONE || ns->how == CT_NS_UNSHARE;

	if (ns->how == CT_NS_SHARED)
		r.event = -1;
	r.done = is_new ? "new" : "shared with the host";
	if (ns->how == CT_NS_SETNS) {
		joined = joined_path(a, type, &r.event);
		r.done = ct_arena_printf(a->arena, "joined %s", joined);
		is_new = path &&
			 (!*joined || strchr(joined, '[') || !strcmp(joined, path));
	} else if (path && *path) {
		is_new = false;
	}
	r.asked = !asked ? "" : path && *path ? path : "new";
	r.match = is_new ? CT_MATCH_SAME : CT_MATCH_DIFFERS;
	if (!asked)
		r.match = ns->how == CT_NS_SHARED ? CT_MATCH_NOT_ASKED : CT_MATCH_DIFFERS;
	if (!ns->to && ns->how == CT_NS_SHARED)
		r.match = asked ? CT_MATCH_NOT_SEEN : CT_MATCH_NOT_ASKED;
	asked_add(a, "namespace", ct_ns_name(type), r);
}

void asked_namespaces(struct asking *a)
{
	const json_t *list = asked_get(a, "linux.namespaces");

	for (int type = 0; type < CT_NS_TYPES; type++)
		compare_namespace(a, (enum ct_ns)type,
				  find_namespace(list, spec_name((enum ct_ns)type)));
}

/* -------- ids, names -------- */

static void compare_map(struct asking *a, const char *name, const json_t *list,
			const struct ct_id_map *map, size_t n_map)
{
	CT_CLEANUP_STRBUF struct ct_strbuf asked = CT_STRBUF_INIT, done = CT_STRBUF_INIT;
	struct ct_asked r = { .event = -1 };

	if (!json_array_size(list))
		return;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		ct_strbuf_addf(&asked, "%s%lld %lld %lld", i ? ", " : "",
			       (long long)asked_number(item, "containerID", -1),
			       (long long)asked_number(item, "hostID", -1),
			       (long long)asked_number(item, "size", -1));
	}
	for (size_t i = 0; i < n_map; i++)
		ct_strbuf_addf(&done, "%s%u %u %u", i ? ", " : "", map[i].inside,
			       map[i].outside, map[i].length);
	r.asked = asked.data;
	r.done = n_map ? done.data : "no map was written";
	r.match = !n_map                          ? asked_absent(a)
		  : strcmp(asked.data, done.data) ? CT_MATCH_DIFFERS
						  : CT_MATCH_SAME;
	/* a user namespace that was there before has the map that it has */
	if (!n_map && a->c->ns[CT_NS_USER].how == CT_NS_SETNS)
		r.match = CT_MATCH_NOT_SEEN;
	asked_add(a, "id map", name, r);
}

void asked_id_maps(struct asking *a)
{
	compare_map(a, "uid", asked_get(a, "linux.uidMappings"), a->c->uid_map,
		    a->c->n_uid_map);
	compare_map(a, "gid", asked_get(a, "linux.gidMappings"), a->c->gid_map,
		    a->c->n_gid_map);
}

void asked_hostname(struct asking *a)
{
	const char *name = asked_text(a->config, "hostname");
	struct ct_asked r = { .asked = name, .done = a->c->hostname, .event = -1 };

	if (!name || !*name) {
		r.match = *a->c->hostname ? CT_MATCH_DIFFERS : CT_MATCH_NOT_ASKED;
	} else if (!*a->c->hostname) {
		r.done = "never set";
		r.match = asked_absent(a);
	} else {
		r.match = strcmp(name, a->c->hostname) ? CT_MATCH_DIFFERS : CT_MATCH_SAME;
	}
	asked_add(a, "hostname", "", r);
}
