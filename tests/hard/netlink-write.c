/* SPDX-License-Identifier: MIT */
/* A request over netlink that is written and whose answer is read, like those of a file;
 * with other writes to other sockets around it. */
#include "hard.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <sys/socket.h>

static void read_answer(int sock)
{
	char answer[4096];
	struct nlmsgerr error;

	MUST(read(sock, answer, sizeof(answer)));
	memcpy(&error, NLMSG_DATA(answer), sizeof(error));
	tell("the kernel", "says", error.error);
}

static void set_up(int sock, int interface)
{
	struct {
		struct nlmsghdr head;
		struct ifinfomsg link;
	} request = {
		{ sizeof(request), RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, 1, 0 },
		{ .ifi_index = interface, .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
	};

	MUST(write(sock, &request, sizeof(request)));
	read_answer(sock);
}

int main(void)
{
	int pair[2], sock;

	MUST(unshare(CLONE_NEWNET));
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	sock = (int)MUST(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	MUST(write(pair[0], "no request", 10));
	set_up(sock, 1);
	set_up(sock, 4711);
	MUST(write(pair[0], "no request", 10));
	return 0;
}
