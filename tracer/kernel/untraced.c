/* SPDX-License-Identifier: MIT */
/*
 * A CLONE_UNTRACED child would run under our filter without a tracer, and get ENOSYS for
 * every key call. The bit is taken away for the time of the call; the child is traced.
 */
#include "engine_internal.h"

#include "memory.h"
#include "registers.h"

#include <linux/sched.h>

void ct_untraced_begin(struct ct_task *task)
{
	uint64_t without = task->flags & ~(uint64_t)CLONE_UNTRACED;

	task->patched_addr = 0;
	if (!(task->plan->flags & (CT_PLAN_CLONE | CT_PLAN_CLONE3)) ||
	    task->flags == UINT64_MAX || task->flags == without ||
	    (task->arch != CT_ARCH_NATIVE && task->arch != CT_ARCH_COMPAT))
		return;
	task->patched_value = task->flags;
	if (task->plan->flags & CT_PLAN_CLONE) {
		task->patched_addr = 1;
		ct_regs_change_arg0(task->tid, (enum ct_arch)task->arch, without);
	} else {
		task->patched_addr = task->args[0];
		ct_memory_write_u64(task->tid, task->patched_addr, without);
	}
}

void ct_untraced_end(struct ct_task *task)
{
	if (!task->patched_addr)
		return;
	if (task->plan->flags & CT_PLAN_CLONE)
		ct_regs_restore_arg0(task->tid, (enum ct_arch)task->arch,
				     task->patched_value);
	else
		ct_memory_write_u64(task->tid, task->patched_addr, task->patched_value);
	task->patched_addr = 0;
}
