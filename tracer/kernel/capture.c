/* SPDX-License-Identifier: MIT */
/* One function per way of taking an argument. */
#include "capture.h"

#include "argv.h"
#include "follow.h"
#include "gather.h"
#include "memory.h"
#include "peer.h"
#include "procfs.h"
#include "rights.h"
#include "socket.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#define STRING_MAX 4096
#define BUFFER_MAX ((size_t)65536) /* of one argument */

struct taking {
	struct ct_recbuf *rb;
	const struct ct_task *task;
	int arg;
	struct ct_plan_arg how;
	uint64_t value;
	int64_t ret; /* at exit */
};

static size_t at_most(uint64_t len, size_t max)
{
	return len < max ? (size_t)len : max;
}

static void take_bytes(const struct taking *t, uint64_t addr, uint64_t want, size_t max)
{
	size_t len = at_most(want, max);
	char *buf;
	ssize_t n;

	if (!addr)
		return;
	buf = ct_recbuf_reserve(t->rb, len);
	n = len ? ct_memory_read(t->task->tid, addr, buf, len) : 0;
	ct_recbuf_commit(t->rb, CT_BLOB_MEM, (unsigned int)t->arg, n,
			 n >= 0 && (uint64_t)n < want);
}

static ssize_t take_string(const struct taking *t, size_t max)
{
	int cut;
	ssize_t n;

	if (!t->value)
		return 0;
	n = ct_memory_read_string(t->task->tid, t->value, ct_recbuf_reserve(t->rb, max),
				  max, &cut);
	ct_recbuf_commit(t->rb, CT_BLOB_STR, (unsigned int)t->arg, n, cut && n >= 0);
	return n;
}

static void take_str(const struct taking *t)
{
	take_string(t, t->how.size ? t->how.size : STRING_MAX);
}

static void take_link(const struct taking *t, enum ct_blob_kind kind, int fd)
{
	char *buf = ct_recbuf_reserve(t->rb, PATH_MAX);
	ssize_t n;

	if (fd == AT_FDCWD)
		n = ct_procfs_link(t->task->tid, "cwd", buf, PATH_MAX);
	else
		n = ct_procfs_fd_link(t->task->tid, fd, buf, PATH_MAX);
	ct_recbuf_commit(t->rb, kind, (unsigned int)t->arg, n, false);
}

static void take_magic(const struct taking *t, const char *path)
{
	char *buf = ct_recbuf_reserve(t->rb, PATH_MAX);
	ssize_t n = ct_follow_magic(t->task->tid, path, buf, PATH_MAX);

	if (n != 0)
		ct_recbuf_commit(t->rb, CT_BLOB_TARGET, (unsigned int)t->arg, n, false);
}

static void take_path(const struct taking *t)
{
	char path[128] = ""; /* long enough for any magic link and its first component */
	ssize_t n = take_string(t, STRING_MAX);
	const struct ct_blob *blob;

	if (n < 0 || !t->value)
		return;
	blob = ct_record_find(ct_recbuf_record(t->rb), CT_BLOB_STR, (unsigned int)t->arg);
	memcpy(path, ct_blob_bytes(blob), at_most((uint64_t)n, sizeof(path) - 1));
	if (path[0] != '/')
		take_link(t, CT_BLOB_DIR,
			  t->how.of < 0 ? AT_FDCWD : (int)t->task->args[t->how.of]);
	else if (!strncmp(path, "/proc/", 6))
		take_magic(t, path);
}

static void take_fd(const struct taking *t)
{
	struct ct_blob_stat st;
	int fd = (int)t->value;

	if (fd < 0 ||
	    (t->how.take == CT_TAKE_SOCKET && ct_socket_capture(t->rb, t->task, t->arg)))
		return;
	take_link(t, CT_BLOB_LINK, fd);
	/* only setns(2) asks what a descriptor is: a bind-mounted namespace has a plain
	 * name */
	if ((t->task->plan->flags & CT_PLAN_NS) &&
	    !ct_procfs_fd_stat(t->task->tid, fd, &st))
		ct_recbuf_blob(t->rb, CT_BLOB_STAT, (unsigned int)t->arg, &st,
			       sizeof(st));
}

