/* SPDX-License-Identifier: MIT */
/*
 * The name of a socket says nothing about who listens there: in a container it is where
 * somebody has mounted it. The kernel is asked, by a copy of the descriptor.
 */
#include "peer.h"

#include "procfs.h"

#include <limits.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* pid 0: nobody, or somebody in a pid namespace that is not ours. */
static struct ucred ask(pid_t pid, int fd)
{
	int process = fd < 0 ? -1 : pidfd_open(pid, 0), domain = -1;
	int sock = process < 0 ? -1 : pidfd_getfd(process, fd, 0);
	struct ucred peer = { .pid = 0 };
	socklen_t len = sizeof(domain);

	if (sock >= 0 && !getsockopt(sock, SOL_SOCKET, SO_DOMAIN, &domain, &len) &&
	    domain == AF_UNIX) {
		len = sizeof(peer);
		if (getsockopt(sock, SOL_SOCKET, SO_PEERCRED, &peer, &len))
			peer.pid = 0;
	}
	if (sock >= 0)
		close(sock);
	if (process >= 0)
		close(process);
	return peer;
}

void ct_peer_capture(struct ct_recbuf *rb, pid_t pid, int fd)
{
	struct ucred peer = ask(pid, fd);
	struct ct_blob_peer head = { peer.pid, peer.uid, peer.gid };
	char *bytes;
	ssize_t n;

	if (peer.pid <= 0)
		return;
	bytes = ct_recbuf_reserve(rb, sizeof(head) + PATH_MAX);
	memcpy(bytes, &head, sizeof(head));
	n = ct_procfs_link(peer.pid, "exe", bytes + sizeof(head), PATH_MAX);
	ct_recbuf_commit(rb, CT_BLOB_PEER, CT_BLOB_TASK,
			 (ssize_t)sizeof(head) + (n > 0 ? n : 0), false);
}
