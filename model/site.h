/* SPDX-License-Identifier: MIT */
/* Sites: who builds a container where, and when a site has proved to be a container. */
#ifndef CTTRACE_MODEL_SITE_H
#define CTTRACE_MODEL_SITE_H

#include "state.h"

/* A new task: did its creator make namespaces for it? `creator` is a task, or -1. */
void site_birth(const struct feed *f, int creator);
/* The task has changed its own namespaces, or those of its children. */
void site_unshared(const struct feed *f);
void site_joined(const struct feed *f);
/* Who has come into a container from outside runs the program that it came for. */
void site_visit(const struct feed *f);
void site_exit(const struct feed *f);
/* A call failed, and not as it does in starts that work. */
void site_failed(const struct feed *f);

/* Makes a site for a container that `process` builds from now on. */
int site_new(struct model *m, int process, int task, int64_t t_ns);
/* The site of that container id; `process` is who named it. Made when it is new. */
int site_by_id(struct model *m, const char *id, const struct feed *f);
/* It has proved to be a container. */
void site_promote(struct model *m, int site);
/* Is the payload still to come? */
bool site_building(const struct model *m, int site);
void site_set_init(struct model *m, int site, int process);

#endif
