/* SPDX-License-Identifier: MIT */
/* The strict mode of seccomp. The kernel refuses it to a task that has a filter, the
 * tracer's included: this is a difference that nobody can hide. */
#include "hard.h"

#include <linux/seccomp.h>
#include <sys/prctl.h>

int main(void)
{
	long ret = result_of(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT));

	syscall(SYS_write, 1, ret == -EINVAL || !ret ? "as documented\n" : "otherwise\n",
		ret == -EINVAL || !ret ? 14 : 10);
	syscall(SYS_exit, 0);
}
