/* SPDX-License-Identifier: MIT */
/* A trial in a process of its own: what it gives up, or dies of, is not the caller's. */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void read_all(int fd, struct ct_strbuf *out)
{
	char bytes[512];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		ct_strbuf_add(out, bytes, (size_t)n);
	while (out->len && out->data[out->len - 1] == '\n')
		ct_strbuf_truncate(out, out->len - 1);
}

_Noreturn static void in_child(const struct ct_trial *trial, int fd)
{
	CT_CLEANUP_STRBUF struct ct_strbuf said = CT_STRBUF_INIT;
	int error;

	error = trial->run(&said);
	if (write(fd, said.data, said.len) < 0)
		error = errno;
	_exit(error);
}

int ct_trial_run(const struct ct_trial *trial, struct ct_strbuf *said)
{
	int status, pipe_fds[2];
	pid_t pid;

	if (pipe2(pipe_fds, O_CLOEXEC))
		return errno;
	pid = fork();
	if (pid == 0)
		in_child(trial, pipe_fds[1]);
	close(pipe_fds[1]);
	if (pid > 0)
		read_all(pipe_fds[0], said);
	close(pipe_fds[0]);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return errno;
	/* a filter that kills for a call refuses it, too */
	return WIFEXITED(status) ? WEXITSTATUS(status) : EPERM;
}