/* The link of a pidfd says only what it is: whose it is says its fdinfo. */
static void take_pidfd(const struct taking *t)
{
	int64_t pid = ct_procfs_fd_number(t->task->tid, (int)t->value, "Pid", 10);
	char link[32];
	int n = snprintf(link, sizeof(link), "pidfd:[%lld]", (long long)pid);

	if (pid <= 0)
		take_fd(t);
	else
		ct_recbuf_blob(t->rb, CT_BLOB_LINK, (unsigned int)t->arg, link, n);
}

static void add_mount(struct ct_recbuf *rb, const struct ct_task *task, int fd,
		      unsigned int arg)
{
	int64_t id = ct_procfs_fd_number(task->tid, fd, "mnt_id", 10);

	if (id >= 0)
		ct_recbuf_blob(rb, CT_BLOB_MOUNT, arg, &id, sizeof(id));
}

static void take_mount_fd(const struct taking *t)
{
	take_fd(t);
	if ((int)t->value >= 0)
		add_mount(t->rb, t->task, (int)t->value, (unsigned int)t->arg);
}

static void take_mem(const struct taking *t)
{
	take_bytes(t, t->value, t->how.size, t->how.size);
}

static void take_sized(const struct taking *t)
{
	take_bytes(t, t->value, t->task->args[t->how.of],
		   t->how.size ? t->how.size : STRING_MAX);
}

static void take_sized_out(const struct taking *t)
{
	take_bytes(t, t->value, (uint64_t)t->ret, t->how.size ? t->how.size : STRING_MAX);
}

static void take_array(const struct taking *t)
{
	uint64_t count = t->task->args[t->how.of] & 0xffffffff;

	take_bytes(t, t->value, count * t->how.size, BUFFER_MAX);
}

static size_t pointer_width(const struct ct_task *task)
{
	return ct_arch_pointer_size((enum ct_arch)task->arch);
}

static void take_strv(const struct taking *t)
{
	char *buf = ct_recbuf_reserve(t->rb, BUFFER_MAX);
	bool cut = false;
	ssize_t n;

	if (!t->value)
		return;
	n = ct_argv_read(t->task->tid, t->value, pointer_width(t->task),
			 (struct ct_argv_room){ buf, BUFFER_MAX }, &cut);
	ct_recbuf_commit(t->rb, CT_BLOB_STRV, (unsigned int)t->arg, n, cut);
}

static void take_vector(const struct taking *t, const struct ct_iovecs *iov)
{
	size_t max = t->how.size ? t->how.size : STRING_MAX;
	bool cut = false;
	ssize_t n = ct_gather(iov, ct_recbuf_reserve(t->rb, max), max, &cut);

	ct_recbuf_commit(t->rb, CT_BLOB_MEM, (unsigned int)t->arg, n, cut && n >= 0);
}

static void take_iov(const struct taking *t)
{
	struct ct_iovecs iov = { .tid = t->task->tid,
				 .width = pointer_width(t->task),
				 .addr = t->value,
				 .count = t->task->args[t->how.of],
				 .filled = UINT64_MAX };

	if (t->value)
		take_vector(t, &iov);
}

static void take_message(const struct taking *t, uint64_t filled)
{
	struct ct_iovecs iov = { .tid = t->task->tid,
				 .width = pointer_width(t->task),
				 .filled = filled };
	int err;

	if (!t->value)
		return;
	err = ct_gather_msghdr(&iov, t->value);
	if (!err) {
		take_vector(t, &iov);
		return;
	}
	ct_recbuf_reserve(t->rb, 0);
	ct_recbuf_commit(t->rb, CT_BLOB_MEM, (unsigned int)t->arg, err, false);
}

static void take_msg(const struct taking *t)
{
	take_message(t, UINT64_MAX);
}

static void take_msg_out(const struct taking *t)
{
	take_message(t, (uint64_t)t->ret);
}

/* What came may be more than there was room for: MSG_TRUNC, recv(2). */
static void take_filled(const struct taking *t)
{
	uint64_t room = t->task->args[t->how.of], got = (uint64_t)t->ret;

	take_bytes(t, t->value, got < room ? got : room,
		   t->how.size ? t->how.size : STRING_MAX);
}

