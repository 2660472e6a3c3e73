/* SPDX-License-Identifier: MIT */
/* Roles: by name as a hint, by deed for certain. */
#ifndef CTTRACE_MODEL_ROLE_H
#define CTTRACE_MODEL_ROLE_H

#include "state.h"

/* CT_ROLE_UNKNOWN when the program's name says nothing. */
enum ct_role role_hint(const char *path);
/* The container's id on the command line of a monitor; NULL. */
const char *role_monitor_id(const struct ct_exec *exec);
/* Programs that make namespaces for themselves, not for a container. */
bool role_keeps_to_itself(enum ct_role hint);
/* Settles at the end what only the whole trace shows: monitors, engines, helpers. */
void role_settle(struct model *m);

#endif
