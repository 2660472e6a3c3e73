/* SPDX-License-Identifier: MIT */
/* By mount namespace and name; what was removed or renamed leads nowhere any more. */
#include "links.h"

#include "call.h"
#include "cttrace/path.h"
#include "cttrace/strbuf.h"

#include <string.h>

/* Nobody makes so many of them and then writes through one. */
#define LINKS_MAX 4096
#define STEPS_MAX 40 /* on the way to one file, as for the kernel */

static uint64_t key_of(const struct feed *f, const char *path)
{
	/* an odd number: numbers of namespaces stay apart */
	return map_hash(path) +
	       f->m->tasks[f->task].ns[CT_NS_MNT] * UINT64_C(0x9e3779b97f4a7c15);
}

static int find(const struct feed *f, const char *path)
{
	return map_get(&f->m->by_link, key_of(f, path));
}

static void put(const struct feed *f, const char *path, const char *target)
{
	struct model *m = f->m;

	if (*path != '/' || m->n_made_links >= LINKS_MAX)
		return;
	map_put(&m->by_link, key_of(f, path), (int)m->n_made_links);
	*push(m, m->made_links, m->n_made_links) = target;
}

static void forget(const struct feed *f, const char *path)
{
	if (find(f, path) >= 0)
		map_put(&f->m->by_link, key_of(f, path), MAP_NONE);
}

void links_event(const struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const char *link = ct_call_path(call, "linkpath");
	const char *from = ct_call_path(call, "oldpath");
	const char *to = ct_call_path(call, "newpath");
	int moved;

	if (!f->m->tasks[f->task].inside)
		return;
	if (!strncmp(call->name, "symlink", 7)) {
		put(f, link, call_text(f->m, call, "target"));
	} else if (!strncmp(call->name, "unlink", 6)) {
		forget(f, ct_call_path(call, "pathname"));
	} else if (!strncmp(call->name, "rename", 6)) {
		moved = find(f, from);
		forget(f, to);
		if (moved >= 0)
			put(f, to, f->m->made_links[moved]);
		forget(f, from);
	}
}

/* The first link in the path: its end; 0: there is none. */
static size_t first_link(const struct feed *f, const char *path, bool last, int *link)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	ct_strbuf_adds(&name, path);
	for (size_t end = 1; path[end - 1]; end++) {
		if ((path[end] && path[end] != '/') || (!path[end] && !last))
			continue;
		name.data[end] = '\0';
		*link = find(f, name.data);
		name.data[end] = path[end];
		if (*link >= 0)
			return end;
		if (!path[end])
			break;
	}
	return 0;
}

const char *links_follow(const struct feed *f, const char *path, bool last)
{
	const char *real = path;
	size_t end;
	int link;

	if (!f->m->n_made_links || *path != '/')
		return path;
	for (int i = 0; i < STEPS_MAX; i++) {
		end = first_link(f, real, last, &link);
		if (!end)
			return strstr(real, "/../") ? path : real;
		real = ct_path_lead(&f->m->arena, real, end, f->m->made_links[link]);
	}
	return path;
}
