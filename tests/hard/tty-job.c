/* SPDX-License-Identifier: MIT */
/* A shell's job control on a terminal of its own: tty-job COMMAND… runs COMMAND in it,
 * and tells what a shell would see. COMMAND is "tty-job job", or a tracer that runs this.
 */
#include "hard.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

static volatile sig_atomic_t continued, interrupted, quit;

static void count(int sig)
{
	continued += sig == SIGCONT;
	interrupted += sig == SIGINT;
	quit += sig == SIGQUIT;
	if (sig == SIGCONT)
		MUST(write(STDOUT_FILENO, "C", 1));
	if (sig == SIGINT)
		MUST(write(STDOUT_FILENO, "I", 1));
}

/* SIGUSR1: read from the terminal, which in the background gives SIGTTIN. */
static void read_terminal(int sig)
{
	char byte;

	(void)sig;
	MUST(read(STDIN_FILENO, &byte, 1));
	MUST(write(STDOUT_FILENO, "R", 1));
}

static int job(void)
{
	struct sigaction sa = { .sa_handler = count, .sa_flags = SA_RESTART };
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGQUIT);
	sigprocmask(SIG_BLOCK, &set, &old);
	sigfillset(&sa.sa_mask); /* a handler ends before the next one begins */
	sigaction(SIGCONT, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGQUIT, &sa, NULL);
	sigemptyset(&sa.sa_mask);
	sa.sa_handler = read_terminal;
	sigaction(SIGUSR1, &sa, NULL);
	MUST(write(STDOUT_FILENO, "G", 1));
	while (!quit)
		sigsuspend(&old);
	return 10 * continued + interrupted;
}

/* What the job says of itself, on the terminal; the echo of our keys is off. */
static void expect(int terminal, char what)
{
	struct pollfd fd = { .fd = terminal, .events = POLLIN };
	char got = '?';

	while (poll(&fd, 1, 10000) > 0 && read(terminal, &got, 1) == 1)
		if (got == what)
			return;
	fprintf(stderr, "waited in vain for '%c'\n", what);
	exit(1);
}

static void wait_and_tell(const char *what, pid_t pid)
{
	int status;

	MUST(waitpid(pid, &status, WUNTRACED | WCONTINUED));
	tell_status(what, status);
}

static int open_terminal(int *master)
{
	struct termios mode;
	int unlocked = 0, number = -1, slave;
	char path[32];

	*master = (int)MUST(open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC));
	MUST(ioctl(*master, TIOCSPTLCK, &unlocked));
	MUST(ioctl(*master, TIOCGPTN, &number));
	snprintf(path, sizeof(path), "/dev/pts/%d", number);
	slave = (int)MUST(open(path, O_RDWR | O_CLOEXEC));
	MUST(tcgetattr(slave, &mode));
	mode.c_lflag &= ~(tcflag_t)ECHO;
	MUST(tcsetattr(slave, TCSANOW, &mode));
	return slave;
}

static pid_t start(char **argv, int terminal)
{
	pid_t pid = (pid_t)MUST(fork());

	if (!pid) {
		setpgid(0, 0);
		MUST(tcsetpgrp(terminal, getpid()));
		signal(SIGTTOU, SIG_DFL);
		for (int fd = 0; fd < 3; fd++)
			MUST(dup2(terminal, fd));
		execvp(argv[0], argv);
		_exit(127);
	}
	setpgid(pid, pid);
	return pid;
}

static void press(int master, char key)
{
	MUST(write(master, &key, 1));
}

static void continue_job(int terminal, pid_t foreground, pid_t pid)
{
	MUST(tcsetpgrp(terminal, foreground));
	kill(-pid, SIGCONT);
	wait_and_tell("the job", pid);
}

int main(int argc, char **argv)
{
	int master, terminal;
	pid_t pid;

	if (argc == 2 && !strcmp(argv[1], "job"))
		return job();
	setsid();
	signal(SIGTTOU, SIG_IGN);
	terminal = open_terminal(&master);
	MUST(ioctl(terminal, TIOCSCTTY, 0));
	pid = start(argv + 1, terminal);
	expect(master, 'G');
	for (int i = 0; i < 2; i++) {
		press(master, 'Z' & 0x1f);
		wait_and_tell("^Z", pid);
		continue_job(terminal, pid, pid);
		expect(master, 'C');
		press(master, 'C' & 0x1f);
		expect(master, 'I');
	}
	/* in the background it may not read */
	press(master, 'Z' & 0x1f);
	wait_and_tell("^Z", pid);
	continue_job(terminal, getpid(), pid);
	expect(master, 'C');
	kill(pid, SIGUSR1);
	wait_and_tell("reading in the background", pid);
	continue_job(terminal, pid, pid);
	expect(master, 'C');
	MUST(write(master, "x\n", 2));
	expect(master, 'R');
	press(master, '\\' & 0x1f);
	wait_and_tell("^\\", pid);
	return 0;
}
