/* SPDX-License-Identifier: MIT */
/* nf_tables is asked what there is, as iptables does: one thing that is there, one that
 * is not; then it is told to make a table. */
#include "hard.h"

#include <arpa/inet.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <sched.h>
#include <sys/socket.h>

struct message {
	struct nlmsghdr head;
	struct nfgenmsg gen;
	struct nlattr name;
	char value[4];
};

static struct message message_of(int type, int flags)
{
	return (struct message){
		.head = { .nlmsg_len = sizeof(struct message),
			  .nlmsg_type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type),
			  .nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags),
			  .nlmsg_seq = 7 },
		.gen = { .nfgen_family = AF_INET },
		.name = { sizeof(struct nlattr) + 4, NFTA_TABLE_NAME },
		.value = "box",
	};
}

static void hear(const char *what, int sock)
{
	char answer[4096];
	struct nlmsgerr error;
	ssize_t n = MUST(recv(sock, answer, sizeof(answer), 0));

	memcpy(&error, NLMSG_DATA(answer), sizeof(error));
	if (n > 0 && ((struct nlmsghdr *)(void *)answer)->nlmsg_type == NLMSG_ERROR)
		tell(what, "is answered", error.error);
	else
		tell(what, "is there", 0);
}

static void ask(const char *what, int sock, struct message message, size_t len)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	message.head.nlmsg_len = (uint32_t)len;
	MUST(sendto(sock, &message, len, 0, (struct sockaddr *)&kernel, sizeof(kernel)));
	hear(what, sock);
}

static void make_table(int sock)
{
	struct {
		struct nlmsghdr head;
		struct nfgenmsg gen;
	} begin = {
		{ sizeof(begin), NFNL_MSG_BATCH_BEGIN, NLM_F_REQUEST, 1, 0 },
		{ AF_UNSPEC, 0, htons(NFNL_SUBSYS_NFTABLES) },
	}, end = begin;
	struct message table = message_of(NFT_MSG_NEWTABLE, NLM_F_CREATE | NLM_F_ACK);
	struct iovec parts[] = { { &begin, sizeof(begin) },
				 { &table, sizeof(table) },
				 { &end, sizeof(end) } };
	struct msghdr all = { .msg_iov = parts, .msg_iovlen = 3 };

	end.head.nlmsg_type = NFNL_MSG_BATCH_END;
	MUST(sendmsg(sock, &all, 0));
	hear("a new table", sock);
}

int main(void)
{
	int sock;

	MUST(unshare(CLONE_NEWNET));
	sock = (int)MUST(socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER));
	ask("the generation", sock, message_of(NFT_MSG_GETGEN, 0),
	    sizeof(struct nlmsghdr) + sizeof(struct nfgenmsg));
	ask("a table that is not", sock, message_of(NFT_MSG_GETTABLE, 0),
	    sizeof(struct message));
	make_table(sock);
	ask("that table", sock, message_of(NFT_MSG_GETTABLE, 0), sizeof(struct message));
	return 0;
}
