/* SPDX-License-Identifier: MIT */
/* Who is at the other end of a local socket. */
#ifndef CTTRACE_KERNEL_PEER_H
#define CTTRACE_KERNEL_PEER_H

#include "recbuf.h"

#include <sys/types.h>

/* Adds CT_BLOB_PEER if the kernel knows who listens where this socket of a process has
 * connected to. */
void ct_peer_capture(struct ct_recbuf *rb, pid_t pid, int fd);

#endif
