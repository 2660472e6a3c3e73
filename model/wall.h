/* SPDX-License-Identifier: MIT */
/* What a payload does about its walls, and which of them said no. */
#ifndef CTTRACE_MODEL_WALL_H
#define CTTRACE_MODEL_WALL_H

#include "state.h"

/* Whose walls the event would be about; before it is understood. -1: nobody's. */
int wall_site(const struct feed *f);
/* Notes the event, if it is an attempt; after it was understood. */
void wall_event(const struct feed *f, int site);
void wall_release(struct site *site);

/* -------- between the files that judge an attempt -------- */

/* One attempt, as far as it is understood. */
struct attempt {
	const struct feed *f;
	int site;
	const struct ct_event_call *call;
	const char *argument; /* of the row: the name of the argument that matters */
	const char *deed, *verb;
	const char *object; /* "/host", "" */
	int capability;     /* that it takes; -1: none */
	bool host;          /* success reaches the host */
	bool device;        /* its object is a device */
	bool refusals_only; /* else it is no news */
	struct place place; /* of the file; mnt -1: none, or not known */
	const char *path;   /* of the file; "" */
	int64_t pid;        /* of the process, as it was named; 0 */
	const char *remark; /* what to know when it is allowed; "" */
};

/* Fills object and what else it can say. False: this call is no attempt. */
typedef bool wall_fn(struct attempt *a);

wall_fn wall_plain;      /* no object, or the text of the argument */
wall_fn wall_path;       /* a file name */
wall_fn wall_mount;      /* mount(2) */
wall_fn wall_namespaces; /* the new ones, by flags */
wall_fn wall_join;       /* a namespace, by a descriptor */
wall_fn wall_process;    /* by its pid */
wall_fn wall_trace;      /* ptrace, when it would begin to trace */
wall_fn wall_node;       /* a device that is made */
wall_fn wall_raw_socket;
/* In wall_file.c: */
wall_fn wall_file;   /* opened: host paths, devices, files of the kernel */
wall_fn wall_socket; /* of the host, by the mount that it is on */

/* A program with a set-user-ID or set-group-ID bit: did it gain by that? */
void wall_exec(const struct feed *f, int site);
void wall_note(const struct feed *f, int site, const struct ct_wall *wall);

/* Who is meant by that pid, as the task sees it: a process of the trace; -1. */
int wall_target(const struct feed *f, int site, int64_t pid);
/* The host's name for a place, when it is a file of the host's; NULL. */
const char *wall_host_path(const struct attempt *a);

/* In wall_layer.c: outcome, layer and reason. */
void wall_judge(const struct attempt *a, struct ct_wall *wall);

#endif
