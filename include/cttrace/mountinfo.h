/* SPDX-License-Identifier: MIT */
/* One mount, as a line of /proc/PID/mountinfo tells it; see proc(5). */
#ifndef CTTRACE_MOUNTINFO_H
#define CTTRACE_MOUNTINFO_H

#include <stdbool.h>
#include <stdint.h>

struct ct_mountinfo {
	uint64_t id, parent;
	uint32_t dev_major, dev_minor;
	const char *root;    /* what of the file system is mounted: "/" or a subtree */
	const char *target;  /* mount point, relative to the reader's root */
	const char *options; /* of the mount: "rw,nosuid,relatime" */
	uint64_t shared;     /* peer group; 0: not shared */
	uint64_t master;     /* peer group it is a slave of; 0: none */
	bool unbindable;
	const char *type;       /* "overlay" */
	const char *source;     /* "none" where the file system has none */
	const char *fs_options; /* of the superblock */
};

#endif
