/* SPDX-License-Identifier: MIT */
/* Which key calls the filter traps, by their arguments. */
#include "condition.h"
#include "test.h"

#define O_WR     1
#define O_RW     2
#define O_CREATE 0100
#define O_CLOEX  02000000

static bool holds(enum ct_when when, uint64_t a0, uint64_t a1, uint64_t a2)
{
	struct ct_plan plan = { .name = "x", .when = (uint8_t)when };
	uint64_t args[6] = { a0, a1, a2, 0, 0, 0 };

	return ct_condition_holds(&plan, args);
}

TEST(always_and_never)
{
	CHECK(holds(CT_WHEN_ALWAYS, 0, 0, 0));
	CHECK(!holds(CT_WHEN_FULL, 0, 0, 0));
}

TEST(opens_that_write)
{
	CHECK(!holds(CT_WHEN_WRITE_OPEN, 0, 0, O_CLOEX));
	CHECK(holds(CT_WHEN_WRITE_OPEN, 0, 0, O_WR | O_CLOEX));
	CHECK(holds(CT_WHEN_WRITE_OPEN, 0, 0, O_WR | O_CREATE));
	CHECK(holds(CT_WHEN_WRITE_OPEN, 0, 0, O_RW));
	CHECK(!holds(CT_WHEN_WRITE_OPEN, 0, 0, O_RW | O_CREATE));
	/* the upper half of an int's register is whatever the program left there */
	CHECK(holds(CT_WHEN_WRITE_OPEN, 0, 0, O_WR | 0xabcd00000000));
}

TEST(open_has_its_flags_one_register_earlier)
{
	struct ct_plan plan = { .name = "open", .when = CT_WHEN_WRITE_OPEN };
	uint64_t args[6] = { 0, O_WR, 0 };

	plan.arg[0].take = CT_TAKE_PATH;
	CHECK(ct_condition_holds(&plan, args));
	args[1] = 0;
	args[2] = O_WR; /* a mode, not flags */
	CHECK(!ct_condition_holds(&plan, args));
}

TEST(clones)
{
	CHECK(!holds(CT_WHEN_NEW_TASK, 17, 0, 0));
	CHECK(!holds(CT_WHEN_NEW_TASK, 0x3d0f00, 0, 0)); /* a thread */
	CHECK(holds(CT_WHEN_NEW_TASK, 0x20000000 | 17, 0, 0));
	CHECK(holds(CT_WHEN_NEW_TASK, 0x00020000, 0, 0));
	CHECK(holds(CT_WHEN_NEW_TASK, 0x00800000, 0, 0)); /* CLONE_UNTRACED */
}

TEST(netlink)
{
	CHECK(holds(CT_WHEN_SOCKET, 16, 3, 0));
	CHECK(holds(CT_WHEN_SOCKET, 2, 3 | 02000000, 1)); /* SOCK_RAW, close-on-exec */
	CHECK(holds(CT_WHEN_SOCKET, 17, 2, 0));
	CHECK(holds(CT_WHEN_TRACES, 16, 1, 0));
	CHECK(!holds(CT_WHEN_TRACES, 7, 1, 0));
	CHECK(!holds(CT_WHEN_SOCKET, 2, 1, 0));
	CHECK(holds(CT_WHEN_NO_FLAGS, 3, 0x1000, 0));
	CHECK(!holds(CT_WHEN_NO_FLAGS, 3, 0x1000, 0x4000)); /* MSG_NOSIGNAL */
}

static bool sends(uint64_t len, uint64_t flags, uint64_t address_len)
{
	struct ct_plan plan = { .name = "sendto", .when = CT_WHEN_REQUEST };
	uint64_t args[6] = { 3, 0x1000, len, flags, 0x2000, address_len };

	return ct_condition_holds(&plan, args);
}

TEST(requests)
{
	CHECK(sends(32, 0, 0));
	CHECK(sends(1020, 0, 0));
	CHECK(!sends(1024, 0, 0));
	CHECK(!sends(33, 0, 0));
	CHECK(!sends(32, 0x4000, 0));   /* MSG_NOSIGNAL */
	CHECK(sends(4001, 0x4000, 12)); /* struct sockaddr_nl */
	CHECK(!sends(4001, 0, 16));
}

TEST(binds_to_the_internet)
{
	CHECK(holds(CT_WHEN_INTERNET, 3, 0x1000, 16));   /* struct sockaddr_in */
	CHECK(holds(CT_WHEN_INTERNET, 3, 0x1000, 28));   /* struct sockaddr_in6 */
	CHECK(holds(CT_WHEN_INTERNET, 3, 0x1000, 128));  /* struct sockaddr_storage */
	CHECK(!holds(CT_WHEN_INTERNET, 3, 0x1000, 110)); /* struct sockaddr_un */
	CHECK(!holds(CT_WHEN_INTERNET, 3, 0x1000, 12));  /* struct sockaddr_nl */
	CHECK(!holds(CT_WHEN_INTERNET, 28, 16, 2));
}

TEST(ioctls_that_make_networks)
{
	CHECK(holds(CT_WHEN_NETWORK, 3, 0x8914, 0x1000));         /* SIOCSIFFLAGS */
	CHECK(holds(CT_WHEN_NETWORK, 3, 0xabcd00008914, 0x1000)); /* 32 bits count */
	CHECK(holds(CT_WHEN_NETWORK, 3, 0x400454ca, 0x1000));     /* TUNSETIFF */
	CHECK(!holds(CT_WHEN_NETWORK, 3, 0x8913, 0x1000));        /* SIOCGIFFLAGS asks */
	CHECK(!holds(CT_WHEN_NETWORK, 1, 0x5401, 0x1000));        /* TCGETS */
}

TEST(messages_and_limits)
{
	CHECK(holds(CT_WHEN_STDERR, 2, 0, 0));
	CHECK(!holds(CT_WHEN_STDERR, 1, 0, 0));
	CHECK(holds(CT_WHEN_SETS_LIMIT, 0, 7,
		    0x7fff00000000)); /* only the upper half is set */
	CHECK(!holds(CT_WHEN_SETS_LIMIT, 0, 7, 0));
}

TEST(seccomp_questions_do_not_count)
{
	CHECK(holds(CT_WHEN_SECCOMP, 0, 0, 0));
	CHECK(holds(CT_WHEN_SECCOMP, 1, 0, 0x1000));
	CHECK(!holds(CT_WHEN_SECCOMP, 1, 0, 0));
	CHECK(!holds(CT_WHEN_SECCOMP, 2, 0, 0x1000));
}

TEST(prctl_operations)
{
	CHECK(holds(CT_WHEN_PRCTL, 15, 0, 0));  /* PR_SET_NAME */
	CHECK(holds(CT_WHEN_PRCTL, 24, 0, 0));  /* PR_CAPBSET_DROP */
	CHECK(holds(CT_WHEN_PRCTL, 38, 0, 0));  /* PR_SET_NO_NEW_PRIVS */
	CHECK(!holds(CT_WHEN_PRCTL, 23, 0, 0)); /* PR_CAPBSET_READ */
	CHECK(holds(CT_WHEN_PRCTL, 47, 2, 0));  /* PR_CAP_AMBIENT_RAISE */
	CHECK(!holds(CT_WHEN_PRCTL, 47, 1, 0)); /* PR_CAP_AMBIENT_IS_SET asks only */
	CHECK(!holds(CT_WHEN_PRCTL, 0x53564d41, 0, 0)); /* PR_SET_VMA: malloc's habit */
}
