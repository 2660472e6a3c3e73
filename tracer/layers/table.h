/* SPDX-License-Identifier: MIT */
/* A mount table, as far as it tells which file system a path is in. */
#ifndef CTTRACE_LAYERS_TABLE_H
#define CTTRACE_LAYERS_TABLE_H

#include "cttrace/arena.h"
#include "cttrace/overlay.h"
#include "span.h"

struct ct_layers_place {
	const char *target, *root;
	const struct ct_overlay *overlay; /* NULL: it is another file system */
};

struct ct_layers_table {
	uint64_t ns; /* 0: given up */
	struct ct_arena arena;
	struct ct_layers_place *places;
	size_t n_places, cap_places;
	size_t questions;
};

/* Adds what /proc/PID/mountinfo says. */
void ct_layers_table_read(struct ct_layers_table *table, struct ct_span text);
/* The strings must live as long as the table; overlay_options: NULL of another type. */
void ct_layers_table_add(struct ct_layers_table *table, const char *target,
			 const char *root, const char *overlay_options);
void ct_layers_table_release(struct ct_layers_table *table);

/* What a path lies on; NULL: on nothing that is known. */
const struct ct_layers_place *ct_layers_place_of(const struct ct_layers_table *table,
						 const char *path);
/* What follows a directory in a path, "" or "/…"; NULL: it is elsewhere. */
const char *ct_layers_below(const char *path, const char *directory);

#endif
