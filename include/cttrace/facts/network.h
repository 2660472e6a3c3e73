/* SPDX-License-Identifier: MIT */
/* Network namespaces: their interfaces, addresses and routes, and who asked for them. */
#ifndef CTTRACE_FACTS_NETWORK_H
#define CTTRACE_FACTS_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a process asked the kernel's network part for, over netlink, by ioctl, or with
 * bind(2). Questions are left out. */
struct ct_net_request {
	int64_t t_ns;
	size_t event; /* index into facts[] */
	long answer;  /* the event in which the kernel's answer came; -1: none was seen */
	int process;
	uint64_t net;  /* namespace that the socket works in; 0: not known */
	bool by_ioctl; /* else over netlink; its result is the answer */
	int port; /* of a bind to a port of the Internet, whose result is the answer; else
		     0 */
	const char *protocol; /* of a bind: "tcp" */
	const char *address;  /* of a bind: "0.0.0.0" */
	const char *type;     /* "RTM_NEWLINK"; of an nftables batch the first of its own;
				 "SIOCSIFADDR" */
	const char *words;    /* "veth veth0 ⇄ eth0 → net 4026532289" */
	int error;            /* positive errno of the answer; 0 */
	const char *message;  /* what the kernel said beside it; "" */
};

/* An interface that was made, moved or changed. */
struct ct_net_interface {
	const char *name;
	const char *kind; /* "veth", "bridge"; "" when that was not seen */
	int index;        /* 0: not known */
	const char *peer; /* the other end of a pair, its name when it was made; "" */
	uint64_t peer_net;
	const char *master;     /* the bridge that it is a port of; "" */
	uint64_t from;          /* the namespace that it was moved from; 0: made here */
	const char **addresses; /* "10.88.0.5/16" */
	size_t n_addresses;
	const char *addressed; /* its name when it was given them; NULL: it never was */
	int64_t mtu;           /* 0: not set */
	bool up;
	bool changed; /* false: only its name was seen */
	bool removed;
	int by; /* process that made or first changed it; -1 */
};

/* One network namespace, and who had to do with it. */
struct ct_network {
	uint64_t inode;
	int older;        /* network that had the same number, and is gone; -1 */
	bool host;        /* the one that the trace began in */
	int made_by;      /* process; -1: it was there before, or that was not seen */
	int64_t made_ns;  /* -1 */
	const char *path; /* where it was bind-mounted; "" */
	int bound_by;     /* process; -1 */
	int *joined;      /* processes that entered it by setns, each once */
	size_t n_joined;
	int *containers;
	size_t n_containers;
	struct ct_net_interface *interfaces;
	size_t n_interfaces;
	const char **routes; /* "default via 10.88.0.1 dev eth0" */
	size_t n_routes;
	const char **ports; /* of the host, that lead in: "8080/tcp → 10.88.0.5:80";
			       ", through docker-proxy 42": who forwards them himself */
	size_t n_ports;
};

#endif
