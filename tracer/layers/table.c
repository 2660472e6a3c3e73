/* SPDX-License-Identifier: MIT */
/* The mounts of a table, and the one that a path lies on. */
#include "table.h"

#include "alloc.h"
#include "mountinfo.h"

#include <stdlib.h>
#include <string.h>

/* Layers with relative names depend on who mounted them: they are not looked at. */
static bool is_absolute(const struct ct_overlay *overlay)
{
	for (size_t i = 0; i < overlay->n_lower; i++)
		if (*overlay->lower[i] != '/')
			return false;
	return true;
}

void ct_layers_table_add(struct ct_layers_table *t, const char *target, const char *root,
			 const char *overlay_options)
{
	struct ct_layers_place *place = ct_push(t->places, t->n_places, t->cap_places);
	struct ct_overlay *overlay;

	*place = (struct ct_layers_place){ target, root, NULL };
	if (!overlay_options)
		return;
	overlay = ct_arena_array(&t->arena, struct ct_overlay, 1);
	ct_overlay_parse(overlay, overlay_options, &t->arena);
	if (is_absolute(overlay))
		place->overlay = overlay;
}

void ct_layers_table_read(struct ct_layers_table *t, struct ct_span text)
{
	struct ct_mountinfo mount;

	while (ct_proc_mountinfo_next(&text, &mount, &t->arena))
		ct_layers_table_add(t, mount.target, mount.root,
				    !strcmp(mount.type, "overlay") ? mount.fs_options
								   : NULL);
}

void ct_layers_table_release(struct ct_layers_table *t)
{
	ct_arena_release(&t->arena);
	free(t->places);
}

const char *ct_layers_below(const char *path, const char *directory)
{
	size_t len = strlen(directory);

	if (len && directory[len - 1] == '/')
		len--;
	if (strncmp(path, directory, len) != 0 || (path[len] && path[len] != '/'))
		return NULL;
	return path + len;
}

/* Mounts that lie upon another at the same place come later. */
const struct ct_layers_place *ct_layers_place_of(const struct ct_layers_table *t,
						 const char *path)
{
	const struct ct_layers_place *best = NULL;

	for (size_t i = 0; i < t->n_places; i++)
		if (ct_layers_below(path, t->places[i].target) &&
		    (!best || strlen(t->places[i].target) >= strlen(best->target)))
			best = &t->places[i];
	return best;
}
