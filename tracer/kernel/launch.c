/* SPDX-License-Identifier: MIT */
/* The command's process, up to its execve. */
#include "launch.h"

#include "alloc.h"
#include "cttrace/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_PATH "/usr/local/bin:/usr/bin:/bin"

static int can_run(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EACCES;
	return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) ? -errno : 0;
}

int ct_launch_resolve(const char *name, char **path, struct ct_error *err)
{
	const char *list = getenv("PATH"), *dir = list ? list : DEFAULT_PATH;
	int best = -ENOENT, r;

	if (strchr(name, '/')) {
		r = can_run(name);
		*path = ct_strdup(name);
		/* a set-uid or unreadable place may still work for the -u user: execve
		 * decides */
		return r == -ENOENT ? ct_error_set(err, ENOENT, "%s: %s", name,
						   strerror(ENOENT))
				    : 0;
	}
	while (*dir || dir == list) {
		size_t len = strcspn(dir, ":");
		CT_CLEANUP_STRBUF struct ct_strbuf try = CT_STRBUF_INIT;

		ct_strbuf_add(&try, len ? dir : ".", len ? len : 1);
		ct_strbuf_addf(&try, "/%s", name);
		r = can_run(try.data);
		if (!r) {
			*path = ct_strbuf_steal(&try);
			return 0;
		}
		if (r == -EACCES)
			best = r;
		if (!dir[len])
			break;
		dir += len + 1;
	}
	return ct_error_set(err, -best, "%s: %s", name,
			    best == -ENOENT ? "command not found" : strerror(-best));
}

int ct_launch_pipes_open(struct ct_launch_pipes *pipes, struct ct_error *err)
{
	if (pipe2(pipes->go, O_CLOEXEC))
		return ct_error_set(err, errno, "pipe: %s", strerror(errno));
	if (!pipe2(pipes->error, O_CLOEXEC))
		return 0;
	close(pipes->go[0]);
	close(pipes->go[1]);
	return ct_error_set(err, errno, "pipe: %s", strerror(errno));
}

static void __attribute__((noreturn)) give_up(int fd, const char *what, int code)
{
	struct ct_launch_failure failure = { .code = code,
					     .exec = !strcmp(what, "execve") };

	strncpy(failure.what, what, sizeof(failure.what) - 1);
	if (write(fd, &failure, sizeof(failure)) < 0)
		_exit(124);
	_exit(125);
}

static void become(const struct ct_launch_user *user, int error_fd)
{
	if (initgroups(user->name, user->gid))
		give_up(error_fd, "setgroups", errno);
	if (setresgid(user->gid, user->gid, user->gid))
		give_up(error_fd, "setresgid", errno);
	if (setresuid(user->uid, user->uid, user->uid))
		give_up(error_fd, "setresuid", errno);
	setenv("HOME", user->home, 1);
	setenv("USER", user->name, 1);
	setenv("LOGNAME", user->name, 1);
}

/* The front end blocks signals and wants SIGCHLD; the command gets what the shell gave.
 */
static void restore_signals(const struct ct_launch *launch)
{
	if (launch->sigchld_ignored)
		signal(SIGCHLD, SIG_IGN);
	sigprocmask(SIG_SETMASK, &launch->mask, NULL);
}

static void __attribute__((noreturn))
command(const struct ct_launch *launch, const struct ct_launch_pipes *pipes)
{
	char byte;
	ssize_t n;
	int r = 0;

	close(pipes->go[1]);
	prctl(PR_SET_PTRACER, launch->tracer, 0, 0, 0);
	do
		n = read(pipes->go[0], &byte, 1);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		give_up(pipes->error[1], "read", errno);
	if (n != 1)
		_exit(125); /* the tracer has said why */
	/* the filter while there is privilege to do so without no_new_privs, which would
	 * take the power from the command's set-uid helpers */
	if (launch->filter)
		r = ct_filter_install(byte == CT_LAUNCH_LIGHTER ? launch->lighter
								: launch->filter);
	if (r)
		give_up(pipes->error[1], "seccomp", -r);
	if (launch->user)
		become(launch->user, pipes->error[1]);
	restore_signals(launch);
	execv(launch->path, launch->argv);
	give_up(pipes->error[1], "execve", errno);
}

pid_t ct_launch_start(const struct ct_launch *launch, struct ct_launch_pipes *pipes,
		      struct ct_error *err)
{
	pid_t pid = fork();

	if (!pid)
		command(launch, pipes);
	if (pid < 0)
		return ct_error_set(err, errno, "fork: %s", strerror(errno));
	close(pipes->error[1]);
	pipes->error[1] = -1;
	return pid;
}
