/* SPDX-License-Identifier: MIT */
/* Who takes what comes to a port into another network namespace, himself. */
#ifndef CTTRACE_MODEL_NETWORK_FORWARD_H
#define CTTRACE_MODEL_NETWORK_FORWARD_H

#include "network.h"

/* Where a port leads to. */
struct forward_target {
	uint64_t net;        /* 0: nobody forwards it */
	const char *address; /* "10.0.2.100"; "": not known */
	int port;            /* 0: not known */
};

/* Of somebody who listens: what is known of where he takes it. */
struct forward_target network_forward(struct model *m, const struct ct_net_request *r);
/* The network that has this address, "10.88.0.5" of "10.88.0.5:80", and is not the
 * host's; NULL. */
struct ct_network *network_with_address(struct model *m, const char *address);

#endif
