/* SPDX-License-Identifier: MIT */
/*
 * The mount table of each container, as its payload found it, and who lives in it. A
 * table that somebody changes later is given up: a wrong layer is worse than none. Of who
 * lives outside only the overlays that they have mounted: there a container is built.
 */
#include "layers.h"

#include "alloc.h"
#include "cttrace/path.h"
#include "lookup.h"
#include "table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

/* Tables that are remembered, and questions that are asked for one of them: a build in a
 * container writes very many files, and nobody reads so many answers. */
#define TABLES_MAX    1024
#define QUESTIONS_MAX 16384
#define OUTSIDE_MAX   4096 /* mounts */
#define LINKS_MAX     40   /* on the way to one file, as for the kernel */

/* Where a task lives. */
enum {
	OUTSIDE = 0,
	UNKNOWN = UINT16_MAX, /* in a container, but its table is not known */
			      /* else: 1 + the index of a table */
};

struct ct_layers {
	uint64_t host;
	struct ct_layers_table outside; /* overlays, and what was mounted below them */
	struct ct_layers_table *tables;
	size_t n_tables, cap_tables;
	uint16_t *homes; /* by serial */
	size_t n_homes;
};

struct ct_layers *ct_layers_new(uint64_t host)
{
	struct ct_layers *l = ct_alloc(sizeof(*l));

	l->host = host;
	return l;
}

void ct_layers_free(struct ct_layers *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->n_tables; i++)
		ct_layers_table_release(&l->tables[i]);
	ct_layers_table_release(&l->outside);
	free(l->tables);
	free(l->homes);
	free(l);
}

static uint16_t *home_of(struct ct_layers *l, uint32_t serial)
{
	size_t n = l->n_homes;

	if (serial >= n) {
		l->n_homes = serial + 1 > 2 * n ? serial + 1 : 2 * n;
		l->homes = ct_realloc(l->homes, l->n_homes, sizeof(*l->homes));
		memset(l->homes + n, 0, (l->n_homes - n) * sizeof(*l->homes));
	}
	return &l->homes[serial];
}

/* -------- tables -------- */

static void add_table(struct ct_layers *l, uint64_t ns, const struct ct_blob *text)
{
	struct ct_layers_table *t = ct_push(l->tables, l->n_tables, l->cap_tables);

	t->ns = ns;
	ct_layers_table_read(t, ct_span_of(ct_blob_bytes(text), text->len));
}

/* The youngest: numbers of namespaces are used again. */
static uint16_t table_of(const struct ct_layers *l, uint64_t ns)
{
	for (size_t i = l->n_tables; i-- > 0;)
		if (ns && l->tables[i].ns == ns)
			return (uint16_t)(i + 1);
	return OUTSIDE;
}

/* -------- who lives where -------- */

static void inherit(struct ct_layers *l, const struct ct_event *event)
{
	uint16_t creator = *home_of(l, event->birth.creator.serial);

	*home_of(l, event->task.serial) = creator;
}

/* It was told which namespaces a task is in. */
static void move(struct ct_layers *l, const struct ct_event *event)
{
	const struct ct_state *state = event->state;
	uint16_t *home = home_of(l, state->of.serial);
	uint16_t table = table_of(l, state->ns[CT_NS_MNT]);

	if (table != OUTSIDE)
		*home = table;
	else if (*home != OUTSIDE)
		*home = UNKNOWN;
}

/* A payload begins; not one in a container in a container: the names of its layers are
 * those of files in the outer one. */
static void settle(struct ct_layers *l, const struct ct_record *rec,
		   const struct ct_event *event, const struct ct_blob *text)
{
	uint64_t ns = event->state && event->state->have & CT_STATE_NS
			      ? event->state->ns[CT_NS_MNT]
			      : 0;

	if (*home_of(l, rec->task.serial) != OUTSIDE || !ns || ns == l->host ||
	    text->flags || l->n_tables >= TABLES_MAX)
		return;
	add_table(l, ns, text);
	*home_of(l, rec->task.serial) = (uint16_t)l->n_tables;
}

/* -------- what is asked -------- */

/* One file system's answer: false when there is none, *path when a link leads on. */
static bool look(struct ct_layers_table *t, const struct ct_layers_place *place,
		 const char **path, struct ct_layers_link *link,
		 struct ct_lower_layer *found, struct ct_arena *arena)
{
	const struct ct_overlay *overlay = place->overlay;
	const char *in = ct_layers_below(*path, place->target);
	const char *within = ct_arena_printf(arena, "%s%s", place->root, in);
	int index;

	if (t->questions++ >= QUESTIONS_MAX)
		return false;
	index = ct_layers_lookup(overlay, within, link);
	/* who builds a container may mean a link as the container will see it: openat2 */
	if (index == -ELOOP && t->ns && link->end >= strlen(within) - strlen(in)) {
		*path = ct_path_lead(arena, *path,
				     strlen(*path) - strlen(within + link->end),
				     link->target.data);
		return true;
	}
	found->of = (int)overlay->n_lower;
	if (index >= 0) {
		found->number = (int)overlay->n_lower - index;
		found->directory = overlay->lower[index];
	}
	return index >= 0 || index == -ENOENT;
}

