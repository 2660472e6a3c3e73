/* SPDX-License-Identifier: MIT */
/*
 * What is worth telling of a trace, in the order of time: events folded by meaning into
 * items, so that 23 mounts are one. Failures are never folded.
 */
#ifndef CTTRACE_RENDER_STORY_H
#define CTTRACE_RENDER_STORY_H

#include "cttrace/model.h"
#include "family.h"
#include "handover.h"

enum ct_item_kind {
	CT_ITEM_NONE, /* told by another item */
	CT_ITEM_BORN, /* a fork, when every step is told */
	CT_ITEM_EXEC,
	CT_ITEM_NAMESPACE, /* all changes of one call */
	CT_ITEM_MOVE,      /* into a cgroup */
	CT_ITEM_CGROUP,    /* cgroups made and limited */
	CT_ITEM_MOUNT,
	CT_ITEM_UNMOUNT,
	CT_ITEM_ROOT,
	CT_ITEM_IDENTITY,
	CT_ITEM_CAPABILITY,
	CT_ITEM_SECCOMP,
	CT_ITEM_LIMIT,
	CT_ITEM_HOSTNAME,
	CT_ITEM_SYSCTL,
	CT_ITEM_KEYRING,
	CT_ITEM_KILL,
	CT_ITEM_DEVICE,
	CT_ITEM_PIPE, /* makes a pipe with a name */
	CT_ITEM_NETWORK, /* a request over netlink, with its answer */
	CT_ITEM_FILE,
	CT_ITEM_BUS,  /* asks systemd, and what that answers */
	CT_ITEM_PASS, /* descriptors, through a local socket */
	CT_ITEM_FIFO, /* opens the fifo between create and start */
	CT_ITEM_MESSAGE,
	CT_ITEM_WALL, /* a payload did what a wall could have refused */
	CT_ITEM_CALL, /* as strace shows it */
	CT_ITEM_FAILURE,
	CT_ITEM_SIGNAL,
	CT_ITEM_PRESSURE, /* a limit of its cgroup did something to it */
	CT_ITEM_NOTE,
	CT_ITEM_GAP,
	CT_ITEM_EXIT,
	CT_ITEM_FOLD,    /* repeated helpers: `process` stands for all of them */
	CT_ITEM_CLEANUP, /* all that a successful clean-up did */
	CT_ITEM_KINDS,
};

struct ct_item {
	enum ct_item_kind kind;
	int process;          /* whose lane it is in; -1: none */
	int64_t t_ns, end_ns; /* the first and the last thing in it */
	size_t *events;       /* indexes into the model's facts[]; never empty */
	size_t n_events, cap_events;
};

struct ct_story {
	const struct ct_model *model;
	int verbose;
	bool growing; /* told while it happens: nothing can wait for what belongs to it */
	struct ct_item *items;
	size_t n_items, cap_items;
	struct ct_member *members; /* one per process of the model */
	struct ct_makers makers;   /* of namespaces */
	size_t n_benign; /* failed calls that working starts have too, not told */
	size_t n_untold; /* forks that had nothing to tell */
};

struct ct_story *ct_story_new(const struct ct_model *model, int verbose);
void ct_story_free(struct ct_story *story);

#endif
