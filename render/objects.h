/* SPDX-License-Identifier: MIT */
/* What the calls of an item were about: "mount ×23: /proc /dev /sys". */
#ifndef CTTRACE_RENDER_OBJECTS_H
#define CTTRACE_RENDER_OBJECTS_H

#include "story.h"

#include "cttrace/strbuf.h"

void ct_objects_add(struct ct_strbuf *out, const struct ct_story *story,
		    const struct ct_item *item);
/* "24 runs, pids 6433–6457" */
void ct_objects_add_runs(struct ct_strbuf *out, const struct ct_story *story,
			 const struct ct_item *item);
/* "netavark, iptables ×24, crun, umount ×3" */
void ct_objects_add_cleanup(struct ct_strbuf *out, const struct ct_story *story,
			    const struct ct_item *item);

#endif
