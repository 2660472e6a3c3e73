/* SPDX-License-Identifier: MIT */
/*
 * A trace of a few tasks with filters, told in C: scripts cannot say programs. A task has
 * the serial that the test gives it, and 100 more as its id.
 */
#ifndef CTTRACE_TESTS_MODEL_STORY_H
#define CTTRACE_TESTS_MODEL_STORY_H

#include "cttrace/model.h"

#include <linux/filter.h>

enum { STORY_ROOT = 1 };

struct story {
	struct ct_arena arena;
	struct ct_model *model;
};

/* With the traced command; seccomp: its mode before cttrace came. */
void story_begin(struct story *s, int seccomp);
void story_end(struct story *s);
void story_birth(struct story *s, uint32_t serial, uint32_t creator, enum ct_birth how,
		 int seccomp);

/* Events to be changed and fed by the test. */
struct ct_event *story_event(struct story *s, enum ct_event_kind kind, uint32_t serial);
struct ct_event *story_call(struct story *s, uint32_t serial, const char *name, long nr,
			    const struct ct_arg *args, size_t n);
struct ct_event *story_install_event(struct story *s, uint32_t serial,
				     const struct sock_filter *filter, size_t len,
				     int64_t flags);
struct ct_arg story_number(const char *name, int64_t value);
struct ct_arg story_text(const char *name, const char *value);
struct ct_arg story_fields(struct story *s, const char *name, const struct ct_arg *items,
			   size_t n);

/* A struct of these fields. */
#define STORY_FIELDS(s, name, ...)                                        \
	story_fields((s), (name), (const struct ct_arg[]){ __VA_ARGS__ }, \
		     sizeof((const struct ct_arg[]){ __VA_ARGS__ }) /     \
			     sizeof(struct ct_arg))

struct ct_arg story_program(struct story *s, const char *name,
			    const struct sock_filter *filter, size_t len);

/* seccomp(SECCOMP_SET_MODE_FILTER, flags, …) that works. */
#define story_install(s, serial, filter, flags)                    \
	ct_model_feed((s)->model,                                  \
		      story_install_event((s), (serial), (filter), \
					  sizeof(filter) / sizeof(*(filter)), (flags)))

/* A call with one argument, a number, fails: who made it so? */
const char *story_fails(struct story *s, uint32_t serial, long nr, int64_t arg,
			int error);

#endif
