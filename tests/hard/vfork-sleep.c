/* SPDX-License-Identifier: MIT */
/* A child that its parent waits for in vfork(2), until it may go on. Started by
 * vfork-term.sh: vfork-sleep FIFO. */
#include "hard.h"

#include <fcntl.h>

int main(int argc, char **argv)
{
	static char byte;
	static int fd;
	pid_t pid;

	if (argc < 2)
		return 2;
	pid = (pid_t)MUST(vfork());
	if (!pid) {
		fd = open(argv[1], O_RDONLY | O_CLOEXEC);
		_exit(fd >= 0 && read(fd, &byte, 1) == 1 ? 3 : 1);
	}
	return 10 * WEXITSTATUS(status_of(pid));
}
