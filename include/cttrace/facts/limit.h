/* SPDX-License-Identifier: MIT */
/* What was set for a container: limits, id maps, settings of the kernel. */
#ifndef CTTRACE_FACTS_LIMIT_H
#define CTTRACE_FACTS_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ct_rlimit {
	int64_t t_ns;
	const char *name;    /* "RLIMIT_NOFILE" */
	uint64_t soft, hard; /* UINT64_MAX: unlimited */
	bool failed;
	size_t event;
};

struct ct_limit {
	int64_t t_ns;
	const char *file;   /* "pids.max", "memory.limit_in_bytes" */
	const char *cgroup; /* the directory */
	const char *value;
	const char *meaning; /* "512 MiB at most; …"; "" when there are no words */
	bool failed;
	bool replaced;     /* the same file was written again later */
	const char *above; /* the cgroup, if it is one above the container's: "/a"; "" */
	size_t event;
};

struct ct_id_map {
	uint32_t inside, outside, length;
};

/* A write to uid_map, gid_map or setgroups of the user namespace of a container. */
struct ct_map_write {
	int64_t t_ns;
	size_t event;     /* index into facts[] */
	int process;      /* in the role IDMAP: newuidmap or newgidmap did it */
	const char *file; /* "uid_map" */
	const char *value;
	int error; /* positive errno; 0 */
};

/*
 * Something that was set for a container's processes while it was built, or was done to
 * its cgroup: act.def has the kinds.
 */
struct ct_act {
	int64_t t_ns;
	size_t event;      /* index into facts[] */
	int process;       /* who did it */
	const char *kind;  /* stable: "sysctl", "keyring", "freezer" */
	const char *name;  /* the setting, the file or the call: "net.ipv4.ip_forward" */
	const char *value; /* as it was given */
	int error;         /* positive errno; 0 */
};

#endif
