/* SPDX-License-Identifier: MIT */
/* From paths within a hierarchy to paths in the file system. */
#include "hierarchy.h"

#include "cttrace/strbuf.h"
#include "span.h"

#include <string.h>

/* Is `word` one of the words with commas between? */
static bool in_list(const char *list, const char *word)
{
	struct ct_span rest = ct_span_of(list, strlen(list));

	while (ct_span_len(rest))
		if (ct_span_equal(ct_span_until(&rest, ','), word))
			return true;
	return false;
}

bool ct_hierarchy_has(const struct ct_cgroup *cgroup, const char *controller)
{
	return *controller ? in_list(cgroup->controllers, controller)
			   : !*cgroup->controllers;
}

/* The path below what is mounted, or NULL. A cgroup above ours is "/..": out of reach. */
static const char *below(const char *path, const char *root)
{
	size_t len = strcmp(root, "/") != 0 ? strlen(root) : 0;

	if (strncmp(path, root, len) != 0 || (path[len] && path[len] != '/'))
		return NULL;
	path += len;
	return !strncmp(path, "/..", 3) ? NULL : path;
}

char *ct_hierarchy_directory(const struct ct_cgroup *cgroup,
			     const struct ct_mountinfo *mounts, size_t n_mounts)
{
	struct ct_span controllers =
		ct_span_of(cgroup->controllers, strlen(cgroup->controllers));
	struct ct_span first = ct_span_until(&controllers, ',');
	CT_CLEANUP_STRBUF struct ct_strbuf dir = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	ct_strbuf_add(&name, first.at, ct_span_len(first));
	/* the last one covers what was mounted at the same place before */
	for (size_t i = n_mounts; i-- > 0;) {
		const struct ct_mountinfo *m = &mounts[i];
		const char *rest = below(cgroup->path, m->root);

		if (!rest || strcmp(m->type, name.len ? "cgroup" : "cgroup2") != 0 ||
		    (name.len && !in_list(m->fs_options, name.data)))
			continue;
		ct_strbuf_addf(&dir, "%s%s", m->target, rest);
		return ct_strbuf_steal(&dir);
	}
	return NULL;
}

int ct_hierarchy_apart(const char *path, const char *other)
{
	struct ct_span mine = ct_span_of(path, strlen(path));
	struct ct_span theirs = ct_span_of(other, strlen(other));
	bool same = true;
	int apart = 0;

	while (ct_span_len(mine)) {
		struct ct_span a = ct_span_until(&mine, '/');
		struct ct_span b = ct_span_until(&theirs, '/');

		same = same && ct_span_len(a) == ct_span_len(b) &&
		       !memcmp(a.at, b.at, ct_span_len(a));
		apart += !same && ct_span_len(a);
	}
	return apart;
}