static void take_bpf(const struct taking *t)
{
	struct ct_iovecs iov = { .tid = t->task->tid };
	const struct ct_blob *attr;
	size_t want, len;
	char *buf;
	ssize_t n;

	take_sized(t);
	attr = ct_record_find(ct_recbuf_record(t->rb), CT_BLOB_MEM, (unsigned int)t->arg);
	if (!attr || !ct_gather_device_program(&iov, t->task->args[0],
					       ct_blob_bytes(attr), attr->len))
		return;
	want = (size_t)iov.count * 8;
	len = at_most(want, BUFFER_MAX);
	buf = ct_recbuf_reserve(t->rb, len);
	n = len ? ct_memory_read(t->task->tid, iov.addr, buf, len) : 0;
	ct_recbuf_commit(t->rb, CT_BLOB_INSNS, (unsigned int)t->arg, n,
			 n >= 0 && (size_t)n < want);
}

/* struct sock_fprog { unsigned short len; struct sock_filter *filter; } */
static void take_fprog(const struct taking *t)
{
	size_t width = pointer_width(t->task), len;
	char head[16], *buf;
	uint64_t count;
	ssize_t n;

	if (!t->value)
		return;
	n = ct_memory_read(t->task->tid, t->value, head, 2 * width);
	if (n < (ssize_t)(2 * width)) {
		ct_recbuf_reserve(t->rb, 0);
		ct_recbuf_commit(t->rb, CT_BLOB_MEM, (unsigned int)t->arg, n < 0 ? n : 0,
				 true);
		return;
	}
	count = ct_pointer_at(head, 2);
	len = (size_t)count * 8;
	buf = ct_recbuf_reserve(t->rb, 8 + len);
	memcpy(buf, &count, 8);
	n = len ? ct_memory_read(t->task->tid, ct_pointer_at(head + width, width),
				 buf + 8, len)
		: 0;
	ct_recbuf_commit(t->rb, CT_BLOB_MEM, (unsigned int)t->arg, 8 + (n > 0 ? n : 0),
			 n < (ssize_t)len);
}

typedef void take_fn(const struct taking *t);

static take_fn *const at_entry[] = {
	[CT_TAKE_STR] = take_str,     [CT_TAKE_PATH] = take_path,
	[CT_TAKE_FD] = take_fd,       [CT_TAKE_PIDFD] = take_pidfd,
	[CT_TAKE_SOCKET] = take_fd,   [CT_TAKE_MOUNT_FD] = take_mount_fd,
	[CT_TAKE_MEM] = take_mem,     [CT_TAKE_SIZED] = take_sized,
	[CT_TAKE_ARRAY] = take_array, [CT_TAKE_STRV] = take_strv,
	[CT_TAKE_IOV] = take_iov,     [CT_TAKE_MSG] = take_msg,
	[CT_TAKE_BPF] = take_bpf,     [CT_TAKE_FPROG] = take_fprog,
};

static take_fn *const at_exit[] = {
	[CT_TAKE_MEM_OUT] = take_mem,
	[CT_TAKE_SIZED_OUT] = take_sized_out,
	[CT_TAKE_MSG_OUT] = take_msg_out,
	[CT_TAKE_FILLED] = take_filled,
};

static void take_all(struct ct_recbuf *rb, const struct ct_task *task,
		     take_fn *const *table, size_t n_table, int64_t ret)
{
	for (int i = 0; i < task->plan->n_args; i++) {
		struct taking t = { .rb = rb,
				    .task = task,
				    .arg = i,
				    .how = task->plan->arg[i],
				    .value = task->args[i],
				    .ret = ret };

		if (t.how.take < n_table && table[t.how.take])
			table[t.how.take](&t);
	}
}

void ct_capture_entry(struct ct_recbuf *rb, const struct ct_task *task)
{
	take_all(rb, task, at_entry, sizeof(at_entry) / sizeof(*at_entry), 0);
	ct_rights_capture(rb, task);
}

void ct_capture_exit(struct ct_recbuf *rb, const struct ct_task *task, int64_t ret)
{
	take_all(rb, task, at_exit, sizeof(at_exit) / sizeof(*at_exit), ret);
	if ((task->plan->flags & CT_PLAN_PEER) ||
	    ct_record_find(ct_recbuf_record(rb), CT_BLOB_PASSED, CT_BLOB_TASK))
		ct_peer_capture(rb, task->pid, (int)task->args[0]);
	if (task->plan->flags & CT_PLAN_MOUNT_FD)
		add_mount(rb, task, (int)ret, CT_BLOB_TASK);
}
