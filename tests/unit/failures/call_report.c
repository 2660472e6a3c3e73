/* SPDX-License-Identifier: MIT */
/* Plans for the program, and its reports as records: without a kernel. */
#include "call_report.h"
#include "plans.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/prctl.h>

#define ROUNDS 20000

static const struct ct_plan *mount_plan(enum ct_arch arch, int64_t nr)
{
	static const struct ct_plan none = { .n_args = 6 };
	static const struct ct_plan write = { .name = "write",
					      .n_args = 3,
					      .flags = CT_PLAN_WRITE,
					      .arg = { { CT_TAKE_FD, -1, 0 },
						       { CT_TAKE_SIZED, 2, 0 } } };

	static const struct ct_plan recvmsg = { .name = "recvmsg",
						.n_args = 3,
						.flags = CT_PLAN_QUIET | CT_PLAN_KEEP,
						.arg = { { CT_TAKE_FD, -1, 0 },
							 { CT_TAKE_MSG_OUT, -1, 0 } } };

	if (nr == (arch == CT_ARCH_I386 ? 21 : 165))
		return &plan_mount;
	if (nr == (arch == CT_ARCH_I386 ? 372 : 47))
		return &recvmsg;
	return nr == (arch == CT_ARCH_I386 ? 4 : 1) ? &write : &none;
}

static struct ct_watch_plan *rows(void)
{
	struct ct_watch_plan *all = calloc(CT_WATCH_PLANS, sizeof(*all));

	CHECK(all);
	ct_report_plans(all, mount_plan, false);
	return all;
}

static struct ct_report report_of(uint64_t nr, bool compat, int64_t ret)
{
	struct ct_report report = { .ret = ret, .tid = 7, .serial = 3, .compat = compat };

	for (int i = 0; i < CT_REGS; i++)
		report.regs[i] = 1000 + (uint64_t)i;
	report.regs[CT_REG_NR] = nr;
	return report;
}

static int record(struct ct_recbuf *rb, const struct ct_report *report, const char *text,
		  const struct ct_watch_plan *all)
{
	char bytes[CT_REPORT_MAX];

	memcpy(bytes, report, sizeof(*report));
	memcpy(bytes + sizeof(*report), text, strlen(text));
	return ct_report_record(rb, bytes, sizeof(*report) + strlen(text), all);
}

TEST(a_message_is_its_bytes)
{
	struct ct_watch_plan *all = rows();
	struct ct_recbuf rb = { 0 };
	struct ct_report report = report_of(47, false, 5);
	const struct ct_blob *blob;

	report.got[0] = 5;
	CHECK_INT(record(&rb, &report, "hello", all), 0);
	blob = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_MEM, 1);
	CHECK(blob && blob->len == 5 && !(blob->flags & CT_BLOB_CUT));
	CHECK(!memcmp(ct_blob_bytes(blob), "hello", 5));
	/* more was received than fits into a report */
	report.ret = 6;
	CHECK_INT(record(&rb, &report, "hello", all), 0);
	blob = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_MEM, 1);
	CHECK(blob && blob->flags & CT_BLOB_CUT);
	/* the program reads 64-bit vectors only */
	CHECK_INT(all[CT_WATCH_NUMBERS + 372].piece[0].kind, CT_PIECE_NONE);
	ct_recbuf_release(&rb);
	free(all);
}

TEST(registers_are_arguments_of_their_architecture)
{
	struct ct_watch_plan *all = rows();
	struct ct_recbuf rb = { 0 };
	struct ct_report report = report_of(39, false, -EINVAL);
	static const uint64_t native[] = { 1014, 1013, 1012, 1007, 1009, 1008 };
	static const uint64_t i386[] = { 1005, 1011, 1012, 1013, 1014, 1004 };

	CHECK_INT(record(&rb, &report, "", all), 0);
	for (int i = 0; i < 6; i++)
		CHECK_INT(ct_recbuf_record(&rb)->args[i], native[i]);
	CHECK_INT(ct_recbuf_record(&rb)->arch, CT_ARCH_X86_64);
	report.compat = 2;
	report.regs[5] |= UINT64_C(0xffffffff00000000);
	CHECK_INT(record(&rb, &report, "", all), 0);
	for (int i = 0; i < 6; i++)
		CHECK_INT(ct_recbuf_record(&rb)->args[i], i386[i]);
	CHECK_INT(ct_recbuf_record(&rb)->arch, CT_ARCH_I386);
	report = report_of(0x40000000 + 39, false, -EINVAL);
	CHECK_INT(record(&rb, &report, "", all), 0);
	CHECK_INT(ct_recbuf_record(&rb)->arch, CT_ARCH_X32);
	ct_recbuf_release(&rb);
	free(all);
}

