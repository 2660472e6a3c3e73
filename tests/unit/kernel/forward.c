/* SPDX-License-Identifier: MIT */
/* Which signals the command has had already. (tests/hard/int-once.sh: in a real one.) */
#include "forward.h"
#include "test.h"

#define MS INT64_C(1000000)

static bool take(struct ct_forwarding *f, int code, pid_t sender, int64_t t_ns, int *left)
{
	siginfo_t info = { .si_signo = SIGTERM, .si_code = code };
	bool changed, due;

	info.si_pid = sender;
	due = ct_forward_take(f, &info, t_ns, &changed);
	*left = info.si_code;
	CHECK(changed == (code != info.si_code));
	return due;
}

TEST(a_signal_to_the_group_is_due_once_in_either_order)
{
	struct ct_forwarding f = { 0 };
	int code;

	CHECK(take(&f, SI_USER, 7, 1 * MS, &code) && code == SI_USER);
	CHECK(!take(&f, SI_USER - 256, 7, 2 * MS, &code));
	CHECK(take(&f, SI_USER - 256, 7, 3 * MS, &code) && code == SI_USER);
	CHECK(!take(&f, SI_USER, 7, 4 * MS, &code));
	CHECK(take(&f, SI_USER, 7, 5 * MS, &code));
}

TEST(a_signal_to_us_alone_is_due_as_it_was_sent)
{
	struct ct_forwarding f = { 0 };
	int code;

	CHECK(take(&f, SI_QUEUE - 256, 7, 1 * MS, &code) && code == SI_QUEUE);
	/* another sender; the same one, much later; the kernel itself */
	CHECK(take(&f, SI_USER, 8, 2 * MS, &code));
	CHECK(take(&f, SI_USER - 256, 8, 1500 * MS, &code));
	CHECK(take(&f, SI_KERNEL, 8, 1501 * MS, &code) && code == SI_KERNEL);
	CHECK(take(&f, SI_TKILL - 256, 9, 1502 * MS, &code) && code == SI_TKILL);
}
