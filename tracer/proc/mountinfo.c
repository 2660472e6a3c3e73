/* SPDX-License-Identifier: MIT */
/* "36 35 98:0 /sub /mnt rw,noatime shared:1 - ext4 /dev/root rw": see proc(5). */
#include "mountinfo.h"

/* show_mountinfo() of the kernel escapes these */
static const char escaped[] = " \t\n\\#";

static const char *take_text(struct ct_span *line, struct ct_arena *arena)
{
	return ct_span_unescape(ct_span_word(line), escaped, arena);
}

static bool take_device(struct ct_span *line, struct ct_mountinfo *mount)
{
	uint64_t major, minor;

	if (!ct_span_number(line, UINT32_MAX, &major) || !ct_span_take(line, ":") ||
	    !ct_span_number(line, UINT32_MAX, &minor))
		return false;
	mount->dev_major = (uint32_t)major;
	mount->dev_minor = (uint32_t)minor;
	return true;
}

static void parse_optional(struct ct_span field, struct ct_mountinfo *mount)
{
	if (ct_span_take(&field, "shared:"))
		ct_span_u64(&field, 10, &mount->shared);
	else if (ct_span_take(&field, "master:"))
		ct_span_u64(&field, 10, &mount->master);
	else if (ct_span_equal(field, "unbindable"))
		mount->unbindable = true;
}

static bool parse_line(struct ct_span line, struct ct_mountinfo *mount,
		       struct ct_arena *arena)
{
	struct ct_span field;

	*mount = (struct ct_mountinfo){ 0 };
	if (!ct_span_u64(&line, 10, &mount->id) || !ct_span_take(&line, " ") ||
	    !ct_span_u64(&line, 10, &mount->parent) || !ct_span_take(&line, " ") ||
	    !take_device(&line, mount))
		return false;
	mount->root = take_text(&line, arena);
	mount->target = take_text(&line, arena);
	mount->options = take_text(&line, arena);
	do {
		field = ct_span_word(&line);
		if (field.at == field.end)
			return false;
		parse_optional(field, mount);
	} while (!ct_span_equal(field, "-"));
	mount->type = take_text(&line, arena);
	/* the source may be empty: then two blanks follow each other */
	ct_span_take(&line, " ");
	mount->source = ct_span_unescape(ct_span_until(&line, ' '), escaped, arena);
	mount->fs_options = take_text(&line, arena);
	return *mount->target && *mount->type;
}

bool ct_proc_mountinfo_next(struct ct_span *rest, struct ct_mountinfo *mount,
			    struct ct_arena *arena)
{
	struct ct_span line;

	while (ct_span_line(rest, &line))
		if (parse_line(line, mount, arena))
			return true;
	return false;
}
