/* SPDX-License-Identifier: MIT */
/* The links and texts of /proc/TID. */
#include "procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define NSFS_MAGIC 0x6e736673
#define PATH_LEN   64 /* "/proc/2147483647/ns/time_for_children" and more */

ssize_t ct_procfs_link(pid_t tid, const char *name, char *buf, size_t len)
{
	char path[PATH_LEN];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/%s", tid, name);
	n = readlink(path, buf, len);
	return n < 0 ? -errno : n;
}

ssize_t ct_procfs_fd_link(pid_t tid, int fd, char *buf, size_t len)
{
	char name[24];

	snprintf(name, sizeof(name), "fd/%d", fd);
	return ct_procfs_link(tid, name, buf, len);
}

/* Which type a namespace file has; ct_blob_stat's encoding. */
static uint32_t namespace_type(const char *path)
{
	struct statfs fs;
	int fd, flag;

	if (statfs(path, &fs) || fs.f_type != NSFS_MAGIC)
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return 0;
	flag = ioctl(fd, NS_GET_NSTYPE);
	close(fd);
	for (int ns = 0; ns < CT_NS_TYPES; ns++)
		if (flag > 0 && ct_ns_clone_flag((enum ct_ns)ns) == (uint64_t)flag)
			return (uint32_t)ns + 1;
	return 0;
}

int ct_procfs_fd_stat(pid_t tid, int fd, struct ct_blob_stat *out)
{
	char path[PATH_LEN];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", tid, fd);
	if (stat(path, &st))
		return -errno;
	*out = (struct ct_blob_stat){
		.dev = st.st_dev, .ino = st.st_ino, .rdev = st.st_rdev, .mode = st.st_mode
	};
	if (S_ISREG(st.st_mode))
		out->ns_type = namespace_type(path);
	return 0;
}

long ct_procfs_fd_fs(pid_t tid, int fd)
{
	char path[PATH_LEN];
	struct statfs fs;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", tid, fd);
	return statfs(path, &fs) ? 0 : (long)fs.f_type;
}

ssize_t ct_procfs_text(pid_t tid, const char *name, char *buf, size_t len)
{
	char path[PATH_LEN];
	size_t done = 0;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", tid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while (done < len) {
		ssize_t n = read(fd, buf + done, len - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	close(fd);
	return (ssize_t)done;
}

uint64_t ct_procfs_namespace(pid_t tid, enum ct_ns ns)
{
	char name[24], link[64], *bracket;
	ssize_t n;

	snprintf(name, sizeof(name), "ns/%s", ct_ns_name(ns));
	n = ct_procfs_link(tid, name, link, sizeof(link) - 1);
	if (n < 0)
		return 0;
	link[n] = '\0';
	bracket = strchr(link, '['); /* "net:[4026531840]" */
	return bracket ? strtoull(bracket + 1, NULL, 10) : 0;
}

int ct_procfs_namespaces(pid_t tid, uint64_t ns[CT_NS_LINKS])
{
	int readable = 0;

	for (int i = 0; i < CT_NS_LINKS; i++) {
		ns[i] = ct_procfs_namespace(tid, (enum ct_ns)i);
		readable += ns[i] != 0;
	}
	return readable ? 0 : -EACCES;
}

void ct_procfs_comm(pid_t tid, char *name, size_t size)
{
	ssize_t n = ct_procfs_text(tid, "comm", name, size - 1);

	name[n > 0 ? n : 0] = '\0';
	name[strcspn(name, "\n")] = '\0';
}

/* What follows "\nNAME:" in /proc/TID/<file>, into value; false when it is not there. */
static bool field_of(pid_t tid, const char *file, const char *name, char *value,
		     size_t size)
{
	char text[2048], key[32];
	ssize_t n = ct_procfs_text(tid, file, text + 1, sizeof(text) - 2);
	const char *at;

	if (n < 0)
		return false;
	text[0] = '\n';
	text[n + 1] = '\0';
	snprintf(key, sizeof(key), "\n%s:\t", name);
	at = strstr(text, key);
	if (!at)
		return false;
	at += strlen(key);
	snprintf(value, size, "%.*s", (int)strcspn(at, "\n"), at);
	return true;
}

static bool status_field(pid_t tid, const char *name, char *value, size_t size)
{
	return field_of(tid, "status", name, value, size);
}

int64_t ct_procfs_fd_number(pid_t tid, int fd, const char *name, int base)
{
	char file[32], value[32];

	snprintf(file, sizeof(file), "fdinfo/%d", fd);
	return field_of(tid, file, name, value, sizeof(value))
		       ? strtoll(value, NULL, base)
		       : -1;
}

long ct_procfs_number(pid_t tid, const char *name)
{
	char value[32];

	return status_field(tid, name, value, sizeof(value)) ? strtol(value, NULL, 10)
							     : -1;
}

bool ct_procfs_is_zombie(pid_t tid)
{
	char state[16];

	return status_field(tid, "State", state, sizeof(state)) && state[0] == 'Z';
}

int ct_procfs_parents(pid_t tid, pid_t *tgid, pid_t *ppid)
{
	long leader = ct_procfs_number(tid, "Tgid"),
	     parent = ct_procfs_number(tid, "PPid");

	if (leader < 0 || parent < 0)
		return -ESRCH;
	*tgid = (pid_t)leader;
	*ppid = (pid_t)parent;
	return 0;
}

static uint64_t inode_of(int fd)
{
	struct stat st;

	return fd >= 0 && !fstat(fd, &st) ? (uint64_t)st.st_ino : 0;
}

/* ioctl_ns(2): only what the caller's own user namespace contains is told. */
void ct_procfs_owners(pid_t tid, struct ct_blob_owners *owners)
{
	owners->uid = -1;
	for (int ns = 0; ns < CT_NS_TYPES; ns++) {
		char path[PATH_LEN];
		int fd, owner;
		uid_t uid;

		snprintf(path, sizeof(path), "/proc/%d/ns/%s", tid,
			 ct_ns_name((enum ct_ns)ns));
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		owner = fd < 0 ? -1 : ioctl(fd, NS_GET_USERNS);
		owners->userns[ns] = inode_of(owner);
		if (ns == CT_NS_USER && fd >= 0 && !ioctl(fd, NS_GET_OWNER_UID, &uid))
			owners->uid = uid;
		if (owner >= 0)
			close(owner);
		if (fd >= 0)
			close(fd);
	}
}
