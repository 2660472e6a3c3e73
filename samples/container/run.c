/* SPDX-License-Identifier: MIT */
/* The order of things: the runtime makes init, init turns itself into the container. */
#include "../container.h"
#include "runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

int container_fail(const char *fmt, ...)
{
	int error = errno;
	va_list ap;

	fputs("container: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, ": %s\n", strerror(error));
	errno = error;
	return -1;
}

int write_text(const char *path, const char *text)
{
	CLEANUP_CLOSE int fd = open(path, O_WRONLY | O_CLOEXEC);
	size_t len = strlen(text);

	if (fd < 0)
		return -1;
	return write(fd, text, len) == (ssize_t)len ? 0 : -1;
}

/*
 * The steps that init takes, in the order that the kernel imposes: each one needs a
 * privilege or a file system view that a later one gives away.
 */
static int (*const init_steps[])(const struct container *c) = {
	container_hide_cgroups, /* after the runtime has moved us into our cgroup */
	container_set_hostname, /* needs CAP_SYS_ADMIN in our user namespace */
	container_build_root,   /* needs the host's /usr and /dev, and CAP_SYS_ADMIN */
	container_bring_up_network,  /* needs CAP_NET_ADMIN */
	container_pivot_root,        /* from here on the host's files are out of reach */
	container_drop_capabilities, /* from here on nothing above works any more */
	container_filter_syscalls,   /* last: the filter may deny what the steps needed */
};

/* Step 8: the command takes over the process that built its own prison. */
static int execute(char *const *command)
{
	execvp(command[0], command);
	container_fail("%s", command[0]);
	return errno == ENOENT ? 127 : 126;
}

static int init(const struct container *c, int go)
{
	static char *const environment[] = {
		(char *)"PATH=/opt:/usr/bin:/bin:/usr/sbin:/sbin",
		(char *)"container=cttrace", NULL
	};
	char byte;

	/* A container must not survive its runtime, whatever kills that. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* Until the runtime says so we have no user ids, and no cgroup of our own. */
	if (read(go, &byte, 1) != 1)
		return CONTAINER_FAILED;
	for (size_t i = 0; i < sizeof(init_steps) / sizeof(init_steps[0]); i++)
		if (init_steps[i](c) < 0)
			return CONTAINER_FAILED;
	environ = (char **)environment;
	return execute(c->command);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR) {
			container_fail("wait");
			return CONTAINER_FAILED;
		}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run(struct container *c)
{
	pid_t pid;
	int go[2], status;

	if (pipe2(go, O_CLOEXEC) < 0) {
		container_fail("pipe");
		return CONTAINER_FAILED;
	}
	pid = container_clone(c);
	if (!pid) {
		close(go[1]); /* or the read would wait for ourselves */
		_exit(init(c, go[0]));
	}
	close(go[0]);
	if (pid > 0 && !container_map_ids(c, pid)) {
		container_join_cgroup(c, pid);
		if (write(go[1], "", 1) != 1)
			container_fail("start");
	}
	close(go[1]); /* without the byte before it this tells init to give up */
	status = pid > 0 ? wait_for(pid) : CONTAINER_FAILED;
	container_leave_cgroup(c);
	return status;
}

bool ct_demo_is_payload(const char *argv0)
{
	return argv0 && !strcmp(argv0, CONTAINER_PAYLOAD);
}

int ct_demo_main(int argc, char **argv)
{
	char *const hello[] = { (char *)CONTAINER_PAYLOAD, NULL };
	struct container c = {
		.command = argc > 1 ? argv + 1 : hello,
		.user_ns = !container_is_privileged(),
		.uid = geteuid(),
		.gid = getegid(),
	};

	if (argc && ct_demo_is_payload(argv[0]))
		return container_hello();
	return run(&c);
}
