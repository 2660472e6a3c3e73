/* SPDX-License-Identifier: MIT */
/* D-Bus messages, and the systemd unit that a container's cgroup was asked for as. */
#ifndef CTTRACE_FACTS_BUS_H
#define CTTRACE_FACTS_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ct_bus_kind {
	CT_BUS_CALL,
	CT_BUS_RETURN,
	CT_BUS_ERROR,
	CT_BUS_SIGNAL,
	CT_BUS_KINDS,
};
const char *ct_bus_kind_name(enum ct_bus_kind kind); /* "call", "return", … */

/* A D-Bus message: how a runtime asks systemd for a cgroup, and what that answers. */
struct ct_bus_message {
	int process;
	int64_t t_ns;
	size_t event; /* that had its first byte */
	enum ct_bus_kind kind;
	bool sent;    /* by the process; else it was received */
	bool systemd; /* the interface is one of systemd's */
	uint32_t serial;
	const char *path, *interface, *member; /* "" */
	const char *error; /* name of an error: "org.freedesktop.DBus.Error.…" */
	const char *text;  /* in words: "StartTransientUnit c1.scope slice=…" */
	long other;        /* bus_messages[]: of a call its answer, and the reverse; -1 */
};

struct ct_unit_property {
	const char *name, *value;
};

/* The systemd unit that a container's cgroup was asked for as. */
struct ct_unit {
	const char *name; /* "libpod-….scope"; NULL: none */
	struct ct_unit_property *properties;
	size_t n_properties;
	long message; /* bus_messages[] */
};

#endif
