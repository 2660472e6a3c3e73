/* SPDX-License-Identifier: MIT */
/* A device that is opened, if only to read it: of all files that one is worth a record.
 */
#include "engine_internal.h"

#include "procfs.h"

#include <linux/major.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* Every program has these: terminals; null, zero, full, random and urandom. */
static bool is_usual(uint64_t rdev)
{
	static const unsigned int of_memory[] = { 3, 5, 7, 8, 9 };
	unsigned int number = major(rdev);

	if (number == TTYAUX_MAJOR ||
	    (number >= UNIX98_PTY_SLAVE_MAJOR && number < UNIX98_PTY_SLAVE_MAJOR + 8))
		return true;
	for (size_t i = 0; i < sizeof(of_memory) / sizeof(of_memory[0]); i++)
		if (number == MEM_MAJOR && minor(rdev) == of_memory[i])
			return true;
	return false;
}

bool ct_device_opened(const struct ct_task *task, int64_t fd)
{
	struct ct_blob_stat st;

	if (!(task->plan->flags & CT_PLAN_OPEN) ||
	    ct_procfs_fd_stat(task->tid, (int)fd, &st))
		return false;
	return S_ISBLK(st.mode) || (S_ISCHR(st.mode) && !is_usual(st.rdev));
}
