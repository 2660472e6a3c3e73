/* SPDX-License-Identifier: MIT */
/* A look into the lower layers of an overlay: which of them has a file? */
#ifndef CTTRACE_LAYERS_LOOKUP_H
#define CTTRACE_LAYERS_LOOKUP_H

#include "cttrace/overlay.h"
#include "cttrace/strbuf.h"

#include <stdbool.h>

/* What a look-up has come upon: a symbolic link of the image. */
struct ct_layers_link {
	struct ct_strbuf target;
	size_t end;   /* in the path: behind the link's name */
	bool follows; /* also if it is the last name of the path */
};

/*
 * The layer, by its index among overlay->lower, that the overlay shows a file from while
 * its upper layer does not have it; -ENOENT when none has it; -ELOOP when there is a
 * symbolic link in between: *link says where to go on; another -errno when that cannot be
 * said: a layer cannot be read, the name leads through a directory that was renamed, or
 * through a link that the upper layer may have changed. `path` is within the overlay,
 * with a "/" in front.
 *
 * Nothing is opened but directories, and no link of a layer is followed here: who made an
 * image has no say about where is looked.
 */
int ct_layers_lookup(const struct ct_overlay *overlay, const char *path,
		     struct ct_layers_link *link);

#endif
