/* SPDX-License-Identifier: MIT */
/*
 * What the kernel's overlay does at a lookup (Documentation/filesystems/overlayfs.rst):
 * the layers from top to bottom, until one has the file, or hides what is below it.
 */
#include "lookup.h"

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
	if (last)
		return FOUND;
	if (S_ISLNK(st.st_mode))
		return -ELOOP;
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

static int look_into(const char *directory, const char *path)
{
	struct walk w = { open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC), false };
	int found = w.dir < 0 ? -ESTALE : FOUND;
	char name[NAME_MAX + 1];
	int len = 0;

	while (found == FOUND && (len = take_name(&path, name)) > 0)
		found = enter(&w, name, !path[strspn(path, "/")]);
	if (w.dir >= 0)
		close(w.dir);
	return len < 0 ? len : found;
}

int ct_layers_lookup(const struct ct_overlay *overlay, const char *path)
{
	for (size_t i = 0; i + overlay->n_data < overlay->n_lower; i++) {
		int found = look_into(overlay->lower[i], path);

		if (found < 0)
			return found;
		if (found == FOUND)
			return (int)i;
		if (found == HIDDEN)
			break;
	}
	return -ENOENT;
}
