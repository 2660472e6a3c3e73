/* SPDX-License-Identifier: MIT */
/* The types of namespaces, and their names in /proc/PID/ns. */
#ifndef CTTRACE_NS_H
#define CTTRACE_NS_H

#include <stddef.h>
#include <stdint.h>

/* The eight namespace types, and the two "for children" links, in /proc/PID/ns order. */
enum ct_ns {
	CT_NS_CGROUP,
	CT_NS_IPC,
	CT_NS_MNT,
	CT_NS_NET,
	CT_NS_PID,
	CT_NS_TIME,
	CT_NS_USER,
	CT_NS_UTS,
	CT_NS_TYPES, /* how many types there are */
	CT_NS_PID_FOR_CHILDREN = CT_NS_TYPES,
	CT_NS_TIME_FOR_CHILDREN,
	CT_NS_LINKS, /* how many links there are in /proc/PID/ns */
};

/* "mnt", "pid", … "pid_for_children"; the names of the files in /proc/PID/ns. */
const char *ct_ns_name(enum ct_ns ns);
/* The reverse, for a name of `len` bytes; -1 when it is none. */
int ct_ns_from_name(const char *name, size_t len);
/* CLONE_NEWNS, CLONE_NEWPID, … of a type (not of a link "for children"). */
uint64_t ct_ns_clone_flag(enum ct_ns ns);

#endif
