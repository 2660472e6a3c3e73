/* SPDX-License-Identifier: MIT */
/* The trials that are made of system calls, and the table of all. */
#include "trials.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that only waits, and ends with its parent. */
static pid_t sleeper(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	return pid;
}

/* Takes it, stops it and lets it go, as the tracer does. */
static int seize(pid_t pid)
{
	int status;

	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) ||
	    ptrace(PTRACE_INTERRUPT, pid, NULL, NULL))
		return errno;
	if (waitpid(pid, &status, __WALL) != pid)
		return errno;
	return ptrace(PTRACE_DETACH, pid, NULL, NULL) ? errno : 0;
}

static int try_ptrace(struct ct_strbuf *said)
{
	pid_t pid = sleeper();
	int error;

	(void)said;
	if (pid < 0)
		return errno;
	error = seize(pid);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, __WALL);
	return error;
}

/* A process that is no descendant: for Yama that is another matter. */
static int try_attach(struct ct_strbuf *said)
{
	pid_t other = sleeper(), tracer;
	int status = 0, error = 0;

	(void)said;
	if (other < 0)
		return errno;
	tracer = fork();
	if (tracer == 0)
		_exit(seize(other));
	if (tracer < 0 || waitpid(tracer, &status, 0) != tracer)
		error = errno;
	else
		error = WIFEXITED(status) ? WEXITSTATUS(status) : EPERM;
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	return error;
}

static int try_seccomp(struct ct_strbuf *said)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = { .len = 1, .filter = &allow };

	(void)said;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return errno;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) ? errno : 0;
}

static int try_user_namespace(struct ct_strbuf *said)
{
	(void)said;
	return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int try_root(struct ct_strbuf *said)
{
	ct_strbuf_addf(said, "user id %u", (unsigned int)geteuid());
	return geteuid() ? EPERM : 0;
}

static int try_fuse(struct ct_strbuf *said)
{
	int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);

	(void)said;
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int try_proc(struct ct_strbuf *said)
{
	struct stat ns;

	(void)said;
	return stat("/proc/self/ns/mnt", &ns) ? errno : 0;
}

const struct ct_trial ct_trials[] = {
	{ "ptrace", "trace a child process", CT_CHECK_MUST, "no command can be traced",
	  "in a container: --cap-add=SYS_PTRACE, or a seccomp profile that allows "
	  "ptrace; "
	  "else see kernel.yama.ptrace_scope",
	  try_ptrace },
	{ "proc", "look into /proc", CT_CHECK_MORE,
	  "neither files nor namespaces of a process are known",
	  "mount -t proc proc /proc", try_proc },
	{ "seccomp", "install a seccomp filter", CT_CHECK_MORE,
	  "commands can be traced with --detach only, and slower: every call stops",
	  "a kernel with CONFIG_SECCOMP_FILTER; in a container, a profile that allows "
	  "seccomp",
	  try_seccomp },
	{ "attach", "attach to a process that runs", CT_CHECK_MORE,
	  "-p and --exec-name are refused",
	  "as root, or sysctl kernel.yama.ptrace_scope=0", try_attach },
	{ "root", "be root", CT_CHECK_MORE,
	  "set-user-ID helpers (newuidmap) fail in what is traced, other users' "
	  "processes "
	  "and daemons cannot be traced",
	  "sudo cttrace -u \"$USER\" -- COMMAND", try_root },
	{ "bpf", "see failing calls by BPF", CT_CHECK_MORE,
	  "who builds a container is stopped at each of its calls: the same is seen, "
	  "more "
	  "slowly",
	  "root, or CAP_BPF and CAP_PERFMON, in the initial pid namespace; Linux 5.8",
	  ct_try_bpf },
	{ "userns", "make a user namespace", CT_CHECK_MORE,
	  "rootless containers cannot be started",
	  "sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone, "
	  "kernel.apparmor_restrict_unprivileged_userns",
	  try_user_namespace },
	{ "cgroup", "read the cgroups", CT_CHECK_MORE,
	  "--meters has no figures, limits are not compared", "mount /sys/fs/cgroup",
	  ct_try_cgroup },
	{ "fuse", "open /dev/fuse", CT_CHECK_MORE,
	  "fuse-overlayfs, which some rootless engines use, does not work",
	  "modprobe fuse; in a container: --device /dev/fuse", try_fuse },
	{ "newuidmap", "map a user's subordinate ids", CT_CHECK_MORE,
	  "rootless containers have one user only",
	  "install the package uidmap (Fedora: shadow-utils); "
	  "usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER",
	  ct_try_idmap },
	{ "runtime", "run a container runtime", CT_CHECK_MORE,
	  "there is nothing to trace but cttrace demo",
	  "install podman, docker, crun, runc or bubblewrap", ct_try_runtimes },
	{ 0 },
};
