/* SPDX-License-Identifier: MIT */
/*
 * Mount tables as the kernel has them: file systems, mounts in trees, peer groups. Pure
 * data: knows of no events. What is not below a root that is known is a place nowhere.
 */
#ifndef CTTRACE_MODEL_MOUNT_TREE_H
#define CTTRACE_MODEL_MOUNT_TREE_H

#include "cttrace/arena.h"
#include "map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A superblock. */
struct filesystem {
	const char *type, *source, *options;
	bool read_only;
	bool from_start; /* it was mounted before the trace began */
};

/* A mount. Links are indexes; -1: none. */
struct mnt {
	int space;      /* its mount table; -1: detached, or gone */
	int parent;     /* what it is mounted on; -1: the root of a tree */
	const char *at; /* where on that: a path within the parent's file system */
	int first_child, last_child, previous, next;
	int filesystem;
	const char *root;             /* what of the file system: "/" or a subtree */
	uint64_t flags;               /* MS_… */
	int group;                    /* its peer group; 0: none */
	int master;                   /* the peer group that it is a slave of; 0: none */
	size_t nth_member, nth_slave; /* where it is in the lists of those two */
	bool unbindable, gone;
	int copy;    /* of the last copy of its tree */
	size_t made; /* 1 + the fact that made it; 0: it was there */
};

/* Who tells whom about new mounts: mount_namespaces(7). */
struct peer_group {
	int *members, *slaves;
	size_t n_members, n_slaves;
	unsigned int round; /* of the last propagation that came by */
};

/* The table of one mount namespace. */
struct mount_space {
	uint64_t inode;
	uint64_t owner; /* user namespace; 0: not known */
	int root;
	bool known;       /* the replay began with the whole table */
	bool copied;      /* it was made while we looked: all who are in it are known */
	bool left;        /* once all of those had left it */
	size_t n_members; /* tasks */
};

/* All zero is empty. */
struct mount_tree {
	struct ct_arena arena;
	struct mnt *mounts;
	struct filesystem *filesystems;
	struct mount_space *spaces;
	struct peer_group *groups; /* [0] is not used */
	size_t n_mounts, n_filesystems, n_spaces, n_groups;
	struct map by_inode; /* space */
	unsigned int round;
	bool full;     /* too many mounts: what is told is not the whole truth */
	size_t listed; /* lines of tables that were made of this so far */
	size_t fact;   /* 1 + index: what is being replayed */
};

/* Where a path leads. */
struct place {
	int mnt;          /* -1: nowhere */
	const char *path; /* within the mount's file system */
};

void mount_tree_release(struct mount_tree *t);

int mount_filesystem(struct mount_tree *t, const struct filesystem *what);
/* A mount that is not attached yet; -1 when there are too many. */
int mount_new(struct mount_tree *t, int filesystem, const char *root, uint64_t flags);
/* The table of a namespace; made with a root of which nothing is known. */
int mount_space_of(struct mount_tree *t, uint64_t inode);
/* Has that namespace not ended? When it has, the kernel gives its number to a new one. */
bool mount_space_is_live(const struct mount_tree *t, uint64_t inode);
/* A new table that has the mounts of another: clone(CLONE_NEWNS). */
void mount_space_copy(struct mount_tree *t, uint64_t from, uint64_t to, uint64_t owner);

/* A task, or one less, is in that table; -1: in none. */
void mount_space_enter(struct mount_tree *t, int space);
void mount_space_leave(struct mount_tree *t, int space);

/* `path` seen from `root`. */
struct place mount_walk(struct mount_tree *t, struct place root, const char *path);
/* What follows a directory in a path, "" or "/…"; NULL when the path is not below it. */
const char *mount_below(const char *path, const char *directory);
/* What is mounted over the root of a mount, and over that, …; the uppermost. */
int mount_top(const struct mount_tree *t, int mnt);
bool mount_is_root(const struct mount_tree *t, struct place place);
/* The path of a mount seen from a root; NULL when it is not below. */
const char *mount_target(const struct mount_tree *t, struct ct_arena *arena,
			 struct place root, int mnt);
/* The mount at a path within the file system of its parent; -1. */
int mount_child_at(const struct mount_tree *t, int mnt, const char *at);
/* All mounts below `top`, parents first: the next one; -1. */
int mount_next(const struct mount_tree *t, int mnt, int top);
int mount_next_but_below(const struct mount_tree *t, int mnt, int top);

/* Puts a mount with all below it to a place, for its peers too. */
void mount_attach(struct mount_tree *t, int mnt, struct place where);
/* The same for nobody else; below a mount that is in a table, it is in that table. */
void mount_attach_alone(struct mount_tree *t, int mnt, int parent, const char *at);
/* Only the links: the mount is in no table. */
void mount_link(struct mount_tree *t, int mnt, int parent, const char *at);
/* Only the links: it stays in its table. */
void mount_unlink(struct mount_tree *t, int mnt);
/* Takes a mount with all below it from its parent, and out of its table. */
void mount_detach(struct mount_tree *t, int mnt);
/* umount2, for peers too. */
void mount_remove(struct mount_tree *t, int mnt);

enum mount_copy {
	MOUNT_COPY_PEERS,  /* copies join the peer groups */
	MOUNT_COPY_SLAVES, /* copies of shared mounts are their slaves */
};
/* What a bind mount of that place shows, with all below it if `recursive`. -1: nothing.
 */
int mount_copy(struct mount_tree *t, struct place what, bool recursive,
	       enum mount_copy how);
/* new_root takes the place of `old_root`, which goes to `put_old`. */
void mount_pivot(struct mount_tree *t, int old_root, int new_root, struct place put_old);

/* MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE. */
void mount_set_propagation(struct mount_tree *t, int mnt, uint64_t kind);
/* "private", "shared", "slave", "slave,shared", "unbindable" */
const char *mount_propagation_of(const struct mnt *mnt);
int mount_group_new(struct mount_tree *t);
void mount_join(struct mount_tree *t, int mnt, int group);
void mount_enslave(struct mount_tree *t, int mnt, int master);
void mount_leave_groups(struct mount_tree *t, int mnt);

#endif
