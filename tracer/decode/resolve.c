/* SPDX-License-Identifier: MIT */
/* Walking a file name component by component, without a file system. */
#include "resolve.h"

#include "magic.h"

#include <string.h>

/* The name so far: "/a/b" without a slash at its end, or what stands in for a path. */
struct walk {
	char *out;
	size_t len;
};

static void step(struct walk *walk, struct ct_span component)
{
	size_t len = ct_span_len(component);

	if (!len || ct_span_equal(component, "."))
		return;
	if (ct_span_equal(component, "..")) {
		char *slash = memrchr(walk->out, '/', walk->len);

		if (slash)
			walk->len = (size_t)(slash - walk->out);
		return;
	}
	walk->out[walk->len++] = '/';
	memcpy(walk->out + walk->len, component.at, len);
	walk->len += len;
}

/* Starts over at a name of the kernel's: "/a/b", or "pipe:[7]", which is no path. */
static void start_at(struct walk *walk, struct ct_span base)
{
	walk->len = 0;
	if (base.at < base.end && *base.at != '/') {
		walk->len = ct_span_len(base);
		memcpy(walk->out, base.at, walk->len);
		return;
	}
	while (base.at < base.end)
		step(walk, ct_span_until(&base, '/'));
}

char *ct_resolve(const struct ct_name_parts *parts, struct ct_arena *arena)
{
	struct ct_span path = parts->path, target = parts->target;
	size_t most = ct_span_len(path) + ct_span_len(parts->dir) + ct_span_len(target);
	struct walk walk = { ct_arena_alloc(arena, most + 3), 0 };

	if (path.at == path.end || *path.at != '/') {
		if (parts->dir.at == parts->dir.end)
			return NULL;
		start_at(&walk, parts->dir);
	}
	while (path.at < path.end) {
		step(&walk, ct_span_until(&path, '/'));
		if (walk.len && target.at < target.end &&
		    ct_magic_prefix(walk.out, walk.len) == walk.len) {
			start_at(&walk, target);
			target.at = target.end;
		}
	}
	if (!walk.len)
		walk.out[walk.len++] = '/';
	walk.out[walk.len] = '\0';
	return walk.out;
}
