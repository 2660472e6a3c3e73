/* SPDX-License-Identifier: MIT */
/* The front end: starts tracer and command, and behaves as the command does. */
#include "session.h"

#include "forward.h"
#include "tracer_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

struct front_end {
	const struct ct_session_options *options;
	struct ct_session_result *result;
	struct ct_launch launch;
	struct ct_filter filter, lighter;
	struct ct_launch_pipes pipes;
	int pid_pipe[2];     /* front end → tracer: the command's pid */
	int message_pipe[2]; /* tracer → front end */
	int signal_fd;
	pid_t command, tracer;
	bool command_ended, told, failed;
	struct ct_error error; /* of the tracer, when failed */
};

static void take_signals(struct front_end *fe)
{
	struct sigaction old;
	sigset_t set;

	sigaction(SIGCHLD, NULL, &old);
	fe->launch.sigchld_ignored = old.sa_handler == SIG_IGN;
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	for (int sig = 1; sig < CT_SIGNALS; sig++)
		if (ct_forward_is(sig))
			sigaddset(&set, sig);
	sigprocmask(SIG_BLOCK, &set, &fe->launch.mask);
	fe->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Somebody has let it go on, or ended it. */
static bool has_continued(const struct front_end *fe)
{
	siginfo_t info = { .si_pid = 0 };

	return !waitid(P_PID, (id_t)fe->command, &info,
		       WCONTINUED | WEXITED | WNOHANG | WNOWAIT) &&
	       info.si_pid == fe->command;
}

/*
 * The command has stopped, and so does who its shell thinks it is. What ends that is sent
 * to the process group, to us, or to the command alone: then it is the tracer that wakes
 * us up.
 */
static void stop_too(struct front_end *fe, int sig)
{
	sigset_t set;

	if (has_continued(fe))
		return;
	if (fe->options->pausing)
		fe->options->pausing(fe->options->ctx);
	raise(sig);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL); /* here it stops, until SIGCONT */
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (!has_continued(fe))
		kill(fe->command, SIGCONT);
}

static void reap(struct front_end *fe)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
		if (pid == fe->command && WIFSTOPPED(status))
			stop_too(fe, WSTOPSIG(status));
		else if (pid == fe->command) {
			fe->command_ended = true;
			fe->result->wait_status = status;
		}
	}
}

/* Signals that people end a command with which does not end by itself. */
static bool interrupts(uint32_t signo)
{
	return signo == SIGINT || signo == SIGTERM || signo == SIGQUIT || signo == SIGHUP;
}

static void on_signals(struct front_end *fe)
{
	struct signalfd_siginfo si;

	while (read(fe->signal_fd, &si, sizeof(si)) == sizeof(si)) {
		if (si.ssi_signo == SIGCHLD)
			continue;
		if (interrupts(si.ssi_signo) && fe->tracer > 0)
			kill(fe->tracer, SIGINT); /* it tells who waits */
		/* from the keyboard it reaches the whole process group, the command
		 * included */
		if (si.ssi_code <= 0 && !fe->command_ended)
			ct_forward_send(fe->command, &si);
	}
	reap(fe);
}

/* True while more may come. */
static bool on_message(struct front_end *fe)
{
	struct ct_message message;
	ssize_t n = read(fe->message_pipe[0], &message, sizeof(message));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n != sizeof(message))
		return false;
	if (message.kind == CT_MESSAGE_FAILED) {
		fe->failed = true;
		fe->error = message.error;
		return false;
	}
	fe->result->footer = message.footer;
	fe->result->write_error = message.error;
	if (message.kind == CT_MESSAGE_STOPPED) {
		if (fe->options->stopped)
			fe->options->stopped(fe->options->ctx, fe->result);
		return true;
	}
	fe->told = true;
	fe->result->tasks_left = message.tasks_left;
	return true;
}

static void serve(struct front_end *fe)
{
	struct pollfd fds[2] = { { .fd = fe->signal_fd, .events = POLLIN },
				 { .fd = fe->message_pipe[0], .events = POLLIN } };

	/* who detaches is soon done: then no tracer is left when we return */
	bool wait_for_tracer = fe->options->wait_all || fe->options->detach;

	while (!fe->command_ended || fds[1].fd >= 0) {
		if (fe->command_ended && fe->told && !wait_for_tracer)
			break;
		if (poll(fds, 2, fe->options->tick ? CT_SESSION_TICK_MS : -1) < 0 &&
		    errno != EINTR)
			break;
		if (fe->options->tick)
			fe->options->tick(fe->options->ctx);
		if (fds[0].revents)
			on_signals(fe);
		if (fds[1].revents && !on_message(fe))
			fds[1].fd = -1;
	}
	fe->result->tracer_died = !fe->told && !fe->failed;
}

