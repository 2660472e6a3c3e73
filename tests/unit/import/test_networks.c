/* SPDX-License-Identifier: MIT */
/* Which network namespace a request over netlink is for. */
#include "log.h"

#include "test.h"

#include <string.h>

/* A request on a socket; its answers do not matter here. */
#define REQUEST(fd, more)                                          \
	"sendto(" #fd ", [{nlmsg_len=40, nlmsg_type=RTM_SETLINK, " \
	"nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, nlmsg_pid=0}, "   \
	"{ifi_index=1, ifi_flags=IFF_UP, ifi_change=0x1}" more     \
	"], 40, 0, NULL, 0) = 40\n"
#define SOCKET "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n"
#define EXEC   "execve(\"/sbin/ip\", [\"ip\"], 0x1 /* 0 vars */) = 0\n"

/* The namespace of the n-th request; 0: it is not known, -1: there is no such request. */
static int64_t asked(const struct log *log, size_t n)
{
	for (size_t i = 0; i < log->trace->n_events; i++) {
		const struct ct_event *event = &log->trace->events[i];

		if (event->kind != CT_EVENT_CALL || strcmp(event->call.name, "sendto") ||
		    n--)
			continue;
		return event->call.args[0].ns_type == CT_NS_NET
			       ? (int64_t)event->call.args[0].ns_inode
			       : 0;
	}
	return -1;
}

static int64_t host(const struct log *log)
{
	return (int64_t)log->trace->header.host_ns[CT_NS_NET];
}

TEST(a_socket_stays_in_the_namespace_that_it_was_made_in)
{
	struct log log =
		log_of(EXEC SOCKET "unshare(CLONE_NEWNET) = 0\n" REQUEST(
			3, "") "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = "
			       "4\n" REQUEST(4, "") "dup2(3, 4) = 4\n" REQUEST(4, ""));

	CHECK(asked(&log, 0) > 0);
	CHECK_INT(asked(&log, 0), host(&log));
	CHECK(asked(&log, 1) > 0 && asked(&log, 1) != host(&log));
	CHECK_INT(asked(&log, 2), host(&log));
	log_free(&log);
}

TEST(a_number_that_is_told_late_counts_from_the_start)
{
	struct log log = log_of(EXEC "unshare(CLONE_NEWNET) = 0\n" SOCKET REQUEST(
		3, "") "openat(AT_FDCWD, \"/proc/self/ns/net\", O_RDONLY) = "
		       "4<net:[4026532249]>\n");

	CHECK_INT(asked(&log, 0), 4026532249);
	log_free(&log);
}

TEST(a_name_leads_to_the_namespace_that_is_bound_to_it)
{
	struct log log = log_of(
		EXEC
		"openat(AT_FDCWD, \"/proc/self/ns/net\", O_RDONLY) = 5\n"
		"unshare(CLONE_NEWNET) = 0\n"
		"socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 6\n" REQUEST(
			6,
			"") "mount(\"/proc/self/ns/net\", \"/run/netns/box\", 0x1, "
			    "MS_BIND, NULL) = 0\n"
			    "setns(5, CLONE_NEWNET) = 0\n" SOCKET REQUEST(
				    3,
				    "") "openat(AT_FDCWD, \"/run/netns/box\", O_RDONLY) "
					"= 7\n"
					"setns(7, CLONE_NEWNET) = 0\n" SOCKET REQUEST(
						3,
						"") "umount2(\"/run/netns/box\", "
						    "MNT_DETACH) = 0\n"
						    "openat(AT_FDCWD, "
						    "\"/run/netns/box\", O_RDONLY) = 8\n"
						    "setns(8, CLONE_NEWNET) = 0\n" SOCKET
							    REQUEST(3, ""));

	CHECK(asked(&log, 0) != host(&log));
	CHECK_INT(asked(&log, 1), host(&log));
	CHECK_INT(asked(&log, 2), asked(&log, 0));
	CHECK(asked(&log, 3) > 0 && asked(&log, 3) != asked(&log, 0) &&
	      asked(&log, 3) != host(&log));
	log_free(&log);
}

TEST(a_child_of_clone_begins_in_its_own_namespace)
{
	struct log log =
		log_of("7 " EXEC "7 clone(child_stack=NULL, "
		       "flags=CLONE_NEWNET|SIGCHLD) = 8\n"
		       "8 " SOCKET "8 " REQUEST(3, "") "7 " SOCKET "7 " REQUEST(
			       3, ", [{nla_len=8, nla_type=IFLA_NET_NS_PID}, 8]"));
	const struct ct_arg *message;
	const struct ct_event *event = NULL;

	CHECK(asked(&log, 0) > 0 && asked(&log, 0) != host(&log));
	CHECK_INT(asked(&log, 1), host(&log));
	for (size_t i = 0; i < log.trace->n_events; i++)
		if (log.trace->events[i].kind == CT_EVENT_CALL)
			event = &log.trace->events[i];
	message = &ct_call_arg(&event->call, "buf")->items[0];
	CHECK_STR(message->items[message->n_items - 1].name, "IFLA_NET_NS_PID");
	CHECK_INT(message->items[message->n_items - 1].ns_inode, asked(&log, 0));
	log_free(&log);
}

TEST(what_was_there_before_the_log_is_not_known)
{
	/* strace -p: where the task is, nothing says */
	struct log log = log_of("7 getpid() = 7\n7 " SOCKET "7 " REQUEST(
		3, "") "7 setns(9, CLONE_NEWNET) = 0\n7 " SOCKET
		       "7 " REQUEST(3,
				    "") "7 setns(9<net:[4026532249]>, CLONE_NEWNET) = 0\n"
					"7 " SOCKET "7 " REQUEST(3, ""));

	CHECK_INT(asked(&log, 0), 0);
	CHECK_INT(asked(&log, 1), 0);
	CHECK_INT(asked(&log, 2), 4026532249);
	log_free(&log);
}

TEST(a_log_without_netlink_has_no_made_up_numbers)
{
	struct log log = log_of(EXEC "unshare(CLONE_NEWNET) = 0\n");

	CHECK_INT(host(&log), 0);
	for (size_t i = 0; i < log.trace->n_events; i++)
		CHECK(!log.trace->events[i].state);
	log_free(&log);
}