static void ask(struct ct_layers_table *t, struct ct_event *event,
		const struct ct_arg *arg, struct ct_arena *arena)
{
	struct ct_lower_layer found = { .arg = arg->name, .directory = "", .path = "" };
	struct ct_layers_link link = { .target = CT_STRBUF_INIT,
				       .follows = ct_call_follows(&event->call) };
	const char *path = arg->path, *was = NULL;
	bool known = true;

	for (int i = 0; known && !found.of && was != path && i < LINKS_MAX; i++) {
		const struct ct_layers_place *place = ct_layers_place_of(t, path);

		was = path;
		known = place && *path == '/';
		if (known && place->overlay && place->overlay->n_lower)
			known = look(t, place, &path, &link, &found, arena);
	}
	if (path != arg->path)
		found.path = path;
	if (known && was == path && (found.of || *found.path))
		event->layers[event->n_layers++] = found;
	ct_strbuf_release(&link.target);
}

static void ask_all(struct ct_layers_table *t, const struct ct_plan *plan,
		    struct ct_event *event, struct ct_arena *arena)
{
	const struct ct_event_call *call = &event->call;

	if ((plan->flags & CT_PLAN_OPEN) && !ct_call_opens_to_write(call))
		return;
	event->layers = ct_arena_array(arena, struct ct_lower_layer, call->n_args);
	for (size_t i = 0; i < call->n_args; i++)
		if (call->args[i].type == CT_VALUE_STR && call->args[i].path &&
		    *call->args[i].path == '/')
			ask(t, event, &call->args[i], arena);
}

/* -------- who lives outside -------- */

static const char *target_of(const struct ct_event_call *call)
{
	const char *to = ct_call_path(call, "target");

	if (!*to)
		to = ct_call_path(call, "to_pathname");
	return *to ? to : ct_call_path(call, "to_dfd");
}

/* Of mounts below an overlay only that they hide it is of interest. */
static void see_mount(struct ct_layers_table *t, const struct ct_event_call *call)
{
	const uint64_t changes =
		MS_REMOUNT | MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE;
	const char *target = target_of(call);
	bool overlay = !strcmp(ct_call_path(call, "filesystemtype"), "overlay");

	if (*target != '/' || t->n_places >= OUTSIDE_MAX ||
	    (uint64_t)ct_call_int(call, "mountflags", 0) & changes)
		return;
	/* a root file system is bound to itself, to be a mount of its own */
	if (!strcmp(ct_call_path(call, "source"), target))
		return;
	if (overlay || ct_layers_place_of(t, target))
		ct_layers_table_add(t, ct_arena_strdup(&t->arena, target), "/",
				    overlay ? ct_call_path(call, "data") : NULL);
}

static void see_umount(struct ct_layers_table *t, const struct ct_event_call *call)
{
	const char *target = ct_call_path(call, "target");

	for (size_t i = t->n_places; i-- > 0;)
		if (!strcmp(t->places[i].target, target)) {
			memmove(&t->places[i], &t->places[i + 1],
				(--t->n_places - i) * sizeof(t->places[i]));
			return;
		}
}

static void see_outside(struct ct_layers *l, const struct ct_plan *plan,
			struct ct_event *event, struct ct_arena *arena)
{
	if (!strcmp(event->call.name, "umount2"))
		see_umount(&l->outside, &event->call);
	else if (plan->flags & CT_PLAN_MOUNTS)
		see_mount(&l->outside, &event->call);
	else if (plan->flags & CT_PLAN_CHANGES && l->outside.n_places)
		ask_all(&l->outside, plan, event, arena);
}

static void see_call(struct ct_layers *l, const struct ct_plan *plan,
		     struct ct_event *event, struct ct_arena *arena)
{
	uint16_t *home = home_of(l, event->task.serial);

	if (*home == UNKNOWN || !ct_call_ok(&event->call))
		return;
	if (*home == OUTSIDE)
		see_outside(l, plan, event, arena);
	else if (plan->flags & CT_PLAN_ROOT)
		*home = UNKNOWN;
	else if (plan->flags & CT_PLAN_MOUNTS)
		l->tables[*home - 1].ns = 0;
	else if (plan->flags & CT_PLAN_CHANGES && l->tables[*home - 1].ns)
		ask_all(&l->tables[*home - 1], plan, event, arena);
}

void ct_layers_see(struct ct_layers *l, const struct ct_record *rec,
		   const struct ct_plan *plan, struct ct_event *event,
		   struct ct_arena *arena)
{
	const struct ct_blob *text;

	if (event->kind == CT_EVENT_TASK)
		inherit(l, event);
	if (event->state && event->state->have & CT_STATE_NS)
		move(l, event);
	text = ct_record_find(rec, CT_BLOB_TABLE, CT_BLOB_TASK);
	if (text && event->kind == CT_EVENT_EXEC)
		settle(l, rec, event, text);
	if (event->kind == CT_EVENT_CALL)
		see_call(l, plan, event, arena);
}
