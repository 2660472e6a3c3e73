/* SPDX-License-Identifier: MIT */
/*
 * What a parent does right after fork() is not its child's inheritance, however late the
 * child's first stop is: every birth is told before the parent's next call.
 */
#include "hard.h"

#include <sys/prctl.h>

#define CHILDREN 200

int main(void)
{
	char name[16];

	for (int i = 0; i < CHILDREN; i++) {
		if (!MUST(fork()))
			_exit(0);
		snprintf(name, sizeof(name), "after-%d", i);
		MUST(prctl(PR_SET_NAME, name, 0, 0, 0));
	}
	for (int i = 0; i < CHILDREN; i++)
		MUST(wait(NULL));
	tell("children", "were", CHILDREN);
	return 0;
}
