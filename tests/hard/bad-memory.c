/* SPDX-License-Identifier: MIT */
/* Strings at the end of mapped memory, pointers to nowhere, arguments beyond all measure:
 * what can be read is recorded, and nothing stalls. */
#include "hard.h"

#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>

#define PAGE 4096
#define MANY 3000

static char *page_before_hole(void)
{
	char *two = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	MUST(munmap(two + PAGE, PAGE));
	return two + PAGE;
}

int main(void)
{
	char *end = page_before_hole(), *name = end - 9;
	static char *many[MANY + 1];
	pid_t pid;

	memcpy(name, "/no/such", 9);
	tell("a string that ends with its page", "gives",
	     result_of(mount(name, name, "tmpfs", 0, NULL)));
	memcpy(end - 4, "/abc", 4);
	tell("a string without an end", "gives",
	     result_of(mount(end - 4, end - 4, "tmpfs", 0, NULL)));
	tell("an unmapped string", "gives", result_of(mount(end, end, "tmpfs", 0, NULL)));
	tell("a kernel address", "gives",
	     result_of(mount((void *)0xffffffff81000000, "/mnt", "tmpfs", 0, NULL)));
	tell("a number for a pointer", "gives",
	     result_of(syscall(SYS_mount, 1, ~0UL, 3, 0, -1L)));
	tell("sethostname of too much", "gives", result_of(sethostname(end - 4, 64)));
	for (int i = 0; i < MANY; i++)
		many[i] = (char *)"an argument";
	pid = (pid_t)MUST(fork());
	if (!pid) {
		prctl(PR_SET_DUMPABLE, 0);
		tell("not dumpable", "gives",
		     result_of(mount("a", "/no/such", "tmpfs", 0, NULL)));
		execv("/bin/true", many);
		_exit(1);
	}
	tell_status("thousands of arguments", status_of(pid));
	return 0;
}
