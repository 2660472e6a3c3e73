/* SPDX-License-Identifier: MIT */
/* A start as a few events: who did what, what failed, what was said. One millisecond
 * each. */
#ifndef CTTRACE_TESTS_EXPLAIN_SCENE_H
#define CTTRACE_TESTS_EXPLAIN_SCENE_H

#include "cttrace/explain.h"

#define SCENE_EVENTS 256

struct scene {
	struct ct_trace trace;
	struct ct_event events[SCENE_EVENTS];
	struct ct_model *model;
	struct ct_diagnosis *diagnosis;
};

struct scene *scene_new(void);
void scene_free(struct scene *scene);

/* Tasks are named by their tid; the first one is the traced command. */
void scene_root(struct scene *scene, int tid, const char *path);
void scene_fork(struct scene *scene, int tid, int child);
void scene_clone(struct scene *scene, int tid, int child); /* into new namespaces: init */
void scene_exit(struct scene *scene, int tid, int status);
void scene_kill(struct scene *scene, int tid, int signal);
void scene_signal(struct scene *scene, int tid, int signal); /* and it goes on */
void scene_exec(struct scene *scene, int tid, const char *path);

/*
 * A call; error 0: it succeeded, -1: it never returned. Arguments are separated by "|":
 * "/path" is a string and a path, "3</path>" a descriptor, "FLAGS" (capitals) a number
 * with a text, anything else a string.
 */
struct ct_event *scene_call(struct scene *scene, int tid, const char *name, int error,
			    const char *args);
void scene_write(struct scene *scene, int tid, int fd, const char *path,
		 const char *bytes, size_t len);
void scene_receive(struct scene *scene, int tid, int fd, const char *bytes, size_t len);
void scene_say(struct scene *scene, int tid, const char *text); /* on stderr */

/* Feeds the model and asks for the diagnosis, which stays the scene's. */
const struct ct_diagnosis *scene_diagnose(struct scene *scene);
/* The call that the diagnosis is about; ends the test if it is none. */
const struct ct_event_call *scene_culprit(const struct scene *scene);
/* The text of the first remark with that label; "". */
const char *scene_remark(const struct scene *scene, const char *label);

#endif
