/* SPDX-License-Identifier: MIT */
/* Mounts: what was done to a mount table, what a container ended up with, what it
 * changed. */
#ifndef CTTRACE_FACTS_MOUNT_H
#define CTTRACE_FACTS_MOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ct_mount {
	int64_t t_ns;
	const char *source, *target, *type; /* target as seen from the container's root */
	const char *flags;       /* "nosuid,nodev,ro" … as mount(8) writes them */
	const char *propagation; /* "private", "rslave" … or "" */
	const char *data;
	bool outside; /* not below the container's root: target is as its maker saw it */
	size_t event;
};

/* A mount of the table that a container ended up with. */
struct ct_mounted {
	const char *target;        /* as the container sees it */
	const char *type, *source; /* of the file system; "" when not known */
	const char *root;          /* what of the file system: "/" or a subtree */
	const char *host;  /* the host's name for the same place; "" when it has none */
	const char *flags; /* "rw,nosuid,relatime" */
	const char *propagation; /* "private", "shared", "slave", "slave,shared", … */
	const char *options;     /* of the file system, as they were passed */
	const char *upper;       /* overlay: the layer that takes what is written; "" */
	const char **lower;      /* overlay: the other layers, uppermost first */
	size_t n_lower;
	int parent; /* index of the mount that it is on; -1 */
	bool file_system_read_only;
	bool masked;         /* hides a file, or a directory of /proc or /sys */
	bool read_only_path; /* a part of /proc or /sys, made read-only */
	bool covered;        /* another one lies on top of it */
	bool hidden;         /* what it is on is covered or hidden: nobody gets there */
	bool from_host;      /* its file system was there before the trace began */
	long event;          /* index into facts[]; -1: copied from another table */
};

/* What became of a file of the image, by the calls that were seen. */
enum ct_file_change {
	CT_FILE_WRITTEN, /* opened for writing: it is in the upper layer now */
	CT_FILE_CREATED, /* it was not there before */
	CT_FILE_REMOVED,
};
const char *ct_file_change_name(enum ct_file_change change); /* "written", … */

struct ct_changed_file {
	const char *path;           /* as the container sees it */
	enum ct_file_change change; /* the last one */
	bool by_runtime;            /* by who builds the container */
	size_t event;
	int layer;  /* the lower layer that has it, 1 is the lowest; 0: none has; -1:
		       not known */
	int layers; /* how many there are; 0: not known */
	const char *directory; /* of that layer; "" */
};

#endif
