/* SPDX-License-Identifier: MIT */
/* Messages and attributes, one by one: netlink(7), rtnetlink(7). */
#include "netlink.h"

#include <linux/if_link.h>
#include <linux/net_namespace.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <stddef.h>
#include <string.h>

void ct_netlink_skip(struct ct_netlink_bytes *bytes, size_t len)
{
	bytes->at += len < ct_netlink_len(*bytes) ? len : ct_netlink_len(*bytes);
}

static struct ct_netlink_bytes first(struct ct_netlink_bytes bytes, size_t len)
{
	if (len < ct_netlink_len(bytes))
		bytes.end = bytes.at + len;
	return bytes;
}

bool ct_netlink_next(struct ct_netlink_bytes *rest, struct ct_netlink_message *message)
{
	struct nlmsghdr head;

	if (ct_netlink_len(*rest) < sizeof(head))
		return false;
	memcpy(&head, rest->at, sizeof(head));
	if (head.nlmsg_len < sizeof(head))
		return false;
	*message = (struct ct_netlink_message){ .type = head.nlmsg_type,
						.flags = head.nlmsg_flags,
						.seq = head.nlmsg_seq,
						.port = head.nlmsg_pid };
	message->cut = head.nlmsg_len > ct_netlink_len(*rest);
	message->body = first(*rest, head.nlmsg_len);
	ct_netlink_skip(&message->body, sizeof(head));
	ct_netlink_skip(rest, ((size_t)head.nlmsg_len + NLMSG_ALIGNTO - 1) &
				      ~(size_t)(NLMSG_ALIGNTO - 1));
	return true;
}

bool ct_netlink_attr(struct ct_netlink_bytes *rest, struct ct_netlink_attr *attr)
{
	struct nlattr head;

	if (ct_netlink_len(*rest) < sizeof(head))
		return false;
	memcpy(&head, rest->at, sizeof(head));
	if (head.nla_len < sizeof(head))
		return false;
	attr->type = head.nla_type & NLA_TYPE_MASK;
	attr->body = first(*rest, head.nla_len);
	ct_netlink_skip(&attr->body, sizeof(head));
	ct_netlink_skip(rest, NLA_ALIGN(head.nla_len));
	return true;
}

bool ct_netlink_acknowledges(struct ct_netlink_bytes sent, struct ct_netlink_bytes read)
{
	struct ct_netlink_message answer, request;

	if (!ct_netlink_next(&read, &answer) || answer.type != NLMSG_ERROR)
		return false;
	while (ct_netlink_next(&sent, &request))
		if (request.seq == answer.seq)
			return true;
	return false;
}

#define ASKS(subsystem, message) (NFNL_SUBSYS_##subsystem << 8 | (message))

const uint16_t ct_netlink_questions[CT_NETLINK_QUESTIONS] = {
	ASKS(NFTABLES, NFT_MSG_GETTABLE),
	ASKS(NFTABLES, NFT_MSG_GETCHAIN),
	ASKS(NFTABLES, NFT_MSG_GETRULE),
	ASKS(NFTABLES, NFT_MSG_GETSET),
	ASKS(NFTABLES, NFT_MSG_GETSETELEM),
	ASKS(NFTABLES, NFT_MSG_GETGEN),
	ASKS(NFTABLES, NFT_MSG_GETOBJ),
	ASKS(NFTABLES, NFT_MSG_GETFLOWTABLE),
	/* "is there such an extension?" is the only thing that its compatibility knows */
	ASKS(NFT_COMPAT, NFNL_MSG_COMPAT_GET),
};

static bool is_question(uint16_t type)
{
	for (size_t i = 0; i < CT_NETLINK_QUESTIONS; i++)
		if (type == ct_netlink_questions[i])
			return true;
	return false;
}

bool ct_netlink_only_asks(struct ct_netlink_bytes messages)
{
	struct ct_netlink_message message;
	bool asks = false;

	while (ct_netlink_next(&messages, &message)) {
		asks = is_question(message.type);
		if (!asks)
			break;
	}
	return asks;
}

bool ct_netlink_refuses(struct ct_netlink_bytes read)
{
	struct ct_netlink_message answer;
	int32_t error = 0;

	if (!ct_netlink_next(&read, &answer) || answer.type != NLMSG_ERROR ||
	    ct_netlink_len(answer.body) < sizeof(error))
		return false;
	memcpy(&error, answer.body.at, sizeof(error));
	return error != 0;
}

int32_t ct_netlink_interface(struct ct_netlink_bytes messages)
{
	/* struct ifinfomsg and struct ifaddrmsg have it in the same place */
	enum { AT = offsetof(struct ifinfomsg, ifi_index) };
	struct ct_netlink_message message;
	int32_t index;

	_Static_assert(offsetof(struct ifaddrmsg, ifa_index) == AT, "not the same place");
	if (!ct_netlink_next(&messages, &message) || message.type < RTM_NEWLINK ||
	    message.type > RTM_GETADDR ||
	    ct_netlink_len(message.body) < AT + sizeof(index))
		return 0;
	memcpy(&index, message.body.at + AT, sizeof(index));
	return index;
}

static bool find(struct ct_netlink_bytes rest, uint16_t type,
		 struct ct_netlink_bytes *body)
{
	struct ct_netlink_attr attr;

	while (ct_netlink_attr(&rest, &attr))
		if (attr.type == type) {
			*body = attr.body;
			return true;
		}
	return false;
}

static bool number_of(struct ct_netlink_bytes attributes, uint16_t type, bool by_pid,
		      struct ct_netlink_target *target)
{
	struct ct_netlink_bytes body;

	if (!find(attributes, type, &body) ||
	    ct_netlink_len(body) < sizeof(target->number))
		return false;
	memcpy(&target->number, body.at, sizeof(target->number));
	target->by_pid = by_pid;
	return true;
}

static bool target_of_link(struct ct_netlink_bytes attributes,
			   struct ct_netlink_target *target)
{
	return number_of(attributes, IFLA_NET_NS_FD, false, target) ||
	       number_of(attributes, IFLA_NET_NS_PID, true, target);
}

/* The other end of a pair may be put somewhere else at once. */
static bool target_of_peer(struct ct_netlink_bytes attributes,
			   struct ct_netlink_target *target)
{
	struct ct_netlink_bytes body;

	if (!find(attributes, IFLA_LINKINFO, &body) ||
	    !find(body, IFLA_INFO_DATA, &body) || !find(body, VETH_INFO_PEER, &body))
		return false;
	ct_netlink_skip(&body, sizeof(struct ifinfomsg));
	return target_of_link(body, target);
}

static bool target_of_nsid(struct ct_netlink_bytes attributes,
			   struct ct_netlink_target *target)
{
	return number_of(attributes, NETNSA_FD, false, target) ||
	       number_of(attributes, NETNSA_PID, true, target);
}

bool ct_netlink_target(const void *bytes, size_t len, struct ct_netlink_target *target)
{
	struct ct_netlink_bytes rest = ct_netlink_bytes_of(bytes, len), body;
	struct ct_netlink_message message;

	while (ct_netlink_next(&rest, &message)) {
		body = message.body;
		if (message.type == RTM_NEWLINK || message.type == RTM_SETLINK) {
			ct_netlink_skip(&body, sizeof(struct ifinfomsg));
			if (target_of_link(body, target) || target_of_peer(body, target))
				return true;
		} else if (message.type == RTM_NEWNSID || message.type == RTM_GETNSID) {
			ct_netlink_skip(&body, NLMSG_ALIGN(sizeof(struct rtgenmsg)));
			if (target_of_nsid(body, target))
				return true;
		}
	}
	return false;
}
