/* SPDX-License-Identifier: MIT */
/* The conditions of key calls, one row each. */
#include "condition.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>

#define ALL         0xffffffffu
#define REQUEST_MAX 1024u
#define SOCK_TYPE   0xfu /* without SOCK_CLOEXEC and SOCK_NONBLOCK */
#define EQ(n, m, v)                                   \
	{                                             \
		.arg = (n), .mask = (m), .value = (v) \
	}
#define NOT(n, v)                                         \
	{                                                 \
		.arg = (n), .value = (v), .negated = true \
	}
#define ONE(test1)                              \
	{                                       \
		.test = { test1 }, .n_tests = 1 \
	}
#define BOTH(test1, test2)                             \
	{                                              \
		.test = { test1, test2 }, .n_tests = 2 \
	}

/* O_RDWR|O_CREAT is left out: it is the lock files of containers/storage, hundreds a run,
 * while files of /proc and cgroups always exist already. */
#define WRITE_OPEN(n)                                                        \
	{                                                                    \
		ONE(EQ(n, O_ACCMODE | O_CREAT, O_WRONLY)),                   \
			ONE(EQ(n, O_ACCMODE | O_CREAT, O_WRONLY | O_CREAT)), \
			ONE(EQ(n, O_ACCMODE | O_CREAT, O_RDWR)),             \
	}
#define BIT(n, b) ONE(EQ(n, (uint32_t)(b), (uint32_t)(b)))

#define TOLD(test1)                                            \
	{                                                      \
		.test = { test1 }, .n_tests = 1, .told = true, \
	}

static const struct ct_alternative open_writes[] = WRITE_OPEN(1);
static const struct ct_alternative openat_writes[] = WRITE_OPEN(2);

static const struct ct_alternative new_task[] = {
	BIT(0, CLONE_NEWNS),  BIT(0, CLONE_NEWCGROUP), BIT(0, CLONE_NEWUTS),
	BIT(0, CLONE_NEWIPC), BIT(0, CLONE_NEWUSER),   BIT(0, CLONE_NEWPID),
	BIT(0, CLONE_NEWNET), BIT(0, CLONE_UNTRACED),  BIT(0, CLONE_PTRACE),
};

/* What ip(8), nft(8) and libnl do; D-Bus, X and most servers pass MSG_NOSIGNAL. */
static const struct ct_alternative no_flags[] = { ONE(EQ(2, ALL, 0)) };

/*
 * Who sends is often not who has opened the socket (threads of Go; pasta, whose child
 * shares its descriptors), so windows are not enough. Requests of netlink go to an
 * address of its kind, or they are short, without flags, and padded to four bytes.
 */
static const struct ct_alternative request[] = {
	ONE(EQ(5, ALL, sizeof(struct sockaddr_nl))),
	BOTH(EQ(3, ALL, 0), EQ(2, ALL - (REQUEST_MAX - NLMSG_ALIGNTO), 0)),
};

/* Only the length is in a register. Addresses of netlink are shorter; local ones are as
 * long as their name, or as their struct. */
static const struct ct_alternative internet[] = {
	ONE(EQ(2, ALL, sizeof(struct sockaddr_in))),
	ONE(EQ(2, ALL, sizeof(struct sockaddr_in6))),
	ONE(EQ(2, ALL, sizeof(struct sockaddr_storage))),
};

static const struct ct_alternative makes_networks[] = {
#define IOCTL(request, size, fills) ONE(EQ(1, ALL, (uint32_t)(request))),
#include "ioctl.def"
#undef IOCTL
};

static const struct ct_alternative to_stderr[] = { ONE(EQ(0, ALL, 2)) };

/* PR_SET_NAME is how runc labels its stages. What has other rights than before is asked
 * of /proc; a smaller bounding set shows at the next exec, and takes two dozen calls. */
static const struct ct_alternative prctl_sets[] = {
	TOLD(EQ(0, ALL, PR_SET_DUMPABLE)),
	TOLD(EQ(0, ALL, PR_SET_KEEPCAPS)),
	TOLD(EQ(0, ALL, PR_SET_NAME)),
	ONE(EQ(0, ALL, PR_SET_SECCOMP)),
	TOLD(EQ(0, ALL, PR_CAPBSET_DROP)),
	TOLD(EQ(0, ALL, PR_SET_SECUREBITS)),
	TOLD(EQ(0, ALL, PR_SET_CHILD_SUBREAPER)),
	ONE(EQ(0, ALL, PR_SET_NO_NEW_PRIVS)),
	BOTH(EQ(0, ALL, PR_CAP_AMBIENT), NOT(1, PR_CAP_AMBIENT_IS_SET)),
	TOLD(EQ(0, ALL, PR_SET_PDEATHSIG)),
};

