/* SPDX-License-Identifier: MIT */
/* A layout that is not this kernel's shows here, before anything is traced with it. */
#include "probe.h"

#include "bpf.h"
#include "call_report.h"
#include "file_report.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool watch_self(const struct ct_probe *probe)
{
	struct ct_watched value = { 0, CT_WATCHED_FAILS, CT_STOPPED_NEVER, 0, 0, 0 };
	int32_t tid = (int32_t)syscall(SYS_gettid);

	return !ct_bpf_map_set(probe->tasks, &tid, &value);
}

static void unwatch_self(const struct ct_probe *probe)
{
	int32_t tid = (int32_t)syscall(SYS_gettid);

	ct_bpf_map_delete(probe->tasks, &tid);
}

static void take_own(void *ctx, const void *bytes, size_t len)
{
	const struct ct_report *report = bytes;
	int *seen = ctx;

	*seen += len >= sizeof(*report) && ct_report_nr(report) == SYS_close &&
		 report->ret == -EBADF && !report->compat;
}

bool ct_probe_calls(const struct ct_probe *probe)
{
	int seen = 0;

	if (!watch_self(probe))
		return false;
	close(-1);
	unwatch_self(probe);
	ct_ring_drain(probe->ring, take_own, &seen);
	return seen == 1;
}

struct seen_name {
	const struct ct_watch_plan *row;
	char name[PATH_MAX];
	size_t len;
};

static void take_name(void *ctx, const void *bytes, size_t len)
{
	static const struct ct_plan none = { .n_args = 0 };
	struct seen_name *seen = ctx;
	struct ct_recbuf rb = { 0 };
	const struct ct_blob *link;
	size_t end = sizeof(struct ct_report);

	if (len <= end)
		return;
	ct_recbuf_start(&rb, CT_RECORD_CALL);
	ct_file_report_add(&rb, bytes, seen->row, &none,
			   (struct ct_names){ (const char *)bytes + end, len - end });
	link = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_LINK, 0);
	if (link && link->len <= sizeof(seen->name)) {
		seen->len = link->len;
		memcpy(seen->name, ct_blob_bytes(link), link->len);
	}
	ct_recbuf_release(&rb);
}

/* What /proc says of it. */
static ssize_t name_of(int fd, char name[PATH_MAX])
{
	char link[32];

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	return readlink(link, name, PATH_MAX);
}

bool ct_probe_names(const struct ct_probe *probe)
{
	const struct ct_watch_plan walk = { .piece = { { .kind = CT_PIECE_WALK,
							 .reg = CT_REG_ARG0,
							 .walk = CT_WALK_FD } } };
	struct ct_watch_plan *row = &probe->rows[SYS_ftruncate], was = *row;
	int fd = open("/proc/sys/kernel/osrelease", O_RDONLY | O_CLOEXEC);
	struct seen_name seen = { .row = &walk };
	char name[PATH_MAX];
	ssize_t n;
	bool failed;

	if (fd < 0)
		return false;
	*row = walk;
	failed = watch_self(probe) && ftruncate(fd, 0) < 0; /* not open for writing */
	unwatch_self(probe);
	*row = was;
	n = name_of(fd, name);
	close(fd);
	ct_ring_drain(probe->ring, take_name, &seen);
	return failed && n > 0 && seen.len == (size_t)n &&
	       !memcmp(seen.name, name, seen.len);
}

/* Asks the kernel what it says of the loopback interface; the answer waits. */
static int socket_with_answer(void)
{
	int sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	struct {
		struct nlmsghdr head;
		struct ifinfomsg link;
	} ask = { { sizeof(ask), RTM_GETLINK, NLM_F_REQUEST, 1, 0 }, { .ifi_index = 1 } };

	if (sock >= 0 && send(sock, &ask, sizeof(ask), 0) == sizeof(ask))
		return sock;
	if (sock >= 0)
		close(sock);
	return -1;
}

static void take_heard(void *ctx, const void *bytes, size_t len)
{
	struct ct_report *heard = ctx;

	if (len >= sizeof(*heard))
		memcpy(heard, bytes, sizeof(*heard));
}

bool ct_probe_sockets(const struct ct_probe *probe)
{
	struct ct_report heard = { .protocol = CT_NO_PROTOCOL };
	struct stat network;
	int sock = socket_with_answer();
	char answer[64];
	ssize_t n = 0;

	if (sock < 0)
		return false;
	if (watch_self(probe))
		n = recv(sock, answer, sizeof(answer), MSG_DONTWAIT);
	unwatch_self(probe);
	close(sock);
	ct_ring_drain(probe->ring, take_heard, &heard);
	return n > 0 && heard.ret == n && heard.protocol == NETLINK_ROUTE &&
	       !stat("/proc/thread-self/ns/net", &network) &&
	       heard.network == network.st_ino;
}
