/* SPDX-License-Identifier: MIT */
/* The task table: a hash of chains. */
#include "task.h"

#include "alloc.h"

#include <stdlib.h>

static struct ct_task **chain_of(const struct ct_task_table *table, pid_t tid)
{
	return (struct ct_task **)&table->bucket[(unsigned int)tid % CT_TASK_BUCKETS];
}

static void link_task(struct ct_task_table *table, struct ct_task *task)
{
	struct ct_task **chain = chain_of(table, task->tid);

	task->next = *chain;
	*chain = task;
}

static void unlink_task(struct ct_task_table *table, struct ct_task *task)
{
	struct ct_task **p = chain_of(table, task->tid);

	while (*p != task)
		p = &(*p)->next;
	*p = task->next;
}

struct ct_task *ct_task_find(const struct ct_task_table *table, pid_t tid)
{
	struct ct_task *task = *chain_of(table, tid);

	while (task && task->tid != tid)
		task = task->next;
	return task;
}

struct ct_task *ct_task_add(struct ct_task_table *table, pid_t tid)
{
	struct ct_task *task = ct_alloc(sizeof(*task));

	task->tid = tid;
	task->pid = tid;
	task->serial = ++table->last_serial;
	link_task(table, task);
	table->count++;
	return task;
}

void ct_task_remove(struct ct_task_table *table, struct ct_task *task)
{
	unlink_task(table, task);
	table->count--;
	ct_recbuf_release(&task->rec);
	ct_recbuf_release(&task->look);
	free(task);
}

void ct_task_each(struct ct_task_table *table,
		  void (*fn)(struct ct_task *task, void *ctx), void *ctx)
{
	for (int i = 0; i < CT_TASK_BUCKETS; i++)
		for (struct ct_task *task = table->bucket[i], *next; task; task = next) {
			next = task->next;
			fn(task, ctx);
		}
}

void ct_task_table_release(struct ct_task_table *table)
{
	for (int i = 0; i < CT_TASK_BUCKETS; i++)
		while (table->bucket[i])
			ct_task_remove(table, table->bucket[i]);
}
