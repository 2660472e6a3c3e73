/* SPDX-License-Identifier: MIT */
/* The mount table that a container ended up with. */
#ifndef CTTRACE_MODEL_MOUNT_TABLE_H
#define CTTRACE_MODEL_MOUNT_TABLE_H

#include "state.h"

/* Keeps the table of a container whose payload ends: its runtime may unmount it all. */
void mount_table_event(const struct feed *f);
/* The tables of those that have not ended. */
void mount_table_settle(struct model *m);
/* The host's name for what a mount shows; "" when it has none. */
const char *mount_host_name(struct model *m, int mnt);

#endif
