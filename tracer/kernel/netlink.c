/* SPDX-License-Identifier: MIT */
/*
 * Netlink sockets. Which protocol one speaks is asked of the kernel, not remembered: it
 * may be inherited, received, or older than the trace, and its network namespace may be
 * one that the task has left long ago, so no file of /proc lists it.
 */
#include "engine_internal.h"

#include "capture.h"
#include "netlink.h"
#include "procfs.h"
#include "socket.h"

#include <linux/netlink.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Calls between a request and the next one, and between a batch and its answer. */
#define REQUEST_STOPS 32
#define ANSWER_STOPS  4

int ct_netlink_protocol(const struct ct_task *task, int fd)
{
	int sock = ct_socket_copy(task, fd), protocol = -1;

	if (sock >= 0 && ct_socket_number(sock, SO_DOMAIN) == AF_NETLINK)
		protocol = ct_socket_number(sock, SO_PROTOCOL);
	if (sock >= 0)
		close(sock);
	return protocol;
}

bool ct_netlink_wants(struct ct_task *task)
{
	task->netlink = ct_netlink_protocol(task, (int)task->args[0]);
	return task->netlink >= 0;
}

static struct ct_netlink_bytes bytes_of(struct ct_recbuf *rb, enum ct_blob_kind kind)
{
	const struct ct_blob *blob = ct_record_find(ct_recbuf_record(rb), kind, 1);

	return ct_netlink_bytes_of(blob ? ct_blob_bytes(blob) : NULL,
				   blob ? blob->len : 0);
}

/*
 * iptables asks ten things for each rule that it makes. That changes nothing, and
 * whatever the kernel says to it waits in the socket when the call returns.
 */
void ct_netlink_follow(const struct ct_engine *engine, struct ct_task *task)
{
	int stops = task->netlink == NETLINK_ROUTE ? REQUEST_STOPS : ANSWER_STOPS;
	struct ct_netlink_bytes sent;

	if (task->netlink < 0)
		return;
	sent = bytes_of(&task->rec, CT_BLOB_MEM);
	/* sendto(2), and nothing of it was left out */
	task->asks = task->netlink == NETLINK_NETFILTER &&
		     !ct_engine_sees_all(engine, task) &&
		     ct_netlink_len(sent) == task->args[2] && ct_netlink_only_asks(sent);
	if (!task->asks)
		ct_window_renew(task, (int)task->args[0], stops);
}

bool ct_netlink_was_told(struct ct_task *task)
{
	return task->asks && !ct_netlink_refuses(bytes_of(&task->rec, CT_BLOB_ANSWER));
}

/* The network namespace of a process; a pid of another pid namespace is not ours. */
static bool namespace_of_process(const struct ct_task *task, pid_t pid,
				 struct ct_blob_stat *out)
{
	if (ct_procfs_namespace(task->tid, CT_NS_PID) !=
	    ct_procfs_namespace(getpid(), CT_NS_PID))
		return false;
	*out = (struct ct_blob_stat){ .ino = ct_procfs_namespace(pid, CT_NS_NET),
				      .ns_type = CT_NS_NET + 1 };
	return out->ino != 0;
}

/* A number says little to people, and who lets the kernel choose a name (veth0) may never
 * ask for it. Any socket may ask: netdevice(7). */
static void capture_interface(struct ct_recbuf *rb, int sock, const struct ct_blob *sent)
{
	struct ifreq request = { .ifr_ifindex = 0 };

	if (sent)
		request.ifr_ifindex = ct_netlink_interface(
			ct_netlink_bytes_of(ct_blob_bytes(sent), sent->len));
	if (request.ifr_ifindex > 0 && !ioctl(sock, SIOCGIFNAME, &request))
		ct_recbuf_blob(rb, CT_BLOB_INTERFACE, 1, request.ifr_name,
			       strnlen(request.ifr_name, IFNAMSIZ));
}

/* What the socket says of its network: which it is, and of an interface there. */
static void capture_network(struct ct_recbuf *rb, const struct ct_task *task,
			    int32_t protocol)
{
	int sock = ct_socket_copy(task, (int)task->args[0]);
	struct ct_blob_stat st;

	if (sock < 0)
		return;
	if (ct_socket_namespace(sock, &st))
		ct_recbuf_blob(rb, CT_BLOB_STAT, 0, &st, sizeof(st));
	if (protocol == NETLINK_ROUTE)
		capture_interface(rb, sock,
				  ct_record_find(ct_recbuf_record(rb), CT_BLOB_MEM, 1));
	close(sock);
}

/*
 * The kernel answers within the call that asks, but any thread may be the one that reads:
 * often one that runs on its filter and does not stop. So the answer is looked at where
 * it waits. Not where an error of the socket waits, too: that would be taken away. And
 * with a short buffer: the kernel remembers the longest one, and makes its messages as
 * long.
 */
void ct_netlink_answered(struct ct_recbuf *rb, const struct ct_task *task)
{
	const struct ct_blob *sent = ct_record_find(ct_recbuf_record(rb), CT_BLOB_MEM, 1);
	struct pollfd ready = { .fd = -1, .events = POLLIN };
	char answer[1024];
	ssize_t n = 0;

	if (task->netlink < 0 || !sent)
		return;
	ready.fd = ct_socket_copy(task, (int)task->args[0]);
	if (ready.fd >= 0 && poll(&ready, 1, 0) == 1 && !(ready.revents & POLLERR))
		n = recv(ready.fd, answer, sizeof(answer), MSG_PEEK | MSG_DONTWAIT);
	if (n > 0 &&
	    ct_netlink_acknowledges(ct_netlink_bytes_of(ct_blob_bytes(sent), sent->len),
				    ct_netlink_bytes_of(answer, (size_t)n)))
		ct_recbuf_blob(rb, CT_BLOB_ANSWER, 1, answer, (size_t)n);
	if (ready.fd >= 0)
		close(ready.fd);
}

void ct_netlink_capture(struct ct_recbuf *rb, const struct ct_task *task)
{
	const struct ct_blob *bytes;
	struct ct_netlink_target target;
	struct ct_blob_stat st;
	int32_t protocol = task->netlink;

	if (!(task->plan->flags & (CT_PLAN_TALK | CT_PLAN_WRITE)) || protocol < 0)
		return;
	ct_recbuf_blob(rb, CT_BLOB_NETLINK, 1, &protocol, sizeof(protocol));
	capture_network(rb, task, protocol);
	bytes = ct_record_find(ct_recbuf_record(rb), CT_BLOB_MEM, 1);
	if (!bytes || protocol != NETLINK_ROUTE ||
	    !ct_netlink_target(ct_blob_bytes(bytes), bytes->len, &target))
		return;
	if (target.by_pid ? namespace_of_process(task, target.number, &st)
			  : !ct_procfs_fd_stat(task->tid, target.number, &st))
		ct_recbuf_blob(rb, CT_BLOB_STAT, 1, &st, sizeof(st));
}
