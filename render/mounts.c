/* SPDX-License-Identifier: MIT */
/* Which of a container's mounts build its file tree, and which only take rights away. */
#include "mounts.h"

#include "label.h"
#include "lookup.h"
#include "tally.h"

#include <string.h>

static bool is_below(const char *path, const char *directory)
{
	size_t len = strlen(directory);

	return !strncmp(path, directory, len) && path[len] == '/';
}

/* Runtimes hide files with /dev/null, directories of /proc and /sys with a tmpfs. */
static bool is_mask(const struct ct_mount *mount)
{
	if (!strcmp(mount->source, "/dev/null"))
		return !is_below(mount->target, "/dev");
	if (!is_below(mount->target, "/proc") && !is_below(mount->target, "/sys"))
		return false;
	if (is_below(mount->target, "/sys/fs"))
		return false;
	return !strcmp(mount->type, "tmpfs");
}

/* Bound onto itself, by whatever name, to get mount flags of its own. */
static bool is_self_bind(const struct ct_mount *mount)
{
	size_t source = strlen(mount->source), target = strlen(mount->target);

	return !*mount->type && source >= target && target > 1 &&
	       !strcmp(mount->source + source - target, mount->target);
}

/* Version 1 of cgroups has a mount for each hierarchy: the directory stands for them. */
static bool is_detail(const struct ct_mount *mount)
{
	return is_below(mount->target, "/sys/fs/cgroup") || !strcmp(mount->target, "/");
}

/* Changes propagation or flags of what is mounted already. */
static bool is_change(const struct ct_mount *mount)
{
	return strstr(mount->flags, "remount") || *mount->propagation ||
	       (!*mount->source && !*mount->type);
}

struct counts {
	struct ct_tally all, named, masked, read_only;
};

static void count(struct counts *counts, const struct ct_mount *mount)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	ct_tally_add(&counts->all, mount->target);
	if (is_mask(mount)) {
		ct_tally_add(&counts->masked, mount->target);
	} else if (is_self_bind(mount)) {
		ct_tally_add(&counts->read_only, mount->target);
	} else if (!is_detail(mount) && !is_change(mount)) {
		ct_label_text(&name, mount->target, strlen(mount->target), true);
		ct_tally_add(&counts->named, name.data);
	}
}

static void print(struct ct_strbuf *out, const struct counts *counts)
{
	ct_strbuf_addf(out, "mount ×%zu%s", counts->all.n, counts->all.more ? "+" : "");
	if (counts->masked.n)
		ct_strbuf_addf(out, ", %zu masked", counts->masked.n);
	if (counts->read_only.n)
		ct_strbuf_addf(out, ", %zu read-only", counts->read_only.n);
	if (counts->named.n)
		ct_strbuf_adds(out, ": ");
	ct_tally_print(&counts->named, out, " ", false);
}

bool ct_mounts_add(struct ct_strbuf *out, const struct ct_story *story,
		   const struct ct_item *item)
{
	struct counts counts = { 0 };
	bool all_known = true;

	for (size_t i = 0; i < item->n_events && all_known; i++) {
		size_t event = item->events[i];
		const struct ct_fact *fact = &story->model->facts[event];
		const struct ct_mount *mount = ct_mount_of(
			ct_container_at(story->model, fact->container), event);

		all_known = mount != NULL;
		if (mount)
			count(&counts, mount);
	}
	all_known = all_known && counts.all.n > 1;
	if (all_known)
		print(out, &counts);
	ct_tally_release(&counts.all);
	ct_tally_release(&counts.named);
	ct_tally_release(&counts.masked);
	ct_tally_release(&counts.read_only);
	return all_known;
}
