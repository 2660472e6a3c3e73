/* SPDX-License-Identifier: MIT */
/* What keeps a container apart, and what its payload did about that. */
#ifndef CTTRACE_FACTS_WALL_H
#define CTTRACE_FACTS_WALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One thing that keeps a container apart, or does not. */
struct ct_isolation {
	const char *aspect; /* "pid namespace", "capabilities" */
	const char *state;  /* "private", "shared with the host", "11 of 41" */
	const char *detail; /* names, paths; "" */
	const char *why;    /* why it matters */
	bool open;          /* it keeps nothing apart here */
};

/* Which wall a payload came to. */
enum ct_layer {
	CT_LAYER_NONE,       /* none: it was allowed */
	CT_LAYER_SECCOMP,    /* a seccomp filter */
	CT_LAYER_CAPABILITY, /* one that it does not have */
	CT_LAYER_USER_NS,    /* it has the capability, but not over what it wanted */
	CT_LAYER_MOUNT,      /* read-only, nodev, a mask: the mount that the file is on */
	CT_LAYER_DEVICES,    /* the rules of its cgroup about devices */
	CT_LAYER_LSM,        /* AppArmor, SELinux */
	CT_LAYER_PERMISSION, /* owner and mode of the file */
	CT_LAYER_TRACER,     /* cttrace: a process has one tracer */
	CT_LAYER_NO_NEW_PRIVS, /* an exec gives nothing */
	CT_LAYER_KERNEL,       /* something else that the kernel checks, or has not */
	CT_LAYER_UNKNOWN,
	CT_LAYERS,
};
const char *ct_layer_name(enum ct_layer layer); /* "none", "seccomp", … */

enum ct_outcome {
	CT_OUTCOME_ALLOWED,
	CT_OUTCOME_REFUSED,
	CT_OUTCOME_FAILED, /* no wall said no: there is no such thing, it is busy */
};
const char *ct_outcome_name(enum ct_outcome outcome); /* "allowed", … */

/* What a container's payload did about its walls; the same again is counted. */
struct ct_wall {
	const char *deed; /* stable: "mount", "device", "ptrace" */
	const char *what; /* "mount /dev/vda1 on /mnt (ext4)" */
	enum ct_outcome outcome;
	int error; /* positive errno; 0 */
	enum ct_layer layer;
	const char *reason; /* "cap_sys_admin is missing"; "" */
	bool reaches_host;  /* allowed, and what it did is not only the container's */
	int process;        /* the first one that did it */
	int64_t t_ns;
	size_t event; /* index into facts[] */
	size_t count;
};

#endif
