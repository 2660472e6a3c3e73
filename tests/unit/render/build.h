/* SPDX-License-Identifier: MIT */
/*
 * Models made by hand: what a test draws does not depend on how the model finds things
 * out. Everything lives in the arena of the build.
 */
#ifndef CTTRACE_TESTS_RENDER_BUILD_H
#define CTTRACE_TESTS_RENDER_BUILD_H

#include "cttrace/arena.h"
#include "cttrace/model.h"

#include <stdint.h>

struct build {
	struct ct_arena arena;
	struct ct_trace_header header;
	struct ct_model model;
};

#define US(n) ((int64_t)(n)*1000) /* microseconds in nanoseconds */

void build_init(struct build *b, const char *command);
void build_release(struct build *b);

/* A process with its TASK event; `creator` -1: outside. Gives back its index. */
int build_process(struct build *b, int64_t t_ns, int pid, int creator, enum ct_role role,
		  const char *comm);
/* An exec; `command` is split at blanks. Gives back the event's index. */
size_t build_exec(struct build *b, int process, int64_t t_ns, const char *path,
		  const char *command);
/* A call; `args` is "name=text" split at '|': a text in quotes is a string, one with a
 * '/' a path. Gives back the event's index. */
size_t build_call(struct build *b, int process, int64_t t_ns, unsigned int tags,
		  const char *name, const char *args);
/* Makes a call one that failed; gives back its index. */
size_t build_fail(struct build *b, size_t event, int error);
void build_exit(struct build *b, int process, int64_t t_ns, int status);
size_t build_note(struct build *b, enum ct_event_kind kind, int64_t t_ns,
		  const char *text, uint64_t count);
/* A change caused by an event; its time and event are filled in. */
void build_ns(struct build *b, int process, size_t event, struct ct_ns_change change);
void build_move(struct build *b, size_t event, struct ct_cgroup_change change);
/* In the order of the events; the times are those of the events. */
void build_handover(struct build *b, size_t event, struct ct_handover handover);
/* An empty container around an init process. */
struct ct_container *build_container(struct build *b, const char *id, int init);
void build_mount(struct build *b, struct ct_container *c, size_t event,
		 struct ct_mount mount);
struct ct_phase *build_phase(struct build *b, const char *name, enum ct_step step,
			     int64_t start_ns, int64_t end_ns, const char *detail);

#define TAG(name) (1U << CT_TAG_##name)

/* The models that the goldens show. */
void build_podman(struct build *b); /* podman run hello-world with crun, as it works */
void build_failed(struct build *b); /* crun fails on an rlimit: the payload never runs */
void build_ls(struct build *b);     /* a command without any container */
void build_attached(struct build *b); /* a daemon that ran before the tracer came */
void build_hang(struct build *b);     /* init waits for a start that never comes */
void build_hostile(struct build *b);  /* names made to deceive a terminal */
void build_random(struct build *b, uint32_t state); /* state: not 0 */
/* Hands every scene, and some random ones, to `check`. */
void build_each(void (*check)(const struct ct_model *model));

#endif
