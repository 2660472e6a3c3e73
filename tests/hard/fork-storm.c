/* SPDX-License-Identifier: MIT */
/* A thousand children that exit at once: their first stop often comes before the parent's
 * event. */
#include "hard.h"

#define CHILDREN 1000

int main(void)
{
	int status;
	long sum = 0;

	for (int i = 0; i < CHILDREN; i++)
		if (!MUST(fork()))
			_exit(i % 128);
	for (int i = 0; i < CHILDREN; i++) {
		MUST(wait(&status));
		sum += WIFEXITED(status) ? WEXITSTATUS(status) : -1000;
	}
	tell("sum of all statuses", "is", sum);
	return 0;
}
