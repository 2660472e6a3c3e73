/* SPDX-License-Identifier: MIT */
/* Descriptors are passed on, with flags and without; and a message takes credentials
 * along, which is no descriptor. */
#include "hard.h"

#include <fcntl.h>
#include <sys/socket.h>

union control {
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(struct ucred))];
};

static void send_with(int sock, int flags, union control *control, size_t len)
{
	char word[] = "take it";
	struct iovec part = { word, sizeof(word) };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = control,
				  .msg_controllen = len };

	tell("sent", "bytes", MUST(sendmsg(sock, &message, flags)));
}

static void pass(int sock, int flags, int fd)
{
	union control control = { { CMSG_LEN(sizeof(fd)), SOL_SOCKET, SCM_RIGHTS } };

	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	send_with(sock, flags, &control, CMSG_SPACE(sizeof(fd)));
}

static void say_who(int sock)
{
	struct ucred me = { getpid(), getuid(), getgid() };
	union control control = { { CMSG_LEN(sizeof(me)), SOL_SOCKET, SCM_CREDENTIALS } };

	memcpy(CMSG_DATA(&control.head), &me, sizeof(me));
	send_with(sock, 0, &control, CMSG_SPACE(sizeof(me)));
}

int main(void)
{
	int pair[2], zero = (int)MUST(open("/dev/zero", O_RDONLY));

	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	pass(pair[0], 0, zero);
	pass(pair[0], MSG_NOSIGNAL, zero);
	say_who(pair[0]);
	send_with(pair[0], 0, NULL, 0);
	return 0;
}
