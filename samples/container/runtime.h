/* SPDX-License-Identifier: MIT */
/* The parts of the mini runtime; they return 0, or -1 after saying why on stderr. */
#ifndef SAMPLES_CONTAINER_RUNTIME_H
#define SAMPLES_CONTAINER_RUNTIME_H

#include <stdbool.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#define CONTAINER_HOSTNAME "cttrace-demo"
#define CONTAINER_PAYLOAD  "hello"
/* exit status: as docker and podman: the runtime failed, not the command */
#define CONTAINER_FAILED 125

struct container {
	char *const *command; /* NULL-terminated */
	bool user_ns;         /* without privilege there is no other way to a namespace */
	uid_t uid;            /* who we are outside */
	gid_t gid;
	char *cgroup; /* the directory we made for it; NULL: none */
};

/* Says "container: WHAT: strerror(errno)" and returns -1. */
int container_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Writes `text` to an existing file with one write(2), as /proc and cgroupfs need. */
int write_text(const char *path, const char *text);

static inline void free_text(char **text)
{
	free(*text);
}
#define CLEANUP_FREE __attribute__((cleanup(free_text)))

static inline void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define CLEANUP_CLOSE __attribute__((cleanup(close_fd)))

/* Step 1: namespaces. container_clone() returns twice, like fork(). */
pid_t container_clone(const struct container *c);
int container_map_ids(const struct container *c, pid_t init); /* by the runtime */
int container_set_hostname(const struct container *c);        /* by init, as all below */

/* Step 2: a cgroup. By the runtime, as the new namespaces see no other cgroup. */
void container_join_cgroup(struct container *c, pid_t init);
void container_leave_cgroup(struct container *c);
int container_hide_cgroups(const struct container *c);

int container_build_root(const struct container *c);       /* step 3 */
int container_bring_up_network(const struct container *c); /* step 4 */
int container_pivot_root(const struct container *c);       /* step 5 */
bool container_is_privileged(void);
int container_drop_capabilities(const struct container *c); /* step 6 */
int container_filter_syscalls(const struct container *c);   /* step 7 */

/* What runs inside when no command is given; returns an exit status. */
int container_hello(void);

#endif