TEST(pieces_become_arguments)
{
	struct ct_watch_plan *all = rows();
	struct ct_recbuf rb = { 0 };
	struct ct_report report = report_of(165, false, -EPERM);
	const struct ct_blob *blob;

	/* "ab", unreadable, an empty string; what the NULs are is not sent */
	report.got[0] = 3;
	report.got[1] = -EFAULT;
	report.got[2] = 1;
	CHECK_INT(record(&rb, &report, "ab", all), 0);
	blob = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_STR, 0);
	CHECK(blob && blob->len == 2 && !memcmp(ct_blob_bytes(blob), "ab", 2));
	blob = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_STR, 1);
	CHECK(blob && blob->flags & CT_BLOB_UNREADABLE && blob->error == EFAULT);
	blob = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_STR, 2);
	CHECK(blob && !blob->len && !blob->flags);
	/* more than the report has */
	report.got[2] = 2;
	CHECK_INT(record(&rb, &report, "ab", all), -EINVAL);
	CHECK_INT(ct_report_record(&rb, &report, sizeof(report) - 1, all), -EINVAL);
	ct_recbuf_release(&rb);
	free(all);
}

static bool is_told(const struct ct_watch_plan *row, int error)
{
	return row->told[error / 64] >> error % 64 & 1;
}

TEST(only_questions_need_no_stop)
{
	struct ct_watch_plan *all = rows();

	/* a search with a name; what may have other causes; a key call; a descriptor
	 * without a name */
	CHECK(is_told(&all[5], ENOENT) && is_told(&all[5], EEXIST));
	CHECK(!is_told(&all[5], EPERM) && !is_told(&all[5], ENOSPC));
	CHECK(!is_told(&all[165], ENOENT) && !is_told(&all[165], EINVAL));
	CHECK(!is_told(&all[47], EINVAL));
	free(all);
}

static bool is_key(const struct ct_watch_plan *row, unsigned int value)
{
	value &= row->mask;
	return row->flags & CT_WATCH_KEY && row->bits[value / 64] >> value % 64 & 1;
}

TEST(of_prctl_only_what_tells_itself_is_reported)
{
	static const struct ct_plan prctl = { .name = "prctl",
					      .n_args = 5,
					      .when = CT_WHEN_PRCTL,
					      .flags = CT_PLAN_STATUS | CT_PLAN_FILTER };
	struct ct_watch_plan row = ct_report_plan(&prctl, CT_ARCH_X86_64, true);

	CHECK_INT(row.reg, CT_REG_ARG0);
	CHECK(is_key(&row, PR_CAPBSET_DROP) && is_key(&row, PR_SET_NAME));
	CHECK(!is_key(&row, PR_SET_NO_NEW_PRIVS) && !is_key(&row, PR_SET_SECCOMP));
	CHECK(!is_key(&row, PR_CAP_AMBIENT) && !is_key(&row, PR_CAPBSET_READ));
	row = ct_report_plan(&prctl, CT_ARCH_X86_64, false);
	CHECK(!is_key(&row, PR_SET_NAME));
}

TEST(an_answer_finishes_only)
{
	struct ct_watch_plan *all = rows();
	struct ct_recbuf rb = { 0 };
	struct ct_report report = report_of(165, false, 0);

	CHECK_INT(record(&rb, &report, "", all), 0);
	CHECK_INT(ct_recbuf_record(&rb)->result, CT_RESULT_VALUE);
	CHECK_INT(ct_recbuf_record(&rb)->flags, CT_CALL_REPORTED | CT_CALL_ANSWER);
	report.ret = -EBUSY;
	CHECK_INT(record(&rb, &report, "", all), 0);
	CHECK_INT(ct_recbuf_record(&rb)->result, CT_RESULT_ERROR);
	CHECK_INT(ct_recbuf_record(&rb)->flags, CT_CALL_REPORTED);
	CHECK(all[1].flags & CT_WATCH_WORDS);
	CHECK(!(all[1].flags & CT_WATCH_ANSWER));
	ct_recbuf_release(&rb);
	free(all);
}

/* Registers, lengths and bytes are whatever a task has made of them. */
TEST(no_report_is_believed)
{
	struct ct_watch_plan *all = rows();
	struct ct_recbuf rb = { 0 };
	unsigned int seed = 1;

	for (int round = 0; round < ROUNDS; round++) {
		char bytes[sizeof(struct ct_report) + 64];
		size_t len = (size_t)rand_r(&seed) % (sizeof(bytes) + 1);
		struct ct_report report;

		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (char)rand_r(&seed);
		memcpy(&report, bytes, sizeof(report));
		for (int i = 0; i < CT_PIECES; i++)
			report.got[i] = rand_r(&seed) % 40 - 8;
		report.regs[CT_REG_NR] = round % 2 ? 165 : 1;
		report.compat = round % 3 == 0;
		memcpy(bytes, &report, sizeof(report));
		if (!ct_report_record(&rb, bytes, len, all))
			CHECK_INT(ct_recbuf_record(&rb)->kind, CT_RECORD_CALL);
	}
	ct_recbuf_release(&rb);
	free(all);
}
