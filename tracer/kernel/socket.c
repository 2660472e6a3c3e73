/* SPDX-License-Identifier: MIT */
/* Questions to a copy of a tracee's socket. */
#include "socket.h"

#include <linux/sockios.h>
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
