/* SPDX-License-Identifier: MIT */
/* The task table. */
#include "task.h"
#include "test.h"

static void count(struct ct_task *task, void *ctx)
{
	(void)task;
	(*(int *)ctx)++;
}

static void remove_odd(struct ct_task *task, void *ctx)
{
	if (task->tid & 1)
		ct_task_remove(ctx, task);
}

TEST(tasks_are_found_by_tid)
{
	struct ct_task_table table = { 0 };
	int n = 0;

	for (pid_t tid = 1; tid <= 5000; tid++)
		CHECK_INT(ct_task_add(&table, tid)->serial, tid);
	CHECK_INT(table.count, 5000);
	CHECK_INT(ct_task_find(&table, 4097)->tid, 4097);
	ct_task_each(&table, remove_odd, &table);
	CHECK_INT(table.count, 2500);
	CHECK(!ct_task_find(&table, 4097));
	CHECK_INT(ct_task_find(&table, 4098)->serial, 4098);
	ct_task_each(&table, count, &n);
	CHECK_INT(n, 2500);
	ct_task_table_release(&table);
	CHECK_INT(table.count, 0);
}

TEST(a_reused_tid_gets_a_new_serial)
{
	struct ct_task_table table = { 0 };
	struct ct_task *task = ct_task_add(&table, 7);

	ct_task_remove(&table, task);
	CHECK_INT(ct_task_add(&table, 7)->serial, 2);
	CHECK_INT(ct_task_find(&table, 7)->serial, 2);
	ct_task_table_release(&table);
}
