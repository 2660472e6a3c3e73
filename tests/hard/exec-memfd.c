/* SPDX-License-Identifier: MIT */
/* A sealed copy of a program in memory, executed by its descriptor, as runc does. */
#include "hard.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

int main(void)
{
	char *const argv[] = { (char *)"sh", (char *)"-c", (char *)"exit 9", NULL };
	char *const none[] = { NULL };
	int in = (int)MUST(open("/bin/sh", O_RDONLY | O_CLOEXEC));
	int copy = (int)MUST(memfd_create("copy", MFD_CLOEXEC | MFD_ALLOW_SEALING));
	struct stat st;
	pid_t pid;

	MUST(fstat(in, &st));
	MUST(sendfile(copy, in, NULL, (size_t)st.st_size));
	MUST(fcntl(copy, F_ADD_SEALS,
		   F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL));
	pid = (pid_t)MUST(fork());
	if (!pid) {
		syscall(SYS_execveat, copy, "", argv, none, AT_EMPTY_PATH);
		_exit(1);
	}
	tell_status("the copy", status_of(pid));
	return 0;
}
