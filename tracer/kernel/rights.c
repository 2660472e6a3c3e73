/* SPDX-License-Identifier: MIT */
/* Descriptors that a task sends along with a message. */
#include "rights.h"

#include "control.h"
#include "gather.h"
#include "memory.h"
#include "procfs.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* The kernel takes no more at a time than 253 (SCM_MAX_FD); runtimes send one to three.
 */
enum { DESCRIPTORS_MAX = 16, CONTROL_MAX = 256 };

struct control {
	char bytes[CONTROL_MAX];
	size_t len, width; /* of a pointer, and so of its lengths and gaps */
};

static bool read_control(const struct ct_task *task, struct control *c)
{
	char head[6 * 8]; /* struct msghdr up to msg_controllen */
	uint64_t addr, len;
	ssize_t n;

	c->width = ct_arch_pointer_size((enum ct_arch)task->arch);
	if (task->plan->arg[1].take != CT_TAKE_MSG || !task->args[1])
		return false;
	n = ct_memory_read(task->tid, task->args[1], head, 6 * c->width);
	if (n < (ssize_t)(6 * c->width))
		return false;
	addr = ct_pointer_at(head + 4 * c->width, c->width);
	len = ct_pointer_at(head + 5 * c->width, c->width);
	if (!addr || !len)
		return false;
	n = ct_memory_read(task->tid, addr, c->bytes,
			   len < CONTROL_MAX ? (size_t)len : CONTROL_MAX);
	c->len = n > 0 ? (size_t)n : 0;
	return c->len > 0;
}

static size_t find_descriptors(const struct control *c, int fds[DESCRIPTORS_MAX])
{
	return ct_control_descriptors(c->bytes, c->len, c->width, fds, DESCRIPTORS_MAX);
}

bool ct_rights_sent(const struct ct_task *task)
{
	int fds[DESCRIPTORS_MAX];
	struct control c;

	return read_control(task, &c) && find_descriptors(&c, fds);
}

/* "/dev/net/tun"; of a pidfd its fdinfo says whose it is. */
static size_t name_descriptor(const struct ct_task *task, int fd, char *name, size_t max)
{
	int64_t pid;
	ssize_t n = ct_procfs_fd_link(task->tid, fd, name, max);

	if (n == (ssize_t)strlen("anon_inode:[pidfd]") &&
	    !memcmp(name, "anon_inode:[pidfd]", (size_t)n)) {
		pid = ct_procfs_fd_number(task->tid, fd, "Pid", 10);
		if (pid > 0)
			n = snprintf(name, max, "pidfd:[%lld]", (long long)pid);
	}
	return n > 0 ? (size_t)n : 0;
}

void ct_rights_capture(struct ct_recbuf *rb, const struct ct_task *task)
{
	int fds[DESCRIPTORS_MAX];
	struct control c;
	size_t n, len = 0;
	char *names;

	n = read_control(task, &c) ? find_descriptors(&c, fds) : 0;
	if (!n)
		return;
	names = ct_recbuf_reserve(rb, n * (PATH_MAX + 1));
	for (size_t i = 0; i < n; i++) {
		len += name_descriptor(task, fds[i], names + len, PATH_MAX);
		names[len++] = '\0';
	}
	ct_recbuf_commit(rb, CT_BLOB_PASSED, CT_BLOB_TASK, (ssize_t)len, false);
}
