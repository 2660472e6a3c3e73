/* SPDX-License-Identifier: MIT */
/* Namespaces, cgroups and status of a task. */
#include "state.h"

#include "cgroup.h"
#include "status.h"

#include <string.h>

static void load_namespaces(struct ct_state *state, struct ct_span bytes,
			    struct ct_arena *arena)
{
	size_t len = ct_span_len(bytes);

	(void)arena;
	memcpy(state->ns, bytes.at, len < sizeof(state->ns) ? len : sizeof(state->ns));
}

static const struct {
	enum ct_blob_kind blob;
	unsigned int have;
	void (*load)(struct ct_state *state, struct ct_span bytes,
		     struct ct_arena *arena);
} parts[] = {
	{ CT_BLOB_NS, CT_STATE_NS, load_namespaces },
	{ CT_BLOB_CGROUP, CT_STATE_CGROUP, ct_proc_cgroup },
	{ CT_BLOB_STATUS, CT_STATE_STATUS, ct_proc_status },
};

/* The blob if it was read and holds anything: of a dead task /proc has no more. */
static const struct ct_blob *find(const struct ct_record *rec, enum ct_blob_kind kind)
{
	const struct ct_blob *blob = ct_record_find(rec, kind, CT_BLOB_TASK);

	return blob && blob->len && !(blob->flags & CT_BLOB_UNREADABLE) ? blob : NULL;
}

struct ct_state *ct_decode_state(const struct ct_record *rec, struct ct_arena *arena)
{
	const struct ct_blob *of = find(rec, CT_BLOB_OF);
	struct ct_state *state = NULL;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const struct ct_blob *blob = find(rec, parts[i].blob);

		if (!blob)
			continue;
		if (!state) {
			state = ct_arena_array(arena, struct ct_state, 1);
			state->no_new_privs = state->seccomp = state->seccomp_filters =
				-1;
			state->comm = state->groups = "";
			state->of = rec->task;
		}
		state->have |= parts[i].have;
		parts[i].load(state, ct_span_of(ct_blob_bytes(blob), blob->len), arena);
	}
	if (state && of && of->len >= sizeof(state->of))
		memcpy(&state->of, ct_blob_bytes(of), sizeof(state->of));
	return state;
}
