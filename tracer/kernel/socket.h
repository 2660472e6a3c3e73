/* SPDX-License-Identifier: MIT */
/* A tracee's socket, asked itself: by a copy of its descriptor. pidfd_getfd(2) */
#ifndef CTTRACE_KERNEL_SOCKET_H
#define CTTRACE_KERNEL_SOCKET_H

#include "recbuf.h"
#include "task.h"

/* A copy of the descriptor, to be closed; -1: there is none. */
int ct_socket_copy(const struct ct_task *task, int fd);
/* SO_DOMAIN, SO_PROTOCOL …; -1: it is no socket. */
int ct_socket_number(int sock, int option);
/* The network namespace that it works in: the one that it was made in, which its task may
 * have left since. False: the kernel does not tell us. */
bool ct_socket_namespace(int sock, struct ct_blob_stat *out);
/* The socket in an argument: its network namespace, and a link that says its protocol, as
 * strace -yy does ("TCP:[123]"). False: it is none of the Internet; nothing is added. */
bool ct_socket_capture(struct ct_recbuf *rb, const struct ct_task *task, int arg);

#endif
