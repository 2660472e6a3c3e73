/* SPDX-License-Identifier: MIT */
/*
 * Conversations over D-Bus: systemd makes the cgroups of a runtime that asks it to. A
 * message may come in pieces, and its answer much later.
 */
#ifndef CTTRACE_MODEL_BUS_H
#define CTTRACE_MODEL_BUS_H

#include "message.h"
#include "state.h"

/* The event sends or receives bytes: are they D-Bus? */
void bus_call(struct feed *f);
void bus_release(struct model *m);

/* What a message says, in words. */
const char *bus_words(struct ct_arena *arena, const struct ct_dbus_message *message);
/* Is it the systemd manager that is spoken to? */
bool bus_is_systemd(const struct ct_dbus_message *message);
/* A call to systemd: a unit that becomes the cgroup of a container. */
void bus_unit(struct feed *f, const struct ct_dbus_message *message, size_t index);

#endif
