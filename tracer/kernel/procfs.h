/* SPDX-License-Identifier: MIT */
/* Raw looks into /proc of a stopped task: links and texts, nothing parsed. */
#ifndef CTTRACE_KERNEL_PROCFS_H
#define CTTRACE_KERNEL_PROCFS_H

#include "record.h"

#include <stdbool.h>
#include <sys/types.h>

/* readlink of /proc/TID/<name> into buf (not terminated). Length or -errno. */
ssize_t ct_procfs_link(pid_t tid, const char *name, char *buf, size_t len);
ssize_t ct_procfs_fd_link(pid_t tid, int fd, char *buf, size_t len);

/* What the descriptor is; type of a namespace file included. 0 or -errno. */
int ct_procfs_fd_stat(pid_t tid, int fd, struct ct_blob_stat *out);

/* The magic numbers of statfs(2) for the file behind a descriptor; 0 when it has none. */
long ct_procfs_fd_fs(pid_t tid, int fd);

/* A number of /proc/TID/fdinfo/FD, by its name without the colon; -1: there is none. */
int64_t ct_procfs_fd_number(pid_t tid, int fd, const char *name, int base);

/* The text of /proc/TID/<name>, at most len bytes. Length or -errno. */
ssize_t ct_procfs_text(pid_t tid, const char *name, char *buf, size_t len);

/* Inode numbers of /proc/TID/ns/…, 0 for one that cannot be read. -errno if none can. */
int ct_procfs_namespaces(pid_t tid, uint64_t ns[CT_NS_LINKS]);
uint64_t ct_procfs_namespace(pid_t tid, enum ct_ns ns);

/* Who owns the task's namespaces; what is not known is 0, or -1 for the uid. */
void ct_procfs_owners(pid_t tid, struct ct_blob_owners *owners);

/* The task's name, terminated; "" when it is gone. */
void ct_procfs_comm(pid_t tid, char *name, size_t size);

/* A number of /proc/TID/status, by its name without the colon; -1: there is none. */
long ct_procfs_number(pid_t tid, const char *name);
bool ct_procfs_is_zombie(pid_t tid);

/* Thread group and parent of a task: 0 or -errno. */
int ct_procfs_parents(pid_t tid, pid_t *tgid, pid_t *ppid);

#endif
