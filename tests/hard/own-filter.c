/* SPDX-License-Identifier: MIT */
/* The program's own seccomp filters, on calls that the tracer traps as well: the answers
 * are those of an untraced program. */
#include "filter.h"

#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

static void on_sigsys(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	tell("SIGSYS", "for call", info->si_syscall);
}

static long try_mount(void)
{
	return result_of(mount("none", "/no/such", "tmpfs", 0, NULL));
}

static void run(const char *what, unsigned int nr, unsigned int action)
{
	pid_t pid = (pid_t)MUST(fork());

	if (!pid) {
		struct sigaction sa = { .sa_sigaction = on_sigsys,
					.sa_flags = SA_SIGINFO };

		sigaction(SIGSYS, &sa, NULL);
		MUST(install_filter(nr, action, 0));
		tell(what, "makes mount give", try_mount());
		tell(what, "makes getppid give",
		     result_of(syscall(SYS_getppid)) < 0 ? -errno : 0);
		_exit(0);
	}
	tell_status(what, status_of(pid));
}

static void *supervise(void *fd)
{
	struct seccomp_notif request = { 0 };
	struct seccomp_notif_resp response = { 0 };

	MUST(ioctl((int)(intptr_t)fd, SECCOMP_IOCTL_NOTIF_RECV, &request));
	response.id = request.id;
	response.error = -ENOLINK;
	MUST(ioctl((int)(intptr_t)fd, SECCOMP_IOCTL_NOTIF_SEND, &response));
	return NULL;
}

static void run_notify(void)
{
	pid_t pid = (pid_t)MUST(fork());
	pthread_t thread;
	long fd;

	if (!pid) {
		fd = MUST(install_filter(SYS_mount, SECCOMP_RET_USER_NOTIF,
					 SECCOMP_FILTER_FLAG_NEW_LISTENER));
		pthread_create(&thread, NULL, supervise, (void *)(intptr_t)fd);
		tell("USER_NOTIF", "makes mount give", try_mount());
		_exit(0);
	}
	tell_status("USER_NOTIF", status_of(pid));
}

static void *mount_in_thread(void *go)
{
	char byte;

	MUST(read(*(int *)go, &byte, 1));
	tell("TSYNC", "makes mount of another thread give", try_mount());
	return NULL;
}

static void run_tsync(void)
{
	pid_t pid = (pid_t)MUST(fork());
	pthread_t thread;
	int go[2];

	if (!pid) {
		MUST(pipe(go));
		pthread_create(&thread, NULL, mount_in_thread, go);
		tell("TSYNC", "gives",
		     install_filter(SYS_mount, SECCOMP_RET_ERRNO | ENOMEDIUM,
				    SECCOMP_FILTER_FLAG_TSYNC));
		MUST(write(go[1], "g", 1));
		pthread_join(thread, NULL);
		_exit(0);
	}
	tell_status("TSYNC", status_of(pid));
}

int main(void)
{
	MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	run("ALLOW", SYS_mount, SECCOMP_RET_ALLOW);
	run("LOG", SYS_mount, SECCOMP_RET_LOG);
	run("ERRNO", SYS_mount, SECCOMP_RET_ERRNO | EXDEV);
	run("TRAP", SYS_mount, SECCOMP_RET_TRAP);
	run("TRACE", SYS_mount, SECCOMP_RET_TRACE | 7);
	run("TRACE without data", SYS_mount, SECCOMP_RET_TRACE);
	run("TRACE of another call", SYS_getppid, SECCOMP_RET_TRACE | 7);
	run("KILL_THREAD", SYS_mount, SECCOMP_RET_KILL_THREAD);
	run("KILL_PROCESS", SYS_mount, SECCOMP_RET_KILL_PROCESS);
	run_notify();
	run_tsync();
	return 0;
}
