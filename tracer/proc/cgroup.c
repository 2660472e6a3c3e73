/* SPDX-License-Identifier: MIT */
/* Lines such as "4:memory:/user.slice" and, for the unified hierarchy, "0::/user.slice".
 */
#include "cgroup.h"

#include <limits.h>

static bool parse_line(struct ct_cgroup *cgroup, struct ct_span line,
		       struct ct_arena *arena)
{
	uint64_t hierarchy;
	struct ct_span controllers;

	if (!ct_span_number(&line, INT_MAX, &hierarchy) || !ct_span_take(&line, ":"))
		return false;
	controllers = ct_span_until(&line, ':');
	/* the path is the rest: it may hold colons */
	if (line.at == line.end || *line.at != '/')
		return false;
	cgroup->hierarchy = (int)hierarchy;
	cgroup->controllers = ct_span_copy(controllers, arena);
	cgroup->path = ct_span_copy(line, arena);
	return true;
}

void ct_proc_cgroup(struct ct_state *state, struct ct_span text, struct ct_arena *arena)
{
	struct ct_span rest = text, line;
	size_t lines = 0;

	while (ct_span_line(&rest, &line))
		lines++;
	state->cgroups = ct_arena_array(arena, struct ct_cgroup, lines);
	state->n_cgroups = 0;
	while (ct_span_line(&text, &line))
		if (parse_line(&state->cgroups[state->n_cgroups], line, arena))
			state->n_cgroups++;
}
