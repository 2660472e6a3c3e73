/* SPDX-License-Identifier: MIT */
/* The mount API of 2019: a mount is made on descriptors and attached at the end. */
#include "sample.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>

int main(void)
{
	struct mount_attr private = { .propagation = MS_PRIVATE };
	struct stat st;
	int fs, tree;

	MUST(unshare(CLONE_NEWNS));
	MUST(mount_setattr(AT_FDCWD, "/", AT_RECURSIVE, &private, sizeof(private)));
	/* A file system that is being configured: every option can fail on its own. */
	fs = (int)MUST(fsopen("tmpfs", FSOPEN_CLOEXEC));
	MUST(fsconfig(fs, FSCONFIG_SET_STRING, "size", "1m", 0));
	MUST(fsconfig(fs, FSCONFIG_SET_STRING, "mode", "751", 0));
	MUST(fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	/* A mount of it that is nowhere yet: nobody can see it half made. */
	tree = (int)MUST(
		fsmount(fs, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV));
	/* Now it appears, all at once. The path is empty: the descriptor says what. */
	MUST(move_mount(tree, "", AT_FDCWD, "/mnt", MOVE_MOUNT_F_EMPTY_PATH));
	MUST(stat("/mnt", &st));
	printf("mode = %o\n", st.st_mode & 07777);
	return 0;
}
