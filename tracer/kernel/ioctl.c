/* SPDX-License-Identifier: MIT */
/*
 * Networks that are made with ioctl(2), as slirp4netns, BusyBox and runtimes do it that
 * know no netlink. The argument's size follows from the request, and what its bytes mean
 * from the socket's address family: netdevice(7), ipv6(7).
 */
#include "engine_internal.h"

#include "ioctl.h"
#include "memory.h"
#include "socket.h"

#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ARG_FD, ARG_REQUEST, ARG_POINTER };

static const struct ct_ioctl *request_of(const struct ct_task *task)
{
	if (task->plan->when != CT_WHEN_NETWORK)
		return NULL;
	return ct_ioctl_find(task->args[ARG_REQUEST]);
}

static void capture_struct(struct ct_recbuf *rb, const struct ct_task *task, size_t size)
{
	void *buf = ct_recbuf_reserve(rb, size);
	ssize_t n = ct_memory_read(task->tid, task->args[ARG_POINTER], buf, size);

	ct_recbuf_commit(rb, CT_BLOB_MEM, ARG_POINTER, n, false);
}

/* The name of the device that a route leads through. */
static void capture_device(struct ct_recbuf *rb, const struct ct_task *task)
{
	size_t width = ct_arch_pointer_size((enum ct_arch)task->arch);
	size_t offset = ct_ioctl_device_offset(task->args[ARG_REQUEST], width);
	uint64_t pointer = 0;
	ssize_t n;
	int cut;

	if (!offset ||
	    ct_memory_read(task->tid, task->args[ARG_POINTER] + offset, &pointer,
			   width) != (ssize_t)width ||
	    !pointer)
		return;
	n = ct_memory_read_string(task->tid, pointer, ct_recbuf_reserve(rb, IFNAMSIZ),
				  IFNAMSIZ, &cut);
	ct_recbuf_commit(rb, CT_BLOB_STR, ARG_POINTER, n, cut && n >= 0);
}

static void capture_socket(struct ct_recbuf *rb, const struct ct_task *task)
{
	int sock = ct_socket_copy(task, (int)task->args[ARG_FD]);
	int32_t family = sock < 0 ? -1 : ct_socket_number(sock, SO_DOMAIN);
	struct ct_blob_stat st;

	if (family >= 0)
		ct_recbuf_blob(rb, CT_BLOB_FAMILY, ARG_FD, &family, sizeof(family));
	if (family >= 0 && ct_socket_namespace(sock, &st))
		ct_recbuf_blob(rb, CT_BLOB_STAT, ARG_FD, &st, sizeof(st));
	if (sock >= 0)
		close(sock);
}

void ct_ioctl_capture(struct ct_recbuf *rb, const struct ct_task *task)
{
	const struct ct_ioctl *row = request_of(task);

	if (!row || !task->args[ARG_POINTER])
		return;
	capture_struct(rb, task, row->size);
	capture_socket(rb, task);
	/* only a route of IPv4 has a name; of IPv6 an index, and nothing at that place */
	if (ct_ioctl_device_offset(task->args[ARG_REQUEST], 8))
		capture_device(rb, task);
}

void ct_ioctl_filled(struct ct_recbuf *rb, const struct ct_task *task)
{
	const struct ct_ioctl *row = request_of(task);
	const struct ct_blob *blob;
	char bytes[UINT8_MAX];

	if (!row || !row->fills || row->size > sizeof(bytes))
		return;
	blob = ct_record_find(ct_recbuf_record(rb), CT_BLOB_MEM, ARG_POINTER);
	if (blob && ct_memory_read(task->tid, task->args[ARG_POINTER], bytes,
				   blob->len) == (ssize_t)blob->len)
		ct_recbuf_refill(rb, blob, bytes);
}
