/* SPDX-License-Identifier: MIT */
/*
 * What the kernel's overlay does at a lookup (Documentation/filesystems/overlayfs.rst):
 * the layers from top to bottom, until one has the file, or hides what is below it.
 */
#include "lookup.h"

#include "alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum found {
	FOUND,
	MISSING, /* look further down */
	HIDDEN,  /* nobody below is asked */
};

/* One layer: where the walk stands in it. */
struct walk {
	int dir;     /* O_PATH */
	bool opaque; /* some directory on the way hides those of the layers below */
	struct ct_layers_link *link;
};

/* trusted.overlay.NAME, or user.overlay.NAME of a mount in a user namespace. */
static bool has_mark(int fd, const char *name)
{
	static const char *const spaces[] = { "trusted", "user" };
	char file[32], attribute[64];

	/* a descriptor that was opened with O_PATH has no attributes, its link has */
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		snprintf(attribute, sizeof(attribute), "%s.overlay.%s", spaces[i], name);
		if (getxattr(file, attribute, NULL, 0) >= 0)
			return true;
	}
	return false;
}

static bool is_whiteout(int fd, const struct stat *st)
{
	if (S_ISCHR(st->st_mode))
		return !st->st_rdev;
	return S_ISREG(st->st_mode) && !st->st_size && has_mark(fd, "whiteout");
}

/* -ELOOP, or why it cannot be read. */
static int read_link(struct ct_layers_link *link, int fd, const struct stat *st)
{
	/* one more than there should be: what fills it is another one than st was of */
	size_t room = (size_t)st->st_size + 1;
	CT_CLEANUP_FREE char *target = NULL;
	ssize_t n;

	if (st->st_size <= 0 || st->st_size >= PATH_MAX)
		return -EINVAL;
	target = ct_alloc(room);
	n = readlinkat(fd, "", target, room);
	if (n != st->st_size || memchr(target, '\0', (size_t)n))
		return -EINVAL;
	ct_strbuf_reset(&link->target);
	ct_strbuf_add(&link->target, target, (size_t)n);
	return -ELOOP;
}

/* One name further; enum found, or -errno. */
static int enter(struct walk *w, const char *name, bool last)
{
	int fd = openat(w->dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return errno == ENOENT ? (w->opaque ? HIDDEN : MISSING) : -errno;
	close(w->dir);
	w->dir = fd;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (is_whiteout(fd, &st))
		return HIDDEN;
	if (S_ISLNK(st.st_mode) && (!last || w->link->follows))
		return read_link(w->link, fd, &st);
	if (last)
		return FOUND;
	if (!S_ISDIR(st.st_mode))
		return HIDDEN; /* a file covers the directories of that name */
	if (has_mark(fd, "redirect"))
		return -EXDEV;
	w->opaque |= has_mark(fd, "opaque");
	return FOUND;
}

/* The next name of a path, and where it ends; 0: there is none, or -errno. */
static int take_name(const char **path, char name[NAME_MAX + 1])
{
	size_t len;

	do {
		*path += strspn(*path, "/");
		len = strcspn(*path, "/");
		if (len > NAME_MAX)
			return -ENAMETOOLONG;
		memcpy(name, *path, len);
		name[len] = '\0';
		*path += len;
	} while (!strcmp(name, "."));
	return strcmp(name, "..") ? (int)len : -EINVAL;
}

static int look_into(const char *directory, const char *path, struct ct_layers_link *link)
{
	struct walk w = { open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC), false,
			  link };
	int found = w.dir < 0 ? -ESTALE : FOUND;
	const char *at = path;
	char name[NAME_MAX + 1];
	int len = 0;

	while (found == FOUND && (len = take_name(&at, name)) > 0)
		found = enter(&w, name, !at[strspn(at, "/")]);
	link->end = (size_t)(at - path);
	if (w.dir >= 0)
		close(w.dir);
	return len < 0 ? len : found;
}

/* What the upper layer has there now; MISSING: it has left that as it is below. */
static int look_above(const struct ct_overlay *overlay, const char *path, bool follows)
{
	struct ct_layers_link link = { .target = CT_STRBUF_INIT, .follows = follows };
	int found = *overlay->upper ? look_into(overlay->upper, path, &link) : MISSING;

	ct_strbuf_release(&link.target);
	return found;
}

static bool shines_through(const struct ct_overlay *overlay, const char *path, size_t end)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	ct_strbuf_add(&name, path, end);
	return look_above(overlay, name.data, false) == MISSING;
}

int ct_layers_lookup(const struct ct_overlay *overlay, const char *path,
		     struct ct_layers_link *link)
{
	for (size_t i = 0; i + overlay->n_data < overlay->n_lower; i++) {
		int found = look_into(overlay->lower[i], path, link);

		if (found == -ELOOP && !shines_through(overlay, path, link->end))
			return -ESTALE;
		if (found < 0)
			return found;
		if (found == FOUND)
			return (int)i;
		if (found == HIDDEN)
			break;
	}
	/* a link of the container's own leads to a file that may well be below */
	return look_above(overlay, path, link->follows) == -ELOOP ? -ESTALE : -ENOENT;
}
