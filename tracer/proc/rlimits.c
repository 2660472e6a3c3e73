/* SPDX-License-Identifier: MIT */
/* "Max open files            1024                 4096                 files": proc(5).
 */
#include "rlimits.h"

#define NAME_WIDTH 25 /* lnames[] of fs/proc/base.c is printed with "%-25s " */

static bool take_value(struct ct_span *line, int64_t *value)
{
	uint64_t number;

	ct_span_skip_blanks(line);
	if (ct_span_take(line, "unlimited")) {
		*value = CT_LIMIT_NONE;
		return true;
	}
	if (!ct_span_u64(line, 10, &number))
		return false;
	*value = number <= INT64_MAX ? (int64_t)number : INT64_MAX;
	return true;
}

static bool parse_line(struct ct_span line, struct ct_limit_pair *limit,
		       struct ct_arena *arena)
{
	struct ct_span name = line;

	if (ct_span_len(line) <= NAME_WIDTH || !ct_span_take(&line, "Max "))
		return false;
	name.end = name.at + NAME_WIDTH;
	while (name.end > name.at && name.end[-1] == ' ')
		name.end--;
	line.at = name.at + NAME_WIDTH;
	if (!take_value(&line, &limit->soft) || !take_value(&line, &limit->hard))
		return false;
	limit->name = ct_span_copy(name, arena);
	return true;
}

bool ct_proc_rlimits_next(struct ct_span *rest, struct ct_limit_pair *limit,
			 struct ct_arena *arena)
{
	struct ct_span line;

	while (ct_span_line(rest, &line))
		if (parse_line(line, limit, arena))
			return true;
	return false;
}
