/* SPDX-License-Identifier: MIT */
/*
 * The framing of netlink: messages, and attributes within them. Pure and bounded: the
 * bytes are a tracee's. Numbers are in the byte order of the host, as netlink has them.
 */
#ifndef CTTRACE_RECORD_NETLINK_H
#define CTTRACE_RECORD_NETLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The unread rest of some bytes. */
struct ct_netlink_bytes {
	const unsigned char *at, *end;
};

static inline struct ct_netlink_bytes ct_netlink_bytes_of(const void *bytes, size_t len)
{
	return (struct ct_netlink_bytes){ bytes, (const unsigned char *)bytes + len };
}

static inline size_t ct_netlink_len(struct ct_netlink_bytes bytes)
{
	return (size_t)(bytes.end - bytes.at);
}

/* Drops that many bytes, or what there is. */
void ct_netlink_skip(struct ct_netlink_bytes *bytes, size_t len);

struct ct_netlink_message {
	uint16_t type, flags;
	uint32_t seq, port;
	struct ct_netlink_bytes body; /* what is there of it */
	bool cut;                     /* it has more bytes than are there */
};

struct ct_netlink_attr {
	uint16_t type; /* without the bits for "nested" and "network byte order" */
	struct ct_netlink_bytes body;
};

/* Takes the next message off, or attribute; false at the end, and at what is none. */
bool ct_netlink_next(struct ct_netlink_bytes *rest, struct ct_netlink_message *message);
bool ct_netlink_attr(struct ct_netlink_bytes *rest, struct ct_netlink_attr *attr);

/* Is what is read first the kernel's acknowledgement of one of those messages? */
bool ct_netlink_acknowledges(struct ct_netlink_bytes sent, struct ct_netlink_bytes read);

/* The types of the messages to nf_tables that only ask what is there. */
#define CT_NETLINK_QUESTIONS 9
extern const uint16_t ct_netlink_questions[CT_NETLINK_QUESTIONS];

/* Are all of these messages such? */
bool ct_netlink_only_asks(struct ct_netlink_bytes messages);

/* Is what is read first an error? */
bool ct_netlink_refuses(struct ct_netlink_bytes read);

/* The number of the interface that the first message is about, of those for links and
 * addresses; 0: it has none. */
int32_t ct_netlink_interface(struct ct_netlink_bytes messages);

/* Which network namespace a request of NETLINK_ROUTE is about, besides the socket's. */
struct ct_netlink_target {
	bool by_pid;    /* else by a descriptor */
	int32_t number; /* of the sender: only while it stands still that says something
			 */
};

/* The first one that is named in the messages; false: none is. */
bool ct_netlink_target(const void *bytes, size_t len, struct ct_netlink_target *target);

#endif
