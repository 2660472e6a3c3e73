/* SPDX-License-Identifier: MIT */
/* What a bundle's config.json asks for, beside what was observed. */
#ifndef CTTRACE_MODEL_ASKED_H
#define CTTRACE_MODEL_ASKED_H

#include "state.h"

#include <jansson.h>

void asked_compute(struct model *m);

/* A file of /proc or of a cgroup that was written for the container. */
struct written {
	const char *path;
	const char *value; /* NULL: it was opened, and no write was seen */
	int error;         /* 0: it went well */
	size_t event;
};

/*
 * What was found out about the rules of a seccomp profile: to run them on paper takes
 * longer than all else that is asked, and most containers of a host have the same ones.
 */
struct asked_rules {
	json_t *rules; /* NULL: nothing was found out yet */
	const struct ct_seccomp *answers;
	const struct filter *filter;
	const char *fallback;
	struct ct_asked calls, arguments;
};

/* One container, its configuration, and where to say what is found. */
struct asking {
	struct model *m;
	struct ct_arena *arena;
	int site;
	size_t first, end; /* all facts of the site are in this range */
	struct ct_container *c;
	const json_t *config;
	struct written *written;
	size_t n_written;
	struct asked_rules *rules; /* of a container before this one */
};

/* Each row of the table compares one part of the configuration. */
typedef void asked_fn(struct asking *a);
asked_fn asked_namespaces, asked_id_maps, asked_hostname, asked_rootfs, asked_mounts,
	asked_masked, asked_read_only, asked_devices;
asked_fn asked_args, asked_environment, asked_directory, asked_user, asked_groups,
	asked_propagation, asked_capabilities, asked_no_new_privs, asked_rlimits,
	asked_oom_score_adj, asked_seccomp, asked_sysctl;
asked_fn asked_cgroup, asked_resources, asked_hooks;

/* Strings are copied. NULL is "". */
void asked_add(struct asking *a, const char *aspect, const char *name,
	       struct ct_asked result);
/* config.linux.mounts: members by their names, to a NULL; NULL: there is none. */
json_t *asked_get(const struct asking *a, const char *path);
/* A string of an object; NULL when it has none. */
const char *asked_text(const json_t *object, const char *key);
/* A number of it; `fallback` when it has none. */
int64_t asked_number(const json_t *object, const char *key, int64_t fallback);
/* "a,b,c" of an array of strings. */
const char *asked_list(struct asking *a, const json_t *array);
/* What nobody has done when it should be done by now: the payload runs. */
enum ct_match asked_absent(const struct asking *a);
/* The event of the payload's exec; -1. */
long asked_payload_event(const struct asking *a);
/* What was written last to a file whose path ends with `name`; NULL. */
const struct written *asked_written(const struct asking *a, const char *name);
/* Compares that with what was asked for. */
void asked_compare_file(struct asking *a, const char *aspect, const char *name,
			const char *file, const char *asked);

/* "SCMP_ACT_ERRNO" of libseccomp as the model says it: "EPERM". */
const char *asked_answer(struct asking *a, const char *action, int64_t error);
/* What the filters answer to a call; NULL: they have no such call. */
const struct ct_seccomp_call *asked_call(const struct ct_seccomp *s, const char *name);
/* Rules that look at arguments; `fallback` is the answer to what none names. `asked` is
 * "" if there are none. */
struct ct_asked asked_conditions(struct asking *a, const json_t *rules,
				 const char *fallback);

#endif
