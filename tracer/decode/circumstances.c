/* SPDX-License-Identifier: MIT */
/* Of all mounts only the one that the call's path lies on is of interest. */
#include "circumstances.h"

#include "rlimits.h"
#include "mountinfo.h"

#include <string.h>

#define LIMITS_MAX 32 /* the kernel has 16 */

struct asked {
	const struct ct_record *rec;
	const struct ct_event *event;
	struct ct_arena *arena;
};

/* What was read, and holds anything. */
static bool find(const struct asked *a, enum ct_blob_kind kind, struct ct_span *text)
{
	const struct ct_blob *blob = ct_record_find(a->rec, kind, CT_BLOB_TASK);

	if (!blob || !blob->len || (blob->flags & CT_BLOB_UNREADABLE))
		return false;
	*text = ct_span_of(ct_blob_bytes(blob), blob->len);
	return true;
}

/* The last one: mount(2), rename(2) and symlink(2) change what they name last. */
static const char *path_of(const struct ct_event *event)
{
	const char *path = NULL;

	if (event->kind != CT_EVENT_CALL)
		return NULL;
	for (size_t i = 0; i < event->call.n_args; i++)
		if (event->call.args[i].path && *event->call.args[i].path == '/')
			path = event->call.args[i].path;
	return path;
}

static bool is_below(const char *path, const char *target, size_t len)
{
	if (len == 1) /* "/" */
		return true;
	return !strncmp(path, target, len) && (path[len] == '/' || !path[len]);
}

/* Mounts that lie upon another at the same place come later. */
static void load_mount(struct ct_circumstances *c, struct ct_span text,
		       const struct asked *a)
{
	const char *path = path_of(a->event);
	struct ct_mountinfo mount, *best = NULL;
	size_t best_len = 0, len;

	while (path && ct_proc_mountinfo_next(&text, &mount, a->arena)) {
		len = strlen(mount.target);
		if (len < best_len || !is_below(path, mount.target, len))
			continue;
		if (!best)
			best = ct_arena_array(a->arena, struct ct_mountinfo, 1);
		*best = mount;
		best_len = len;
	}
	c->mount = best;
}

static void load_limits(struct ct_circumstances *c, struct ct_span text,
			const struct asked *a)
{
	c->limits = ct_arena_array(a->arena, struct ct_limit_pair, LIMITS_MAX);
	while (c->n_limits < LIMITS_MAX &&
	       ct_proc_rlimits_next(&text, &c->limits[c->n_limits], a->arena))
		c->n_limits++;
}

/* SELinux ends it with a NUL, AppArmor with a newline. */
static void load_label(struct ct_circumstances *c, struct ct_span text,
		       const struct asked *a)
{
	text = ct_span_until(&text, '\n');
	text = ct_span_until(&text, '\0');
	c->lsm = ct_span_copy(text, a->arena);
}

static void load_owners(struct ct_circumstances *c, struct ct_span text,
			const struct asked *a)
{
	struct ct_blob_owners owners;

	(void)a;
	if (ct_span_len(text) < sizeof(owners))
		return;
	memcpy(&owners, text.at, sizeof(owners));
	for (int ns = 0; ns < CT_NS_TYPES; ns++)
		c->owners[ns] = owners.userns[ns] <= INT64_MAX ? owners.userns[ns] : 0;
	c->userns_uid = owners.uid >= 0 && owners.uid <= UINT32_MAX ? owners.uid : -1;
}

static const struct {
	enum ct_blob_kind blob;
	void (*load)(struct ct_circumstances *c, struct ct_span text,
		     const struct asked *a);
} parts[] = {
	{ CT_BLOB_MOUNTS, load_mount },
	{ CT_BLOB_LIMITS, load_limits },
	{ CT_BLOB_LSM, load_label },
	{ CT_BLOB_OWNERS, load_owners },
};

struct ct_circumstances *ct_decode_circumstances(const struct ct_record *rec,
						 const struct ct_event *event,
						 struct ct_arena *arena)
{
	struct asked a = { rec, event, arena };
	struct ct_circumstances *c = NULL;
	struct ct_span text;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (!find(&a, parts[i].blob, &text))
			continue;
		if (!c) {
			c = ct_arena_array(arena, struct ct_circumstances, 1);
			c->userns_uid = -1;
		}
		parts[i].load(c, text, &a);
	}
	return c;
}
