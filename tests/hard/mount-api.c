/* SPDX-License-Identifier: MIT */
/* The new mount interface, and targets that are descriptors. */
#include "hard.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/stat.h>

#define MOUNT_SLAVE \
	(1 << 19) /* MS_SLAVE of sys/mount.h, which does not go with linux/mount.h */

int mount(const char *, const char *, const char *, unsigned long, const void *);

int main(void)
{
	struct mount_attr attr = { .attr_set = MOUNT_ATTR_RDONLY };
	int fs, mnt, tree, target;
	char path[32];

	MUST(unshare(CLONE_NEWNS));
	MUST(mount(NULL, "/", NULL, 0x4000 | MOUNT_SLAVE, NULL));
	fs = (int)MUST(syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC));
	MUST(syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "mode", "0700", 0));
	tell("an option that is none", "gives",
	     result_of(
		     syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "no-such", "x", 0)));
	MUST(syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	mnt = (int)MUST(syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, 0));
	MUST(syscall(SYS_mount_setattr, mnt, "", AT_EMPTY_PATH, &attr, sizeof(attr)));
	MUST(syscall(SYS_move_mount, mnt, "", AT_FDCWD, "/mnt", MOVE_MOUNT_F_EMPTY_PATH));
	tree = (int)MUST(
		syscall(SYS_open_tree, AT_FDCWD, "/mnt", OPEN_TREE_CLONE | O_CLOEXEC));
	target = (int)MUST(open("/srv", O_PATH | O_CLOEXEC));
	MUST(syscall(SYS_move_mount, tree, "", target, "",
		     MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", target);
	MUST(mount("none", path, "tmpfs", 0, NULL));
	return 0;
}
