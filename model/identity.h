/* SPDX-License-Identifier: MIT */
/* Who the container's tasks are and what they may do: ids, capabilities, limits. */
#ifndef CTTRACE_MODEL_IDENTITY_H
#define CTTRACE_MODEL_IDENTITY_H

#include "state.h"

/* Writes to files of /proc/PID. */
void identity_uid_map(struct feed *f);
void identity_gid_map(struct feed *f);
void identity_setgroups(struct feed *f);
void identity_oom_score_adj(struct feed *f);
/* The id maps of the user namespace that the payload is in, whoever had written them. */
void identity_settle(struct model *m, int task, struct ct_container *c);

void identity_rlimit(struct feed *f);
void identity_hostname(struct feed *f);
void identity_no_new_privs(struct feed *f);
void identity_comm(struct feed *f); /* prctl(PR_SET_NAME) */

#endif
