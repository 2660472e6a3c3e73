/* SPDX-License-Identifier: MIT */
/* A child with a pipe for its output. */
#include "command.h"

#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

int command_run(const char *const argv[], char *out, size_t size)
{
	int fds[2], status;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	CHECK(!pipe(fds));
	pid = fork();
	if (!pid) {
		dup2(fds[1], STDOUT_FILENO);
		close(fds[0]);
		close(fds[1]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(fds[1]);
	while (len + 1 < size && (n = read(fds[0], out + len, size - 1 - len)) > 0)
		len += (size_t)n;
	out[len] = '\0';
	close(fds[0]);
	CHECK_INT(waitpid(pid, &status, 0), pid);
	return status;
}
