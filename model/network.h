/* SPDX-License-Identifier: MIT */
/* Networks: requests over netlink, their answers, and what they came to. */
#ifndef CTTRACE_MODEL_NETWORK_H
#define CTTRACE_MODEL_NETWORK_H

#include "rule.h"
#include "state.h"

/* Does it ask for a change? Then it is told; questions only teach names. */
bool network_changes(const struct ct_event_call *call);

void network_socket(struct feed *f);
void network_send(struct feed *f);
void network_receive(struct feed *f);
/* The namespace that the socket in the call's first argument works in; 0: not known. */
uint64_t network_asked(const struct feed *f);
/* What an ioctl(2) means that networks are made with; NULL: it is another one. */
const struct rule *network_for_ioctl(const struct feed *f);
const struct rule *network_for_bind(const struct feed *f);
/* A mount that may give a network namespace a name. */
void network_bound(const struct feed *f);
/* Who fills network namespaces and is nothing else has that for its role. */
void network_roles(struct model *m);
/* Makers, visitors and containers of each network namespace. */
void network_settle(struct model *m);

/* A network namespace has been made (-1: it is not known when): whatever had its number
 * before is gone. Valid until the next one is made. */
struct ct_network *network_made(struct model *m, uint64_t inode, int64_t made_ns);
/* The network of that inode now, made when it is new. Valid until the next one is made.
 */
struct ct_network *network_of(struct model *m, uint64_t inode);
/* The one that had that number at that time; NULL. */
struct ct_network *network_at(const struct model *m, uint64_t inode, int64_t t_ns);
/* The interface of that name, or of that index; NULL. */
struct ct_net_interface *network_interface(struct model *m, uint64_t net,
					   const char *name, int64_t index);
/* Does what a request that the kernel granted has asked for; `message` is one of its. */
void network_apply(struct model *m, const struct ct_net_request *request,
		   const struct ct_arg *message);
/* Which ports of the host lead into which network. */
void network_ports(struct model *m);
/* What the kernel calls the link that a request means by its number. */
void network_named(struct model *m, uint64_t net, const struct ct_arg *message);
/* What a link's description in an answer says about names. */
void network_learn(struct model *m, uint64_t net, const struct ct_arg *message);

/* The same, made when it is new. */
struct ct_net_interface *network_find_or_add(struct model *m, uint64_t net,
					     const char *name, int64_t index);
/* A request has changed it. */
void network_touch(struct ct_net_interface *it, const struct ct_net_request *r);
/* Texts, as they are shown: "10.88.0.5/16", "default via 10.88.0.1". */
void network_add_address(struct model *m, struct ct_net_interface *it, const char *text);
void network_remove_address(struct ct_net_interface *it, const char *text);
void network_add_route(struct model *m, uint64_t net, const char *text);
void network_remove_route(struct model *m, uint64_t net, const char *text);

/* "eth0" for an index, "interface 3" when it has no name. */
const char *network_name(struct model *m, uint64_t net, int64_t index);
/* The interface that an item of a message means, by its index or its name; "": none. */
const char *network_meant(struct model *m, uint64_t net, const struct ct_arg *message,
			  const char *index);
/* One message of a request in words. */
const char *network_words(struct model *m, uint64_t net, const struct ct_arg *message);
/* "default via 10.88.0.1 dev eth0", "10.88.0.5/16" */
const char *network_route(struct model *m, uint64_t net, const struct ct_arg *message);
const char *network_address(struct model *m, const struct ct_arg *message);

/* "eth0 10.88.0.5/16 on podman0": what was put into a namespace, as long as it was there;
 * "" when nothing was. `on` is the word before the bridge. */
const char *network_summary(struct model *m, const struct ct_container_ns *net,
			    const char *on);

/* Fields of a message: text, or a number; "" and 0 when they are not there. */
const char *network_text(const struct ct_arg *message, const char *name);
int64_t network_number(const struct ct_arg *message, const char *name);
/* The link at the other end of a pair; NULL. */
const struct ct_arg *network_peer(const struct ct_arg *message);
/* The name that a new link is to have; "veth%d" when the kernel is left to count. */
const char *network_new_name(struct model *m, const struct ct_arg *message);
/* What kind of link is to be made; "". */
const char *network_kind(const struct ct_arg *message);
/* The namespace that a link is put into; 0: none, or not known. */
uint64_t network_target(const struct ct_arg *message);

#endif
