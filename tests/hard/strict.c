/* SPDX-License-Identifier: MIT */
/* The strict mode of seccomp, and what a program is told of its seccomp. Under a filter,
 * the kernel refuses the mode: the one thing that a traced program can see (docs say so).
 */
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
