/* SPDX-License-Identifier: MIT */
/* CLONE_INTO_CGROUP and CLONE_PIDFD: the child's first instruction is in the new cgroup.
 */
#include "hard.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

static const char *unified(void)
{
	static const char *const roots[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" };
	struct statfs fs;

	for (int i = 0; i < 2; i++)
		if (!statfs(roots[i], &fs) && fs.f_type == CGROUP2_SUPER_MAGIC)
			return roots[i];
	fprintf(stderr, "there is no cgroup v2 here\n");
	exit(HARD_SKIPPED);
}

int main(void)
{
	int root = (int)MUST(open(unified(), O_PATH | O_CLOEXEC)), pidfd = -1;
	struct clone_args args = { .flags = CLONE_INTO_CGROUP | CLONE_PIDFD,
				   .exit_signal = SIGCHLD };
	char name[64];
	siginfo_t info;
	pid_t pid;

	snprintf(name, sizeof(name), "cttrace-hard-%d", getpid());
	say("group", getpid());
	MUST(mkdirat(root, name, 0700));
	args.cgroup =
		(uint64_t)MUST(openat(root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	args.pidfd = (uint64_t)(uintptr_t)&pidfd;
	pid = raw_clone3(&args);
	if (!pid)
		_exit(6);
	if (pid > 0)
		waitid(P_PIDFD, (id_t)pidfd, &info, WEXITED);
	unlinkat(root, name, AT_REMOVEDIR);
	MUST(pid);
	tell("by its pidfd", "it exited with", info.si_status);
	return 0;
}
