/* SPDX-License-Identifier: MIT */
/* Steps 3 and 5: a root file system without an image, and the move into it. */
#include "runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define BUILD_AT                                                              \
	"/tmp" /* any directory: only our own mount namespace sees it covered \
		*/

/* The programs and libraries of the host; not its /etc, /home, /var, /run. */
static const char *const host_directories[] = { "usr", "bin",   "sbin",
						"lib", "lib32", "lib64" };

static const char *const empty_directories[] = { "dev", "proc", "tmp", "etc", "opt" };

static const char *const devices[] = {
	"null", "zero", "full", "random", "urandom", "tty"
};

static const struct {
	const char *target, *type, *data;
	unsigned long flags;
} file_systems[] = {
	/* of the new pid namespace: ps(1) in the container reads this one */
	{ "proc", "proc", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC },
	/* noexec but not nodev: the device nodes below come by bind mounts */
	{ "dev", "tmpfs", "mode=755,size=64k", MS_NOSUID | MS_NOEXEC },
	{ "tmp", "tmpfs", "mode=1777,size=16m", MS_NOSUID | MS_NODEV },
};

static int mount_at(const char *source, const char *target, const char *type,
		    unsigned long flags, const char *data)
{
	if (mount(source, target, type, flags, data) < 0)
		return container_fail("mount %s", target);
	return 0;
}

/*
 * A directory of the host, read-only. Its submounts come along (MS_REC): in a user
 * namespace the kernel refuses to uncover what a mount on top hides. Read-only needs a
 * second call, as a bind mount takes its flags from where it comes from; mount_setattr()
 * does it for the submounts too, and touches no flag that is locked.
 */
static int bind_read_only(const char *source, const char *target)
{
	struct mount_attr read_only = { .attr_set = MOUNT_ATTR_RDONLY };

	if (mkdir(target, 0755) < 0)
		return container_fail("mkdir %s", target);
	if (mount_at(source, target, NULL, MS_BIND | MS_REC, NULL) < 0)
		return -1;
	if (mount_setattr(AT_FDCWD, target, AT_RECURSIVE, &read_only, sizeof(read_only)) <
	    0)
		return container_fail("make %s read-only", target);
	return 0;
}

/* /bin may be a directory, a link to usr/bin (merged /usr), or not there at all. */
static int take_from_host(const char *name)
{
	CLEANUP_FREE char *source = NULL, *link = NULL;
	struct stat st;

	if (asprintf(&source, "/%s", name) < 0)
		return -1;
	if (lstat(source, &st) < 0)
		return errno == ENOENT ? 0 : container_fail("%s", source);
	if (!S_ISLNK(st.st_mode))
		return bind_read_only(source, name);
	link = calloc(1, (size_t)st.st_size + 1);
	if (!link || readlink(source, link, (size_t)st.st_size) < 0)
		return container_fail("%s", source);
	return symlink(link, name) < 0 ? container_fail("link %s", name) : 0;
}

/*
 * mknod() is forbidden in a user namespace, even to its root: a device node would be a
 * door to the host's devices. Binding the host's own node is allowed, and goes for root
 * as well.
 */
static int bind_device(const char *name)
{
	CLEANUP_FREE char *source = NULL;
	int fd;

	if (asprintf(&source, "/dev/%s", name) < 0)
		return -1;
	fd = open(source + 1, O_CREAT | O_WRONLY | O_CLOEXEC,
		  0666); /* relative: in our root */
	if (fd < 0)
		return container_fail("create %s", source + 1);
	close(fd);
	return mount_at(source, source + 1, NULL, MS_BIND, NULL);
}

/*
 * The payload, a copy of this program. A copy and not a bind mount: /proc/self/exe
 * belongs to the mount namespace that we left, from where nothing can be bound.
 */
static int install_payload(void)
{
	CLEANUP_CLOSE int in = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	CLEANUP_CLOSE int out = -1;
	ssize_t n;

	if (in < 0)
		return container_fail("/proc/self/exe");
	out = open("opt/" CONTAINER_PAYLOAD, O_CREAT | O_WRONLY | O_CLOEXEC, 0755);
	if (out < 0)
		return container_fail("create %s", CONTAINER_PAYLOAD);
	while ((n = sendfile(out, in, NULL, 1 << 20)) > 0)
		;
	return n < 0 ? container_fail("copy %s", CONTAINER_PAYLOAD) : 0;
}

static int mount_file_systems(void)
{
	for (size_t i = 0; i < sizeof(file_systems) / sizeof(file_systems[0]); i++)
		if (mount_at(file_systems[i].type, file_systems[i].target,
			     file_systems[i].type, file_systems[i].flags,
			     file_systems[i].data) < 0)
			return -1;
	return 0;
}

static int populate(void)
{
	for (size_t i = 0; i < sizeof(empty_directories) / sizeof(empty_directories[0]);
	     i++)
		if (mkdir(empty_directories[i], 0755) < 0)
			return container_fail("mkdir %s", empty_directories[i]);
	for (size_t i = 0; i < sizeof(host_directories) / sizeof(host_directories[0]);
	     i++)
		if (take_from_host(host_directories[i]) < 0)
			return -1;
	if (mount_file_systems() < 0)
		return -1;
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (bind_device(devices[i]) < 0)
			return -1;
	return install_payload();
}

/*
 * A new mount namespace starts as a copy of the host's, and as long as its mounts are in
 * the host's peer groups, what we mount appears there too (mount_namespaces(7)). So the
 * first act is to make everything private; only then build.
 */
int container_build_root(const struct container *c)
{
	(void)c;
	if (mount_at(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount_at("rootfs", BUILD_AT, "tmpfs", MS_NOSUID | MS_NODEV,
		     "mode=755,size=64m") < 0)
		return -1;
	umask(0); /* the modes above are meant as they stand */
	if (chdir(BUILD_AT) < 0)
		return container_fail("chdir %s", BUILD_AT);
	return populate();
}

/*
 * pivot_root() and not chroot(): chroot() changes what *we* call "/" and leaves the
 * host's mounts in place for whoever finds a way back; pivot_root() swaps the root mount
 * of the namespace, and once the old one is unmounted there is no way back, not even for
 * root.
 *
 * With "." twice the old root is stacked on the new one, so that no directory for it is
 * needed (pivot_root(2), NOTES); unmounting "." takes it off.
 */
int container_pivot_root(const struct container *c)
{
	(void)c;
	if (syscall(SYS_pivot_root, ".", ".") < 0)
		return container_fail("pivot_root");
	if (umount2(".", MNT_DETACH) < 0)
		return container_fail("unmount the host's root");
	if (chdir("/") < 0)
		return container_fail("chdir /");
	/* "bind" makes it a change of this mount, not of the file system behind it */
	return mount_at(NULL, "/", NULL,
			MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL);
}
