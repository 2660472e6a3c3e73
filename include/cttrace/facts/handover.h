/* SPDX-License-Identifier: MIT */
/* What one process prepared or sent, and another one got. */
#ifndef CTTRACE_FACTS_HANDOVER_H
#define CTTRACE_FACTS_HANDOVER_H

#include <stddef.h>
#include <stdint.h>

/* What one process prepared or sent, and another one got. */
enum ct_handover_kind {
	CT_HANDOVER_FORK,      /* a process, from its creator */
	CT_HANDOVER_NAMESPACE, /* made by one, joined by the other */
	CT_HANDOVER_CGROUP,    /* moved there */
	CT_HANDOVER_MESSAGE,   /* bytes through a pipe or a pair of sockets */
	CT_HANDOVER_FIFO,      /* opened by one: the other, who waits at it, goes on */
	CT_HANDOVER_CONSOLE,   /* the container's terminal, through a socket */
	CT_HANDOVER_KINDS,
};
const char *ct_handover_kind_name(enum ct_handover_kind kind); /* "fork", … */

struct ct_handover {
	enum ct_handover_kind kind;
	int from, to; /* processes, never the same */
	int64_t from_ns, to_ns;
	long from_event;   /* index into facts[]: where it was made; -1: by `event` */
	size_t event;      /* index into facts[]: what handed it over */
	const char *label; /* "net", "procReady", "exec.fifo"; bytes of the traced
			      programs; "" */
};

#endif
