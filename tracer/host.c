/* SPDX-License-Identifier: MIT */
/* Kernel, cgroup mode, boot id and namespaces of this host. */
#include "host.h"

#include "procfs.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* As systemd tells them apart: what is mounted at /sys/fs/cgroup, and below it. */
static const char *cgroup_mode(void)
{
	struct statfs fs;

	if (statfs("/sys/fs/cgroup", &fs))
		return "unknown";
	if (fs.f_type == CGROUP2_SUPER_MAGIC)
		return "v2";
	if (fs.f_type != TMPFS_MAGIC)
		return "unknown";
	if (!statfs("/sys/fs/cgroup/unified", &fs) && fs.f_type == CGROUP2_SUPER_MAGIC)
		return "hybrid";
	return "v1";
}

static const char *boot_id(struct ct_arena *arena)
{
	char text[64] = "";
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	text[n > 0 ? strcspn(text, "\n") : 0] = '\0';
	return ct_arena_strdup(arena, text);
}

static int64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * INT64_C(1000000000) + ts.tv_nsec;
}

void ct_host_describe(struct ct_trace_header *header, struct ct_arena *arena)
{
	struct utsname u;

	uname(&u);
	header->version = CT_TRACE_VERSION;
	header->start_realtime_ns = clock_ns(CLOCK_REALTIME);
	header->start_monotonic_ns = clock_ns(CLOCK_MONOTONIC);
	header->kernel = ct_arena_strdup(arena, u.release);
	header->arch = ct_arena_strdup(arena, u.machine);
	header->hostname = ct_arena_strdup(arena, u.nodename);
	header->cgroup_mode = cgroup_mode();
	header->boot_id = boot_id(arena);
	header->tracer = "cttrace " CT_VERSION;
	header->uid = getuid();
	ct_procfs_namespaces(getpid(), header->host_ns);
}
