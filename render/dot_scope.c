/* SPDX-License-Identifier: MIT */
/* Which processes share all their namespaces, and which of these are not the host's. */
#include "dot_scope.h"

#include "alloc.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

/* The namespaces outside: the tracer's, or else those the first process was born in. */
static uint64_t outside(const struct ct_model *model, int type)
{
	uint64_t inode = model->header ? model->header->host_ns[type] : 0;

	if (inode || !model->n_processes)
		return inode;
	return model->processes[0].ns_born[type];
}

/* Who began a container is in it, even if it makes another one of itself: unshare(1). */
static int container_of(const struct ct_model *model, int process)
{
	const struct ct_process *p = &model->processes[process];

	for (size_t i = 0; p->inside && i < model->n_containers; i++)
		if (model->containers[i].init == process)
			return (int)i;
	return p->inside ? p->container : -1;
}

static struct ct_scope scope_of(const struct ct_model *model, int process)
{
	const struct ct_process *p = &model->processes[process];
	int container = container_of(model, process);
	const struct ct_container *c = ct_container_at(model, container);
	struct ct_scope scope = { .container = c ? container : -1 };

	for (int type = 0; type < CT_NS_TYPES; type++) {
		uint64_t host = outside(model, type), inode = p->ns[type];

		if (!inode && c)
			inode = c->ns[type].to;
		scope.ns[type] = inode ? inode : host;
		if (inode && host && inode != host)
			scope.private_types |= 1U << type;
	}
	return scope;
}

static int find(struct ct_scopes *scopes, const struct ct_scope *wanted)
{
	for (size_t i = 0; i < scopes->n; i++)
		if (!memcmp(scopes->scopes[i].ns, wanted->ns, sizeof(wanted->ns)) &&
		    scopes->scopes[i].container == wanted->container)
			return (int)i;
	*ct_push(scopes->scopes, scopes->n, scopes->cap) = *wanted;
	return (int)scopes->n - 1;
}

/* The container that it was started in, in the namespaces where that was seen first. */
static void nest(struct ct_scopes *scopes, const struct ct_model *model)
{
	for (size_t i = 0; i < scopes->n; i++) {
		struct ct_scope *scope = &scopes->scopes[i];
		const struct ct_container *c = ct_container_at(model, scope->container);

		scope->outer = -1;
		scope->depth = 1;
		for (size_t o = 0; c && c->outer >= 0 && o < i && scope->outer < 0; o++)
			if (scopes->scopes[o].container == c->outer &&
			    scopes->scopes[o].depth < CT_SCOPE_DEPTH) {
				scope->outer = (int)o;
				scope->depth = scopes->scopes[o].depth + 1;
			}
	}
}

void ct_scopes_init(struct ct_scopes *scopes, const struct ct_model *model)
{
	*scopes = (struct ct_scopes){ .of = ct_alloc(model->n_processes * sizeof(int)) };
	for (size_t i = 0; i < model->n_processes; i++) {
		struct ct_scope scope = scope_of(model, (int)i);
		bool apart = scope.private_types || scope.container >= 0;

		scopes->of[i] = apart ? find(scopes, &scope) : -1;
	}
	nest(scopes, model);
}

void ct_scopes_release(struct ct_scopes *scopes)
{
	free(scopes->scopes);
	free(scopes->of);
}

/* Adds the names of those types that are in the set and came so. */
static void add_types(struct ct_strbuf *out, const struct ct_container *c,
		      unsigned int types, bool joined)
{
	bool any = false;

	for (int type = 0; type < CT_NS_TYPES; type++) {
		if (!(types & 1U << type))
			continue;
		if (joined != (c && c->ns[type].how == CT_NS_SETNS))
			continue;
		if (!any && out->len)
			ct_strbuf_adds(out, joined ? ", joined" : ": own");
		else if (!any)
			ct_strbuf_adds(out, "own");
		ct_strbuf_addf(out, " %s", ct_ns_name((enum ct_ns)type));
		any = true;
	}
}

void ct_scope_label(struct ct_strbuf *out, const struct ct_model *model,
		    const struct ct_scope *scope)
{
	const struct ct_container *c = ct_container_at(model, scope->container);

	if (c) {
		ct_strbuf_adds(out, "container ");
		ct_label_id(out, c->id);
	}
	add_types(out, c, scope->private_types, false);
	add_types(out, c, scope->private_types, true);
	if (!scope->private_types)
		ct_strbuf_adds(out, ": only the host's namespaces");
}
