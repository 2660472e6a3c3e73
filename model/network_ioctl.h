/* SPDX-License-Identifier: MIT */
/* A request by ioctl(2) that makes networks, while it is being understood. */
#ifndef CTTRACE_MODEL_NETWORK_IOCTL_H
#define CTTRACE_MODEL_NETWORK_IOCTL_H

#include "cttrace/strbuf.h"
#include "network.h"

struct asking {
	struct model *m;
	const struct ct_arg *what; /* the struct that it points to */
	uint64_t net;
	const char *name; /* of the interface that it is about */
};

/* IPv6 has structs of its own, with an index for the interface. */
bool asking_ipv6(const struct asking *a);
/* The address in a field that is a struct sockaddr; "" */
const char *asking_address(const struct asking *a, const char *field);
/* "fd00::1/64" */
const char *asking_ipv6_address(const struct asking *a);
/* Ones at the front of the mask in a field. */
int asking_prefix(const struct asking *a, const char *field);
/* As the kernel lists it: "10.1.0.0/16 via 10.0.2.2 dev tap0" */
const char *asking_route(const struct asking *a);
/* "tap" or "tun" */
const char *asking_tun_kind(const struct asking *a);

/* In words, as ip(8) would be told to do the same. */
typedef void say_fn(const struct asking *a, struct ct_strbuf *sb);
say_fn say_address, say_address_removed, say_mask, say_flags, say_mtu;
say_fn say_name, say_tun, say_bridge, say_bridge_removed;
say_fn say_port, say_port_removed, say_route, say_route_removed;

#endif
