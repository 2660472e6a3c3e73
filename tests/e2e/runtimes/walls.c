/* SPDX-License-Identifier: MIT */
/*
 * Tries what a container should not be able to do, and says what came of it: a line
 * "name = ERRNO" each, 0 when it was allowed. What is done for good (a mount, a name) is
 * done in its own namespaces; the rest has arguments that the kernel refuses in the end.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *name, long result)
{
	printf("%s = %d\n", name, result < 0 ? errno : 0);
	fflush(stdout);
}

/* In a child: what it does to itself ends with it. */
static void alone(const char *name, long (*attempt)(const char *), const char *argument)
{
	int status = 0;
	pid_t child = fork();

	if (!child) {
		say(name, attempt(argument));
		_exit(0);
	}
	waitpid(child, &status, 0);
}

static long mount_tmpfs(const char *target)
{
	return mount("none", target, "tmpfs", 0, NULL);
}

static long mount_device(const char *device)
{
	return mount(device, "/mnt", "ext4", MS_RDONLY, NULL);
}

static long open_for(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd;
}

static long open_to_read(const char *path)
{
	return open_for(path, O_RDONLY | O_NONBLOCK);
}

static long open_to_write(const char *path)
{
	return open_for(path, O_WRONLY | O_NONBLOCK);
}

static long create(const char *path)
{
	return open_for(path, O_WRONLY | O_CREAT | O_TRUNC);
}

static long make_device(const char *path)
{
	unlink(path);
	return mknod(path, S_IFBLK | 0600, makedev(254, 0));
}

static long change_root(const char *path)
{
	return chroot(path);
}

static long pivot(const char *path)
{
	return syscall(SYS_pivot_root, path, path);
}

static long new_namespaces(const char *path)
{
	(void)path;
	return unshare(CLONE_NEWNS | CLONE_NEWUTS);
}

static long new_user_namespace(const char *path)
{
	(void)path;
	return unshare(CLONE_NEWUSER);
}

static long join(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? fd : setns(fd, 0);
}

static long attach(const char *pid)
{
	return ptrace(PTRACE_ATTACH, atoi(pid), NULL, NULL);
}

static long read_memory(const char *pid)
{
	char byte;
	struct iovec here = { &byte, 1 }, there = { (void *)pid, 1 };

	return process_vm_readv(atoi(pid), &here, 1, &there, 1, 0);
}

static long load_program(const char *path)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY,
				.key_size = 4,
				.value_size = 4,
				.max_entries = 1 };

	(void)path;
	return syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));
}

static long count_events(const char *path)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE, .size = sizeof(attr) };

	(void)path;
	return syscall(SYS_perf_event_open, &attr, -1, 0, -1, 0);
}

static long new_keyring(const char *path)
{
	(void)path;
	return syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
}

static long open_handle(const char *path)
{
	struct {
		struct file_handle head;
		unsigned char rest[8];
	} handle = { .head = { .handle_bytes = 8, .handle_type = 1 } };
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return syscall(SYS_open_by_handle_at, fd, &handle, O_RDONLY);
}

static long load_module(const char *path)
{
	return syscall(SYS_init_module, path, 4ul, "");
}

static long new_kernel(const char *path)
{
	(void)path;
	return syscall(SYS_kexec_load, 0ul, 0ul, NULL, 1ul << 40);
}

/* With a magic number that the kernel refuses, after it has looked at the privileges. */
static long boot(const char *path)
{
	(void)path;
	return syscall(SYS_reboot, 0, 0, 0, NULL);
}

static long rename_host(const char *name)
{
	return sethostname(name, strlen(name));
}

static long raw_socket(const char *path)
{
	(void)path;
	return socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, 1);
}

static long packet_socket(const char *path)
{
	(void)path;
	return socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

static long reach(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	return connect(fd, (struct sockaddr *)&address, sizeof(address));
}

static long nothing(const char *path)
{
	(void)path;
	return 0;
}

static const struct {
	const char *name;
	long (*attempt)(const char *);
	const char *argument;
} attempts[] = {
	{ "begin", nothing, "" },
	{ "mount_tmpfs", mount_tmpfs, "/mnt" },
	{ "mknod", make_device, "/disk" },
	{ "mount_device", mount_device, "/disk" },
	{ "open_device", open_to_read, "/disk" },
	{ "open_memory", open_to_read, "/dev/mem" },
	{ "write_kmsg", open_to_write, "/dev/kmsg" },
	{ "chroot", change_root, "/host" },
	{ "unshare", new_namespaces, "" },
	{ "unshare_user", new_user_namespace, "" },
	{ "setns", join, "/proc/1/ns/net" },
	{ "ptrace", attach, "1" },
	{ "process_vm_readv", read_memory, "1" },
	{ "bpf", load_program, "" },
	{ "perf", count_events, "" },
	{ "keyctl", new_keyring, "" },
	{ "open_by_handle", open_handle, "/host" },
	{ "init_module", load_module, "none" },
	{ "kexec", new_kernel, "" },
	{ "reboot", boot, "" },
	{ "sethostname", rename_host, "renamed" },
	{ "raw_socket", raw_socket, "" },
	{ "packet_socket", packet_socket, "" },
	{ "write_host", create, "/host/written" },
	{ "write_read_only", create, "/read-only/written" },
	{ "write_sysctl", open_to_write, "/proc/sys/kernel/sysrq" },
	{ "write_core_pattern", open_to_write, "/proc/sys/kernel/core_pattern" },
	{ "write_sysrq", open_to_write, "/proc/sysrq-trigger" },
	{ "write_sys", open_to_write, "/sys/kernel/mm/ksm/run" },
	{ "engine_socket", reach, "/engine.sock" },
	{ "pivot_root", pivot, "/mnt" }, /* the last one: "/" is gone after it */
};

int main(void)
{
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++)
		alone(attempts[i].name, attempts[i].attempt, attempts[i].argument);
	return 0;
}
