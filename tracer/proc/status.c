/* SPDX-License-Identifier: MIT */
/* Lines "Key:<tab>values" of /proc/PID/status, by a table of the keys that matter. */
#include "status.h"

#include <limits.h>
#include <string.h>

typedef void parse_fn(struct ct_state *state, size_t offset, struct ct_span value,
		      struct ct_arena *arena);

static void parse_name(struct ct_state *state, size_t offset, struct ct_span value,
		       struct ct_arena *arena)
{
	(void)offset;
	state->comm = ct_span_unescape(value, "\n\\", arena);
}

static void parse_groups(struct ct_state *state, size_t offset, struct ct_span value,
			 struct ct_arena *arena)
{
	(void)offset;
	while (value.at < value.end && value.end[-1] == ' ')
		value.end--;
	state->groups = ct_span_copy(value, arena);
}

/* A member of *state that is an int, or an int32_t. */
static void parse_int(struct ct_state *state, size_t offset, struct ct_span value,
		      struct ct_arena *arena)
{
	uint64_t number;
	int32_t found;

	(void)arena;
	if (!ct_span_number(&value, INT32_MAX, &number))
		return;
	found = (int32_t)number;
	memcpy((char *)state + offset, &found, sizeof(found));
}

static void parse_ids(struct ct_state *state, size_t offset, struct ct_span value,
		      struct ct_arena *arena)
{
	uint64_t id[4];
	struct ct_ids ids;

	(void)arena;
	for (int i = 0; i < 4; i++) {
		ct_span_skip_blanks(&value);
		if (!ct_span_number(&value, UINT32_MAX, &id[i]))
			return;
	}
	ids = (struct ct_ids){ (uint32_t)id[0], (uint32_t)id[1], (uint32_t)id[2],
			       (uint32_t)id[3] };
	memcpy((char *)state + offset, &ids, sizeof(ids));
}

static void parse_caps(struct ct_state *state, size_t offset, struct ct_span value,
		       struct ct_arena *arena)
{
	uint64_t caps;

	(void)arena;
	if (ct_span_u64(&value, 16, &caps))
		memcpy((char *)state + offset, &caps, sizeof(caps));
}

static void parse_pids(struct ct_state *state, size_t offset, struct ct_span value,
		       struct ct_arena *arena)
{
	/* every number takes a digit and a blank at least */
	size_t most = ct_span_len(value) / 2 + 1;
	int32_t *pids = ct_arena_array(arena, int32_t, most);
	uint64_t pid;
	size_t n = 0;

	(void)offset;
	ct_span_skip_blanks(&value);
	while (n < most && ct_span_number(&value, INT32_MAX, &pid)) {
		pids[n++] = (int32_t)pid;
		ct_span_skip_blanks(&value);
	}
	state->nspid = pids;
	state->n_nspid = n;
}

static const struct {
	const char *key;
	parse_fn *parse;
	size_t offset;
} fields[] = {
	{ "Name", parse_name, 0 },
	{ "Tgid", parse_int, offsetof(struct ct_state, tgid) },
	{ "PPid", parse_int, offsetof(struct ct_state, ppid) },
	{ "Uid", parse_ids, offsetof(struct ct_state, uid) },
	{ "Gid", parse_ids, offsetof(struct ct_state, gid) },
	{ "Groups", parse_groups, 0 },
	{ "NSpid", parse_pids, 0 },
	{ "CapInh", parse_caps, offsetof(struct ct_state, caps.inheritable) },
	{ "CapPrm", parse_caps, offsetof(struct ct_state, caps.permitted) },
	{ "CapEff", parse_caps, offsetof(struct ct_state, caps.effective) },
	{ "CapBnd", parse_caps, offsetof(struct ct_state, caps.bounding) },
	{ "CapAmb", parse_caps, offsetof(struct ct_state, caps.ambient) },
	{ "NoNewPrivs", parse_int, offsetof(struct ct_state, no_new_privs) },
	{ "Seccomp", parse_int, offsetof(struct ct_state, seccomp) },
	{ "Seccomp_filters", parse_int, offsetof(struct ct_state, seccomp_filters) },
};

_Static_assert(sizeof(int) == sizeof(int32_t), "parse_int() serves both");

void ct_proc_status(struct ct_state *state, struct ct_span text, struct ct_arena *arena)
{
	struct ct_span line;

	state->comm = state->groups = "";
	state->no_new_privs = state->seccomp = state->seccomp_filters = -1;
	while (ct_span_line(&text, &line)) {
		struct ct_span key = ct_span_until(&line, ':');

		ct_span_take(&line, "\t");
		for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
			if (ct_span_equal(key, fields[i].key))
				fields[i].parse(state, fields[i].offset, line, arena);
	}
}
