/* SPDX-License-Identifier: MIT */
/* posix_spawn and a pipe. */
#include "command.h"

#include "cttrace/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

bool ct_command_exists(const char *name)
{
	const char *path = getenv("PATH");
	bool found = false;

	while (path && *path && !found) {
		CT_CLEANUP_STRBUF struct ct_strbuf file = CT_STRBUF_INIT;
		size_t len = strcspn(path, ":");

		ct_strbuf_addf(&file, "%.*s/%s", (int)len, path, name);
		found = !access(file.data, X_OK);
		path += len + (path[len] == ':');
	}
	return found;
}

static int start(pid_t *pid, const char *const argv[], bool errors, int out)
{
	posix_spawn_file_actions_t files;
	int error;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	if (errors)
		posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	else
		posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null",
						 O_WRONLY, 0);
	error = posix_spawnp(pid, argv[0], &files, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&files);
	return -error;
}

/* All of it is read: who writes more must not end by SIGPIPE. */
static void read_line(FILE *out, char *line, size_t size)
{
	*line = '\0';
	if (fgets(line, (int)size, out))
		line[strcspn(line, "\n")] = '\0';
	while (getc(out) != EOF)
		;
}

int ct_command_run(const char *const argv[], bool errors, char *line, size_t size)
{
	int fds[2] = { -1, -1 }, status, r;
	FILE *out;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	out = fdopen(fds[0], "re");
	r = out ? start(&pid, argv, errors, fds[1]) : -errno;
	close(fds[1]);
	if (!r) {
		read_line(out, line, size);
		r = waitpid(pid, &status, 0) == pid ? status : -errno;
	}
	if (out)
		fclose(out);
	else
		close(fds[0]);
	return r;
}
