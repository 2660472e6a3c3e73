/* SPDX-License-Identifier: MIT */
/* A container's mounts told as one: those that matter by name, the protective counted. */
#ifndef CTTRACE_RENDER_MOUNTS_H
#define CTTRACE_RENDER_MOUNTS_H

#include "cttrace/strbuf.h"
#include "story.h"

/*
 * "mount ×26, 5 masked, 4 read-only: /proc /dev /sys …". False, and nothing added, when
 * the item's mounts are not those of a container.
 */
bool ct_mounts_add(struct ct_strbuf *out, const struct ct_story *story,
		   const struct ct_item *item);

#endif