static const struct ct_alternative sets_limit[] = { ONE(NOT(2, 0)) };

/* A filter without a program is a question ("do you know this flag?"), and so is the
 * strict mode with a flag, which it has none of: libseccomp asks a dozen of them at every
 * start. */
static const struct ct_alternative seccomp_sets[] = {
	BOTH(EQ(0, ALL, SECCOMP_SET_MODE_STRICT), EQ(1, ALL, 0)),
	BOTH(EQ(0, ALL, SECCOMP_SET_MODE_FILTER), NOT(2, 0)),
};

static const struct ct_alternative sockets[] = {
	ONE(EQ(0, ALL, AF_NETLINK)),
	ONE(EQ(0, ALL, AF_PACKET)),
	BOTH(EQ(0, ALL, AF_INET), EQ(1, SOCK_TYPE, SOCK_RAW)),
	BOTH(EQ(0, ALL, AF_INET6), EQ(1, SOCK_TYPE, SOCK_RAW)),
};

static const struct ct_alternative signals[] = { ONE(NOT(1, 0)) };

static const struct ct_alternative traces[] = {
	ONE(EQ(0, ALL, PTRACE_TRACEME)),
	ONE(EQ(0, ALL, PTRACE_ATTACH)),
	ONE(EQ(0, ALL, PTRACE_SEIZE)),
};

/* A shell that does not find a command ends like this, too. */
static const struct ct_alternative gives_up[] = { ONE(EQ(0, ALL, 127)) };

#define ROWS(table) table, sizeof(table) / sizeof(*(table))

static const struct {
	const struct ct_alternative *rows;
	int count;
} conditions[CT_WHEN_KINDS] = {
	[CT_WHEN_WRITE_OPEN] = { ROWS(openat_writes) },
	[CT_WHEN_NEW_TASK] = { ROWS(new_task) },
	[CT_WHEN_SOCKET] = { ROWS(sockets) },
	[CT_WHEN_NETWORK] = { ROWS(makes_networks) },
	[CT_WHEN_REQUEST] = { ROWS(request) },
	[CT_WHEN_NO_FLAGS] = { ROWS(no_flags) },
	[CT_WHEN_INTERNET] = { ROWS(internet) },
	[CT_WHEN_STDERR] = { ROWS(to_stderr) },
	[CT_WHEN_PRCTL] = { ROWS(prctl_sets) },
	[CT_WHEN_SETS_LIMIT] = { ROWS(sets_limit) },
	[CT_WHEN_SECCOMP] = { ROWS(seccomp_sets) },
	[CT_WHEN_SIGNALS] = { ROWS(signals) },
	[CT_WHEN_TRACES] = { ROWS(traces) },
	[CT_WHEN_GIVES_UP] = { ROWS(gives_up) },
};

const struct ct_alternative *ct_condition_of(const struct ct_plan *plan, int *count)
{
	/* open(2) has its flags one register earlier than openat(2) */
	if (plan->when == CT_WHEN_WRITE_OPEN && plan->arg[0].take == CT_TAKE_PATH) {
		*count = sizeof(open_writes) / sizeof(*open_writes);
		return open_writes;
	}
	*count = conditions[plan->when].count;
	return conditions[plan->when].rows;
}

bool ct_condition_tells(const struct ct_plan *plan)
{
	int count;
	const struct ct_alternative *alternatives = ct_condition_of(plan, &count);

	for (int i = 0; i < count; i++)
		if (alternatives[i].told)
			return true;
	return false;
}

static bool test_holds(const struct ct_test *test, const uint64_t args[6])
{
	if (test->negated)
		return args[test->arg] != test->value;
	return ((uint32_t)args[test->arg] & test->mask) == test->value;
}

bool ct_condition_changes(const struct ct_plan *plan, const uint64_t args[6])
{
	int count;

	if (!(plan->flags & CT_PLAN_CHANGES) || plan->when != CT_WHEN_WRITE_OPEN)
		return plan->flags & CT_PLAN_CHANGES;
	return args[ct_condition_of(plan, &count)->test[0].arg] & CT_OPEN_CHANGES;
}

bool ct_condition_holds(const struct ct_plan *plan, const uint64_t args[6])
{
	const struct ct_alternative *alternatives;
	int count;

	if (plan->when == CT_WHEN_FULL)
		return false;
	alternatives = ct_condition_of(plan, &count);
	if (!count)
		return true;
	for (int i = 0; i < count; i++) {
		const struct ct_alternative *alt = &alternatives[i];
		int held = 0;

		while (held < alt->n_tests && test_holds(&alt->test[held], args))
			held++;
		if (held == alt->n_tests)
			return true;
	}
	return false;
}
