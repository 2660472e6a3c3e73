/* SPDX-License-Identifier: MIT */
/* Names of errors and signals against the C library's own. */
#include "cttrace/errno.h"
#include "cttrace/signal.h"
#include "test.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>

TEST(errno_names_agree_with_the_c_library)
{
	for (int e = 1; e <= EHWPOISON; e++) {
		const char *truth = strerrorname_np(e);

		/* glibc calls 95 ENOTSUP, the kernel EOPNOTSUPP */
		if (truth && e != EOPNOTSUPP)
			CHECK_STR(ct_errno_name(e), truth);
	}
	CHECK_STR(ct_errno_name(95), "EOPNOTSUPP");
	CHECK_STR(ct_errno_name(512), "ERESTARTSYS");
}

TEST(errno_names_of_no_error)
{
	static const int none[] = { 0, -1, 41, 58, 134, 4095, INT_MIN, INT_MAX };

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		CHECK_STR(ct_errno_name(none[i]), "?");
}

TEST(signal_names_agree_with_the_c_library)
{
	for (int s = 1; s < 32; s++) {
		char name[32];

		snprintf(name, sizeof(name), "SIG%s", sigabbrev_np(s));
		/* glibc prefers SIGPOLL to SIGIO */
		CHECK_STR(ct_signal_name(s), s == SIGIO ? "SIGIO" : name);
	}
}

TEST(signal_names_beyond_the_classic_ones)
{
	CHECK_STR(ct_signal_name(32), "SIGRT_0");
	CHECK_STR(ct_signal_name(35), "SIGRT_3");
	CHECK_STR(ct_signal_name(64), "SIGRT_32");
	CHECK_STR(ct_signal_name(65), "?");
	CHECK_STR(ct_signal_name(0), "?");
	CHECK_STR(ct_signal_name(-9), "?");
}
