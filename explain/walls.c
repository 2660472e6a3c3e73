/* SPDX-License-Identifier: MIT */
/* Walls that a program came to before it gave up, and how to open them. */
#include "walls.h"

#include "cttrace/errno.h"

#include <string.h>

#define WALLS_TOLD 4

static const char *const remedies[CT_LAYERS] = {
	[CT_LAYER_SECCOMP] =
		"if it must be able to: allow the call in the seccomp profile "
		"(--security-opt seccomp=FILE)",
	[CT_LAYER_CAPABILITY] =
		"if it must be able to: give it the capability (--cap-add, "
		"process.capabilities)",
	[CT_LAYER_USER_NS] =
		"the host's own things stay closed to a user namespace: run it "
		"with root's, or do this outside",
	[CT_LAYER_MOUNT] =
		"mount it with other options (a volume without :ro, or a tmpfs)",
	[CT_LAYER_DEVICES] = "give it the device (--device, linux.resources.devices)",
	[CT_LAYER_LSM] = "change the profile, or choose another one (--security-opt)",
	[CT_LAYER_PERMISSION] =
		"look at the file's owner and mode, and at the user that runs (--user)",
	[CT_LAYER_TRACER] = "see whether it works without cttrace",
	[CT_LAYER_NO_NEW_PRIVS] =
		"leave no_new_privs away, if the program must gain privileges",
};

static void add_wall(struct subject *s, const char *label, const struct ct_wall *w)
{
	subject_remark(s, label,
		       ct_arena_printf(&s->diagnosis->arena, "%s: refused with %s%s%s",
				       w->what, ct_errno_name(w->error),
				       *w->reason ? ", " : "", w->reason));
}

void walls_add(struct subject *s, const struct ct_container *c)
{
	const struct ct_wall *last = NULL;
	size_t told = 0;

	for (size_t i = 0; i < c->n_walls && told < WALLS_TOLD; i++)
		if (c->walls[i].outcome == CT_OUTCOME_REFUSED) {
			last = &c->walls[i];
			add_wall(s, told++ ? "" : "seen", last);
		}
	if (last && told == 1)
		s->remedy = remedies[last->layer];
}
