/* SPDX-License-Identifier: MIT */
/* Snapshots of a script: what the keys ns, cg, nspid, … say. */
#include "script_reader.h"

#include <stdlib.h>
#include <string.h>

static void read_ns(struct reader *r, struct live *live, struct ct_state *state)
{
	const char *text = script_key(r, "ns");

	if (!text)
		return;
	while (*text) {
		size_t len = strcspn(text, "=");
		int link = ct_ns_from_name(text, len);
		char *end;

		if (link < 0)
			script_refuse(r, "no such namespace");
		live->ns[link] = strtoull(text + len + 1, &end, 10);
		if (link == CT_NS_PID)
			live->ns[CT_NS_PID_FOR_CHILDREN] = live->ns[link];
		text = end + (*end == ',');
	}
	state->have |= CT_STATE_NS;
	memcpy(state->ns, live->ns, sizeof(state->ns));
}

static int hierarchy(const char *controllers)
{
	int sum = 1;

	if (!*controllers)
		return 0;
	for (; *controllers; controllers++)
		sum = sum * 31 % 10007 + *controllers;
	return sum;
}

static void read_cgroups(struct reader *r, struct ct_state *state)
{
	const char *text = script_key(r, "cg");

	if (!text)
		return;
	state->cgroups = ct_arena_array(r->arena, struct ct_cgroup, SCRIPT_WORDS);
	state->have |= CT_STATE_CGROUP;
	while (*text) {
		struct ct_cgroup *cgroup = &state->cgroups[state->n_cgroups++];
		size_t name = strcspn(text, "="), path = strcspn(text + name, ",");

		cgroup->controllers = ct_arena_strndup(r->arena, text, name);
		cgroup->hierarchy = hierarchy(cgroup->controllers);
		cgroup->path = ct_arena_strndup(r->arena, text + name + 1, path - 1);
		text += name + path + (text[name + path] == ',');
	}
}

static void read_status(struct reader *r, struct ct_state *state, int tid)
{
	uint64_t caps = (uint64_t)script_key_number(r, "caps", 0);

	if (!script_key(r, "nspid") && !script_key(r, "caps") && !script_key(r, "comm") &&
	    !script_key(r, "ppid"))
		return;
	state->have |= CT_STATE_STATUS;
	state->comm = script_key(r, "comm");
	state->ppid = (int32_t)script_key_number(r, "ppid", 0);
	state->tgid = tid;
	state->no_new_privs = (int)script_key_number(r, "nnp", 0);
	/* the number of capabilities stands for the first so many of them */
	state->caps.effective = caps ? UINT64_MAX >> (64 - caps) : 0;
	state->nspid = ct_arena_array(r->arena, int32_t, 2);
	state->nspid[0] = tid;
	state->nspid[1] = (int32_t)script_key_number(r, "nspid", tid);
	state->n_nspid = 2;
}

void script_state(struct reader *r, struct live *live)
{
	struct ct_state *state = ct_arena_alloc(r->arena, sizeof(*state));
	int of = (int)script_key_number(r, "of", live->tid);

	live = script_live(r, of);
	state->of = (struct ct_task_id){ live->tid, live->serial };
	state->seccomp = state->seccomp_filters = -1;
	read_ns(r, live, state);
	read_cgroups(r, state);
	read_status(r, state, live->tid);
	state->seccomp = (int)script_key_number(r, "seccomp", -1);
	if (state->have)
		r->event->state = state;
}
