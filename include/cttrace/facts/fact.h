/* SPDX-License-Identifier: MIT */
/* What the model adds to an event. */
#ifndef CTTRACE_FACTS_FACT_H
#define CTTRACE_FACTS_FACT_H

#include "cttrace/event.h"
#include "cttrace/facts/meter.h"

/* Who made a call fail: its task has a seccomp filter that the trace knows. */
enum ct_answerer {
	CT_ANSWERER_NONE,    /* it did not fail, or there is no such filter */
	CT_ANSWERER_FILTER,  /* the filter did: the call was never executed */
	CT_ANSWERER_KERNEL,  /* the filter let it pass */
	CT_ANSWERER_UNKNOWN, /* it depends on what the trace does not say */
};
const char *ct_answerer_name(enum ct_answerer answerer); /* "none", "filter", … */

enum ct_tag {
	CT_TAG_PROCESS,    /* birth, exec, exit */
	CT_TAG_NAMESPACE,  /* makes, joins or leaves a namespace */
	CT_TAG_CGROUP,     /* creates, joins or limits a cgroup */
	CT_TAG_MOUNT,      /* changes a mount table */
	CT_TAG_ROOT,       /* pivot_root, chroot: "/" changes */
	CT_TAG_IDENTITY,   /* user and group ids, id maps */
	CT_TAG_CAPABILITY, /* capset, bounding and ambient set */
	CT_TAG_SECCOMP,
	CT_TAG_LIMIT, /* rlimits, oom_score_adj */
	CT_TAG_HOSTNAME,
	CT_TAG_KEYRING, /* joins a session keyring */
	CT_TAG_KILL,    /* signals a process of a container from outside */
	CT_TAG_SYSCTL,  /* writes a file of /proc/sys */
	CT_TAG_DEVICE,  /* mknod, device rules */
	CT_TAG_NETWORK, /* asks for a change of links, addresses, routes, filters */
	CT_TAG_FILE,    /* another write-open */
	CT_TAG_MESSAGE, /* a write to fd 2 */
	CT_TAG_PAYLOAD, /* the payload's exec */
	CT_TAG_FAILED,  /* the call failed */
	CT_TAG_WALL,    /* a payload tries something at its walls */
	CT_TAG_BENIGN,  /* failed, as it does in starts that work */
	CT_TAGS,
};
const char *ct_tag_name(enum ct_tag tag); /* "process", "namespace", … */

/* What the model adds to an event. */
struct ct_fact {
	const struct ct_event *event;
	int process;           /* -1: unknown task */
	int container;         /* -1: none */
	unsigned int tags;     /* 1 << enum ct_tag */
	size_t first_ns, n_ns; /* slice of ns_changes[] that this event caused */
	int cgroup;            /* index into cgroup_changes[], -1 */
	int bus;               /* index into bus_messages[], the first in it; -1 */
	int step;              /* enum ct_step it belongs to */
	enum ct_answerer answered_by;
	/* made by ct_model_finish(): what a limit did in this moment; NULL: nothing */
	const struct ct_pressure *pressure;
};

#endif
