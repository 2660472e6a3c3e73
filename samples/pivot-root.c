/* SPDX-License-Identifier: MIT */
/* pivot_root(): another file system becomes "/", and the old one can be let go. */
#include "sample.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>

int main(void)
{
	char *cwd;

	say("mnt_before", ns_inode("/proc/self/ns/mnt"));
	MUST(unshare(CLONE_NEWNS));
	say("mnt", ns_inode("/proc/self/ns/mnt"));
	/* EINVAL otherwise: a pivot would propagate to the host's mount namespace. */
	MUST(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	/* The new root must be a mount point, which a fresh tmpfs is. */
	MUST(mount("newroot", "/mnt", "tmpfs", 0, "size=1m"));
	MUST(mkdir("/mnt/oldroot", 0700));
	MUST(syscall(SYS_pivot_root, "/mnt", "/mnt/oldroot"));
	MUST(chdir("/"));
	/* Detached and not just unmounted: we run from it, so it is busy. */
	MUST(umount2("/oldroot", MNT_DETACH));
	MUST(rmdir("/oldroot"));
	cwd = getcwd(NULL, 0);
	printf("root = %s\n", cwd);
	free(cwd);
	/* Nothing is left of the host: a directory that every host has is not there. */
	printf("usr = %s\n", access("/usr", F_OK) ? "gone" : "there");
	return 0;
}
