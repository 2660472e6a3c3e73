/* SPDX-License-Identifier: MIT */
/* The text of a namespace link: "net:[4026531840]". */
#ifndef CTTRACE_PROC_NSLINK_H
#define CTTRACE_PROC_NSLINK_H

#include "cttrace/event.h"
#include "span.h"

/* The type (enum ct_ns, never a link "for children") and *inode; -1: it is no such link.
 */
int ct_proc_nslink(struct ct_span text, uint64_t *inode);

#endif
