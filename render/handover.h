/* SPDX-License-Identifier: MIT */
/*
 * What one process prepared and another one got: a namespace made by one and joined by
 * the other, a cgroup that one moved the other into.
 */
#ifndef CTTRACE_RENDER_HANDOVER_H
#define CTTRACE_RENDER_HANDOVER_H

#include "cttrace/model.h"

struct ct_hand_over {
	int from, to; /* processes, never the same */
	int64_t from_ns, to_ns;
	size_t event;     /* index into facts[]: what made the other one get it */
	const char *what; /* "net", "cgroup" */
};

struct ct_hand_overs {
	struct ct_hand_over *items; /* in the order of their events */
	size_t n, cap;
};

/* Those of the model's hand-overs that are namespaces and cgroups. */
void ct_hand_overs_init(struct ct_hand_overs *overs, const struct ct_model *model);
void ct_hand_overs_release(struct ct_hand_overs *overs);

/* One change of a process's namespaces. */
struct ct_visit {
	const struct ct_ns_change *change;
	int process;
};

/* Who made each namespace, for those who were there before they were joined. */
struct ct_makers {
	struct ct_visit *items;
	size_t n, cap;
};

void ct_makers_init(struct ct_makers *makers, const struct ct_model *model);
/* The first one who made the namespace that a change leads to, before it; NULL. */
const struct ct_visit *ct_makers_find(const struct ct_makers *makers,
				      const struct ct_ns_change *change);
void ct_makers_release(struct ct_makers *makers);

#endif
