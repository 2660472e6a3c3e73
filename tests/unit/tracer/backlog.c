/* SPDX-License-Identifier: MIT */
/* What waits for its turn: sorted by time, a task's own order kept, memory reused. */
#include "backlog.h"
#include "machine.h"
#include "pending.h"
#include "test.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>

#define MANY 20000

static void add(struct ct_backlog *backlog, int64_t t_ns, int64_t nr)
{
	struct ct_record rec = { .size = sizeof(rec), .t_ns = t_ns, .nr = nr };

	ct_backlog_add(backlog, &rec);
}

TEST(a_backlog_comes_out_by_time)
{
	static const int64_t times[] = { 10, 30, 20, 30, 5 };
	static const int64_t want[] = { 4, 0, 2, 1, 3 }; /* which of them */
	struct ct_backlog backlog = { 0 };

	for (int i = 0; i < 5; i++)
		add(&backlog, times[i], i);
	CHECK(!ct_backlog_next(&backlog, 4));
	for (int i = 0; i < 5; i++)
		CHECK_INT(ct_backlog_next(&backlog, 30)->nr, want[i]);
	CHECK(!ct_backlog_next(&backlog, INT64_MAX));
	ct_backlog_release(&backlog);
}

/* There is always one that is too young: the memory must not grow with the others. */
TEST(a_backlog_that_is_never_empty_stays_small)
{
	struct ct_backlog backlog = { 0 };

	add(&backlog, 0, 0);
	for (int64_t i = 1; i < MANY; i++) {
		add(&backlog, i, i);
		CHECK_INT(ct_backlog_next(&backlog, i - 1)->nr, i - 1);
		CHECK(!ct_backlog_next(&backlog, i - 1));
	}
	CHECK(backlog.cap <= 16 * sizeof(struct ct_record));
	CHECK(backlog.cap_items <= 64);
	ct_backlog_release(&backlog);
}

static struct ct_record exec_record(enum ct_record_kind kind)
{
	return (struct ct_record){ .size = sizeof(struct ct_record),
				   .kind = (uint16_t)kind,
				   .arch = CT_ARCH_NATIVE,
				   .nr = SYS_execve,
				   .t_ns = 1000 };
}

TEST(an_execve_is_told_once_by_its_exec_or_by_its_failure)
{
	struct ct_record call = exec_record(CT_RECORD_CALL);
	struct ct_record exec = exec_record(CT_RECORD_EXEC);
	struct ct_record end = exec_record(CT_RECORD_EXIT), other = call;

	CHECK(ct_pending_is_told(&call, &exec));
	exec.creator.serial =
		7; /* of another thread, which has taken the leader's place */
	CHECK(!ct_pending_is_told(&call, &exec));
	CHECK(!ct_pending_is_told(&call, &end));
	end.flags = CT_EXIT_EXECUTES;
	CHECK(ct_pending_is_told(&call, &end));
	other.nr = SYS_umount2;
	exec.creator.serial = 0;
	CHECK(!ct_pending_is_told(&other, &exec));
}

TEST(what_is_not_there_could_not_be_executed)
{
	struct ct_pending pending = { 0 };
	struct ct_record call = exec_record(CT_RECORD_CALL), end = call;
	const struct ct_record *told;
	const struct ct_blob *blob;
	struct ct_blob_program program;

	end.result = CT_RESULT_ERROR;
	end.ret = -ENOTDIR;
	end.t_ns = 1500;
	told = ct_pending_end(&pending, &call, &end);
	CHECK_INT(told->ret, -ENOTDIR);
	CHECK_INT(told->result, CT_RESULT_ERROR);
	CHECK_INT(told->t_ns, 1000);
	CHECK_INT(told->dur_ns, 500);
	blob = ct_record_find(told, CT_BLOB_PROGRAM, CT_BLOB_TASK);
	CHECK(blob && blob->len == sizeof(program));
	if (blob && blob->len == sizeof(program)) {
		memcpy(&program, ct_blob_bytes(blob), sizeof(program));
		CHECK_INT(program.error, ENOTDIR);
	}
	call.nr = SYS_umount2;
	told = ct_pending_end(&pending, &call, &end);
	CHECK(!ct_record_find(told, CT_BLOB_PROGRAM, CT_BLOB_TASK));
	ct_pending_release(&pending);
}

TEST(a_pending_call_is_taken_once)
{
	struct ct_pending pending = { 0 };
	struct ct_record rec = { .size = sizeof(rec) };

	for (uint32_t serial = 1; serial <= 3; serial++) {
		rec.task.serial = serial;
		rec.nr = (int64_t)serial * 100;
		ct_pending_add(&pending, &rec);
	}
	CHECK(!ct_pending_take(&pending, 4));
	CHECK_INT(ct_pending_take(&pending, 2)->nr, 200);
	CHECK(!ct_pending_take(&pending, 2));
	rec.task.serial = 4;
	ct_pending_add(&pending, &rec);
	CHECK_INT(pending.n_calls, 3); /* the free place is used again */
	for (int i = 0; i < 3; i++)
		CHECK(ct_pending_take(&pending, 0));
	CHECK(!ct_pending_take(&pending, 0));
	ct_pending_release(&pending);
}
