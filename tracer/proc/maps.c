/* SPDX-License-Identifier: MIT */
/* "55d0-55d1 r-xp 00002000 fe:01 1234    /usr/bin/x (deleted)": see proc(5). */
#include "maps.h"

#include <string.h>

static bool take_range(struct ct_span *line, struct ct_map *map)
{
	return ct_span_u64(line, 16, &map->start) && ct_span_take(line, "-") &&
	       ct_span_u64(line, 16, &map->end) && map->start < map->end;
}

static bool take_perms(struct ct_span *line, struct ct_map *map)
{
	static const struct {
		char letter;
		unsigned int bit;
	} bits[] = { { 'r', CT_MAP_READ },
		     { 'w', CT_MAP_WRITE },
		     { 'x', CT_MAP_EXEC },
		     { 's', CT_MAP_SHARED } };
	struct ct_span word = ct_span_word(line);

	if (ct_span_len(word) != 4)
		return false;
	for (int i = 0; i < 4; i++)
		if (word.at[i] == bits[i].letter)
			map->perms |= bits[i].bit;
	return true;
}

static bool take_file(struct ct_span *line, struct ct_map *map)
{
	uint64_t major, minor;

	ct_span_skip_blanks(line);
	if (!ct_span_u64(line, 16, &map->offset))
		return false;
	ct_span_skip_blanks(line);
	if (!ct_span_u64(line, 16, &major) || !ct_span_take(line, ":") ||
	    !ct_span_u64(line, 16, &minor) || major > UINT32_MAX || minor > UINT32_MAX)
		return false;
	map->dev_major = (uint32_t)major;
	map->dev_minor = (uint32_t)minor;
	ct_span_skip_blanks(line);
	return ct_span_u64(line, 10, &map->inode);
}

static bool parse_line(struct ct_span line, struct ct_map *map, struct ct_arena *arena)
{
	static const char remark[] = " (deleted)";
	size_t len, tail = sizeof(remark) - 1;

	*map = (struct ct_map){ 0 };
	if (!take_range(&line, map) || !take_perms(&line, map) || !take_file(&line, map))
		return false;
	ct_span_skip_blanks(&line);
	len = ct_span_len(line);
	if (len > tail && !memcmp(line.end - tail, remark, tail)) {
		map->deleted = true;
		line.end -= tail;
	}
	map->path = ct_span_unescape(line, "\n", arena);
	return true;
}

bool ct_proc_maps_next(struct ct_span *rest, struct ct_map *map, struct ct_arena *arena)
{
	struct ct_span line;

	while (ct_span_line(rest, &line))
		if (parse_line(line, map, arena))
			return true;
	return false;
}
