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

/* The scope of the container that this one's was started in, where that was seen first.
 */
static int scope_around(const struct ct_scopes *scopes, const struct ct_model *model,
			int scope)
{
	const struct ct_container *c =
		ct_container_at(model, scopes->scopes[scope].container);

	for (int o = 0; c && c->outer >= 0 && o < scope; o++)
		if (scopes->scopes[o].container == c->outer)
			return o;
	return -1;
}

/* A box lies in that of who created its first process, as far as the eye can follow. */
static void nest(struct ct_scopes *scopes, const struct ct_model *model, int process)
{
	int creator = model->processes[process].creator, its = scopes->of[process];
	int outer = creator >= 0 && creator < process ? scopes->of[creator] : -1;
	struct ct_scope *scope = &scopes->scopes[its];

	if (outer < 0 || outer >= its)
		outer = scope_around(scopes, model, its);
	if (outer >= 0 && scopes->scopes[outer].depth >= CT_SCOPE_DEPTH)
		outer = -1;
	scope->outer = outer;
	scope->depth = outer < 0 ? 1 : scopes->scopes[outer].depth + 1;
}

void ct_scopes_init(struct ct_scopes *scopes, const struct ct_model *model)
{
	*scopes = (struct ct_scopes){ .of = ct_alloc(model->n_processes * sizeof(int)) };
	for (size_t i = 0; i < model->n_processes; i++) {
		struct ct_scope scope = scope_of(model, (int)i);
		bool apart = scope.private_types || scope.container >= 0;
		size_t before = scopes->n;

		scopes->of[i] = apart ? find(scopes, &scope) : -1;
		if (scopes->n > before)
			nest(scopes, model, (int)i);
	}
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

/* Those types that are not the ones of the scope around it. */
static unsigned int own_types(const struct ct_scope *scope, const struct ct_scope *outer)
{
	unsigned int types = scope->private_types;

	for (int type = 0; outer && type < CT_NS_TYPES; type++)
		if (scope->ns[type] == outer->ns[type])
			types &= ~(1U << type);
	return types;
}

void ct_scope_label(struct ct_strbuf *out, const struct ct_model *model,
		    const struct ct_scopes *scopes, size_t index)
{
	const struct ct_scope *scope = &scopes->scopes[index];
	const struct ct_scope *outer =
		scope->outer < 0 ? NULL : &scopes->scopes[scope->outer];
	const struct ct_container *c = ct_container_at(model, scope->container);
	unsigned int types = own_types(scope, outer);

	if (c && (!outer || outer->container != scope->container)) {
		ct_strbuf_adds(out, "container ");
		ct_label_id(out, c->id);
	}
	add_types(out, c, types, false);
	add_types(out, c, types, true);
	if (!types)
		ct_strbuf_addf(out, "%sonly %s", out->len ? ": " : "",
			       scope->private_types ? "the namespaces around it"
						    : "the host's namespaces");
}
