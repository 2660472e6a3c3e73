/* SPDX-License-Identifier: MIT */
/* Questions to a copy of a tracee's socket. */
#include "socket.h"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int ct_socket_copy(const struct ct_task *task, int fd)
{
	int process = fd < 0 ? -1 : pidfd_open(task->pid, 0);
	int copy = process < 0 ? -1 : pidfd_getfd(process, fd, 0);

	if (process >= 0)
		close(process);
	return copy;
}

int ct_socket_number(int sock, int option)
{
	int value = -1;
	socklen_t len = sizeof(value);

	return getsockopt(sock, SOL_SOCKET, option, &value, &len) ? -1 : value;
}

bool ct_socket_namespace(int sock, struct ct_blob_stat *out)
{
	int net = ioctl(sock, SIOCGSKNS);
	struct stat st;
	bool ok = net >= 0 && !fstat(net, &st);

	if (ok)
		*out = (struct ct_blob_stat){ .dev = st.st_dev,
					      .ino = st.st_ino,
					      .mode = st.st_mode,
					      .ns_type = CT_NS_NET + 1 };
	if (net >= 0)
		close(net);
	return ok;
}

static const char *protocol_name(int sock)
{
	static const struct {
		int number;
		const char *name;
	} rows[] = {
		{ IPPROTO_TCP, "TCP" },     { IPPROTO_UDP, "UDP" },
		{ IPPROTO_SCTP, "SCTP" },   { IPPROTO_UDPLITE, "UDPLITE" },
		{ IPPROTO_MPTCP, "MPTCP" },
	};
	int domain = ct_socket_number(sock, SO_DOMAIN);
	int protocol = ct_socket_number(sock, SO_PROTOCOL);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((domain == AF_INET || domain == AF_INET6) &&
		    rows[i].number == protocol)
			return rows[i].name;
	return NULL;
}

bool ct_socket_capture(struct ct_recbuf *rb, const struct ct_task *task, int arg)
{
	int sock = ct_socket_copy(task, (int)task->args[arg]);
	const char *name = sock < 0 ? NULL : protocol_name(sock);
	struct ct_blob_stat net;
	struct stat st;
	bool ok = name && !fstat(sock, &st);
	char link[64];

	if (ok) {
		int n = snprintf(link, sizeof(link), "%s:[%llu]", name,
				 (unsigned long long)st.st_ino);

		ct_recbuf_blob(rb, CT_BLOB_LINK, (unsigned int)arg, link, (size_t)n);
		if (ct_socket_namespace(sock, &net))
			ct_recbuf_blob(rb, CT_BLOB_STAT, (unsigned int)arg, &net,
				       sizeof(net));
	}
	if (sock >= 0)
		close(sock);
	return ok;
}
