/* SPDX-License-Identifier: MIT */
/* What keeps a container apart from its host: facts, no score. */
#ifndef CTTRACE_MODEL_ISOLATION_H
#define CTTRACE_MODEL_ISOLATION_H

#include "state.h"

void isolation_settle(struct model *m);
struct rule;
/* mknod makes a device; or a fifo, a socket or a plain file: no driver is behind those.
 */
const struct rule *isolation_for_node(const struct feed *f);
/* A label of AppArmor or SELinux that was asked for. */
void isolation_note_label(struct feed *f);

/* A directory or file of the host that somebody asked for. */
bool isolation_is_host_path(const struct ct_container *c, const struct ct_mounted *m);
/* It was connected to, and an engine listens there: the host's name of a socket. */
void isolation_note_socket(const struct feed *f, int site, const char *host);
/* By the host's name for it: is it an engine's socket, or a directory that has one? */
bool isolation_is_engine_socket(const char *host);
/* Every container has it: null, zero, ptmx, … */
bool isolation_is_usual_device(const char *name);

/* One container being looked at, and where to say what was seen. */
struct looking {
	struct model *m;
	const struct site *site;
	const struct ct_container *c;
	struct ct_arena *arena;
	int argument; /* of the row */
	struct ct_isolation *out;
};

/* Nobody has seen how it was built: says so, if it is true. */
bool isolation_is_unseen(const struct looking *l);

/* Each fills state and detail, and says whether it is open. */
typedef void isolation_fn(const struct looking *l);

isolation_fn isolation_namespace;     /* argument: enum ct_ns */
isolation_fn isolation_root;          /* the file system that is "/" */
isolation_fn isolation_propagation;   /* of mounts, between it and the host */
isolation_fn isolation_host_paths;    /* argument: writable ones, or the others */
isolation_fn isolation_engine_socket; /* or a directory that has one */
isolation_fn isolation_devices;       /* other than those that every container has */
isolation_fn isolation_kernel_files;  /* masked and read-only parts of /proc and /sys */

#endif
