/* SPDX-License-Identifier: MIT */
/* Step 1: one clone3() makes a process that shares almost nothing with its parent. */
#include "runtime.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>

/*
 * All namespaces in one call, because the kernel makes the user namespace first and lets
 * it own the others: that is what allows an ordinary user to make them at all. The cgroup
 * namespace is missing on purpose: its root is the cgroup that one is in when it is made,
 * and init is not yet in its own.
 *
 * clone() and not unshare(): a process cannot change its own pid namespace, only that of
 * the children it has later.
 */
pid_t container_clone(const struct container *c)
{
	struct clone_args args = {
		.flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS |
			 CLONE_NEWIPC,
		.exit_signal = SIGCHLD,
	};
	pid_t pid;

	if (c->user_ns)
		args.flags |= CLONE_NEWUSER;
	pid = (pid_t)syscall(SYS_clone3, &args, sizeof(args));
	if (pid >= 0)
		return pid;
	if (c->user_ns && (errno == EPERM || errno == ENOSPC || errno == EACCES))
		return container_fail(
			"no user namespace for an ordinary user on this host "
			"(see sysctl user.max_user_namespaces, "
			"kernel.unprivileged_userns_clone, "
			"kernel.apparmor_restrict_unprivileged_userns; or be root)");
	return container_fail("clone");
}

static int write_proc(pid_t pid, const char *name, const char *text)
{
	CLEANUP_FREE char *path = NULL;

	if (asprintf(&path, "/proc/%d/%s", pid, name) < 0)
		return -1;
	return write_text(path, text) < 0 ? container_fail("%s", path) : 0;
}

static int write_map(pid_t pid, const char *name, unsigned int outside)
{
	CLEANUP_FREE char *line = NULL;

	if (asprintf(&line, "0 %u 1\n", outside) < 0)
		return -1;
	return write_proc(pid, name, line);
}

/*
 * "Who is root inside?" We are. It is the runtime that writes, from outside: a process
 * without privilege may map just its own id, and the group map only after giving up
 * setgroups(), by which one could otherwise leave a group that is there to *deny* access
 * (user_namespaces(7)).
 */
int container_map_ids(const struct container *c, pid_t init)
{
	if (!c->user_ns)
		return 0;
	if (write_proc(init, "setgroups", "deny") < 0 ||
	    write_map(init, "uid_map", c->uid) < 0)
		return -1;
	return write_map(init, "gid_map", c->gid);
}

/* The uts namespace is a copy of the host's: the name is its only visible content. */
int container_set_hostname(const struct container *c)
{
	(void)c;
	if (sethostname(CONTAINER_HOSTNAME, sizeof(CONTAINER_HOSTNAME) - 1) < 0)
		return container_fail("sethostname");
	return 0;
}
