/* SPDX-License-Identifier: MIT */
/* A uts namespace holds just two strings, the host's name and the NIS domain's. */
#include "sample.h"

#include <sched.h>
#include <sys/utsname.h>

int main(void)
{
	struct utsname uts;

	say("before", ns_inode("/proc/self/ns/uts"));
	/* A copy of the old one: until sethostname() nothing looks different. */
	MUST(unshare(CLONE_NEWUTS));
	MUST(sethostname("sample", 6));
	MUST(uname(&uts));
	say("after", ns_inode("/proc/self/ns/uts"));
	printf("hostname = %s\n", uts.nodename);
	return 0;
}
