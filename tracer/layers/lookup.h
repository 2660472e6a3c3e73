/* SPDX-License-Identifier: MIT */
/* A look into the lower layers of an overlay: which of them has a file? */
#ifndef CTTRACE_LAYERS_LOOKUP_H
#define CTTRACE_LAYERS_LOOKUP_H

#include "cttrace/overlay.h"

/*
 * The layer, by its index among overlay->lower, that the overlay shows a file from while
 * its upper layer does not have it; -ENOENT when none has it; another -errno when that
 * cannot be said: a layer cannot be read, or the name leads through a symbolic link or a
 * directory that was renamed. `path` is within the overlay, with a "/" in front.
 *
 * Nothing is opened but directories, and no link of a layer is followed: who made an
 * image has no say about where is looked.
 */
int ct_layers_lookup(const struct ct_overlay *overlay, const char *path);

#endif