static int open_pipes(struct front_end *fe, struct ct_error *err)
{
	int r = ct_launch_pipes_open(&fe->pipes, err);

	if (r)
		return r;
	if (pipe2(fe->pid_pipe, O_CLOEXEC) || pipe2(fe->message_pipe, O_CLOEXEC))
		return ct_error_set(err, errno, "pipe: %s", strerror(errno));
	return 0;
}

static void __attribute__((noreturn)) run_tracer(struct front_end *fe)
{
	struct ct_tracer_process tp = { .options = fe->options,
					.filtered = fe->launch.filter != NULL,
					.command_fd = fe->pid_pipe[0],
					.front_end = getppid(),
					.go_fd = fe->pipes.go[1],
					.message_fd = fe->message_pipe[1] };

	close(fe->pid_pipe[1]);
	close(fe->pipes.go[0]);
	close(fe->pipes.error[0]);
	close(fe->pipes.error[1]);
	close(fe->message_pipe[0]);
	close(fe->signal_fd);
	ct_tracer_process_main(&tp);
}

static int start(struct front_end *fe, struct ct_error *err)
{
	int r = open_pipes(fe, err);

	if (r)
		return r;
	fe->tracer = fork();
	if (!fe->tracer)
		run_tracer(fe);
	if (fe->tracer < 0)
		return ct_error_set(err, errno, "fork: %s", strerror(errno));
	fe->result->tracer = fe->tracer;
	fe->launch.tracer = fe->tracer;
	close(fe->message_pipe[1]);
	close(fe->pipes.go[1]);
	/* now, while the tracer prepares itself */
	if (fe->launch.filter)
		r = ct_filter_build(&fe->filter, ct_plan_each_key, false, err);
	if (fe->launch.lighter && !r)
		r = ct_filter_build(&fe->lighter, ct_plan_each_key, true, err);
	fe->command = r ? r : ct_launch_start(&fe->launch, &fe->pipes, err);
	close(fe->pipes.go[0]);
	/* a tracer that is gone does not read it, and its message says why */
	if (fe->command > 0 &&
	    write(fe->pid_pipe[1], &fe->command, sizeof(fe->command)) < 0)
		kill(fe->command, SIGKILL);
	close(fe->pid_pipe[0]);
	close(fe->pid_pipe[1]);
	return fe->command < 0 ? fe->command : 0;
}

/* Why the command's process never became the command. */
static int launch_failure(struct front_end *fe, struct ct_error *err)
{
	struct ct_launch_failure failure;
	ssize_t n = read(fe->pipes.error[0], &failure, sizeof(failure));

	if (fe->failed)
		return ct_error_set(err,
				    fe->error.code == ENOENT ? EPERM : fe->error.code,
				    "%s", fe->error.text);
	if (n != sizeof(failure))
		return 0;
	failure.what[sizeof(failure.what) - 1] = '\0';
	if (failure.exec)
		return ct_error_set(err, failure.code == ENOENT ? ENOENT : EACCES,
				    "%s: %s", fe->launch.path, strerror(failure.code));
	return ct_error_set(err, EPERM, "%s: %s", failure.what, strerror(failure.code));
}

int ct_session_run(const struct ct_session_options *options,
		   struct ct_session_result *result, struct ct_error *err)
{
	struct front_end fe = { .options = options, .result = result };
	char *path = NULL;
	int r;

	memset(result, 0, sizeof(*result));
	r = ct_launch_resolve(options->program ? options->program : options->argv[0],
			      &path, err);
	if (r)
		goto out;
	fe.launch.path = path;
	fe.launch.argv = options->argv;
	fe.launch.user = options->user;
	fe.launch.filter = options->detach ? NULL : &fe.filter;
	fe.launch.lighter = options->detach ? NULL : &fe.lighter;
	take_signals(&fe);
	r = start(&fe, err);
	if (!r) {
		serve(&fe);
		r = launch_failure(&fe, err);
	}
	close(fe.pipes.error[0]);
	close(fe.message_pipe[0]);
	close(fe.signal_fd);
	sigprocmask(SIG_SETMASK, &fe.launch.mask, NULL);
out:
	ct_filter_release(&fe.filter);
	ct_filter_release(&fe.lighter);
	free(path);
	return r;
}
