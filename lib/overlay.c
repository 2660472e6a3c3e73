/* SPDX-License-Identifier: MIT */
/* "lowerdir=/a:/b,upperdir=/c", or one "lowerdir+=/a" per layer since Linux 6.7. */
#include "cttrace/overlay.h"

#include <stdbool.h>
#include <string.h>

struct parsing {
	struct ct_overlay *overlay;
	struct ct_arena *arena;
};

static void add(struct parsing *p, const char *directory, bool data)
{
	if (!*directory)
		return;
	p->overlay->lower[p->overlay->n_lower++] = directory;
	p->overlay->n_data += data;
}

static void add_lower(struct parsing *p, char *value)
{
	add(p, value, false);
}

static void add_data(struct parsing *p, char *value)
{
	add(p, value, true);
}

static void set_upper(struct parsing *p, char *value)
{
	p->overlay->upper = value;
}

/* "/a:/b": a colon in a name is escaped, and "::" begins the data-only layers. */
static void split_layers(struct parsing *p, char *list)
{
	bool data = false;

	while (*list) {
		char *from = list, *to = list;

		while (*from && *from != ':') {
			if (*from == '\\' && from[1])
				from++;
			*to++ = *from++;
		}
		data |= to == list;
		from += *from == ':';
		*to = '\0';
		add(p, list, data);
		list = from;
	}
}

static const struct {
	const char *key;
	void (*take)(struct parsing *p, char *value);
} rows[] = {
	{ "upperdir=", set_upper },
	{ "lowerdir=", split_layers },
	{ "lowerdir+=", add_lower },
	{ "datadir+=", add_data },
};

/* Takes one option; commas in it may be escaped. */
static char *take_option(const char **rest, struct ct_arena *arena)
{
	size_t n = 0;
	char *option;

	while ((*rest)[n] && (*rest)[n] != ',')
		n += (*rest)[n] == '\\' && (*rest)[n + 1] ? 2 : 1;
	option = ct_arena_strndup(arena, *rest, n);
	*rest += n + ((*rest)[n] == ',');
	return option;
}

void ct_overlay_parse(struct ct_overlay *overlay, const char *options,
		      struct ct_arena *arena)
{
	struct parsing p = { overlay, arena };
	size_t most = 1;

	for (const char *at = options; *at; at++)
		most += *at == ':' || *at == ',';
	*overlay = (struct ct_overlay){ .upper = "" };
	overlay->lower = ct_arena_array(arena, const char *, most);
	while (*options) {
		char *option = take_option(&options, arena);

		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (!strncmp(option, rows[i].key, strlen(rows[i].key)))
				rows[i].take(&p, option + strlen(rows[i].key));
	}
}
