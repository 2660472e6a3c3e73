/* SPDX-License-Identifier: MIT */
/* cttrace -- COMMAND: trace it, then show what happened. */
#include "commands.h"
#include "common_rows.h"
#include "outcome.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Asked after the picture was drawn: a clean-up that was under way has ended by now. */
static bool tracer_goes_on(const struct ct_session_result *result)
{
	return result->tasks_left && waitpid(result->tracer, NULL, WNOHANG) == 0;
}

static void remark(const struct options *options, const struct ct_session_result *result)
{
	if (result->tracer_died)
		fputs("cttrace: the tracer was killed, and the traced processes with "
		      "it\n",
		      stderr);
	if (result->write_error.code)
		fprintf(stderr, "cttrace: the trace is cut off: %s\n",
			result->write_error.text);
	if (!options->quiet && !options->detach && tracer_goes_on(result))
		fprintf(stderr,
			"cttrace: %llu of its processes and threads live on; process %d "
			"stays with "
			"them and goes on recording\n",
			(unsigned long long)result->tasks_left, result->tracer);
}

/* Ends as the command has ended; by the same signal, but without a second core file. */
static int mirror(int wait_status)
{
	struct rlimit none = { 0, 0 };
	sigset_t set;
	int sig;

	if (WIFEXITED(wait_status))
		return WEXITSTATUS(wait_status);
	sig = WTERMSIG(wait_status);
	setrlimit(RLIMIT_CORE, &none);
	signal(sig, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	raise(sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	return 128 + sig;
}

static int find_user(const char *name, struct ct_launch_user *user, struct ct_error *err)
{
	struct passwd *pw;

	errno = 0;
	pw = getpwnam(name);
	if (!pw)
		return ct_error_set(err, EINVAL, "there is no user '%s'", name);
	if (geteuid())
		return ct_error_set(err, EPERM, "-u needs root");
	*user = (struct ct_launch_user){ pw->pw_uid, pw->pw_gid, pw->pw_name,
					 pw->pw_dir };
	return 0;
}

static int trace(const struct options *options, struct ct_session_options *session,
		 struct ct_error *err)
{
	const struct ct_launch_user *user = session->user;
	struct ct_session_result result;
	struct create_owner owner;
	struct outcome outcome;
	int r;

	if (user)
		owner = (struct create_owner){ user->uid, user->gid };
	if (outcome_open(&outcome, options, user ? &owner : NULL, err))
		return EXIT_USAGE;
	outcome_connect(&outcome, session);
	r = ct_session_run(session, &result, err);
	if (r) {
		outcome_discard(&outcome);
		return r == -ENOENT   ? EXIT_NOT_FOUND
		       : r == -EACCES ? EXIT_CANNOT_RUN
				      : EXIT_USAGE;
	}
	outcome_show(&outcome, &result, err);
	outcome_close(&outcome);
	remark(options, &result);
	if (err->code)
		fprintf(stderr, "cttrace: %s\n", err->text);
	err->code = 0;
	return mirror(result.wait_status);
}

int trace_command(const struct options *options, const char *program, char *const *argv,
		  struct ct_error *err)
{
	struct ct_launch_user user;
	struct ct_session_options session = {
		.program = program,
		.argv = argv,
		.depth = (enum ct_depth_option)options->depth,
		.failures = (enum ct_failures_option)options->failures,
		.failures_ring = (size_t)options->failures_ring,
		.stacks = options->stacks,
		.meters_ns = options->meters * INT64_C(1000000),
		.detach = options->detach,
		.kill_on_exit = options->kill_on_exit,
		.wait_all = options->wait_all,
		.until_payload = options->until == UNTIL_PAYLOAD,
	};

	if (options->user) {
		if (find_user(options->user, &user, err))
			return EXIT_USAGE;
		session.user = &user;
	}
	return trace(options, &session, err);
}

static int run(const struct options *options, struct ct_error *err)
{
	if (options->pids || options->exec_names)
		return attach_command(options, err);
	if (!options->n_args) {
		ct_error_set(
			err, EINVAL,
			"no command to trace: cttrace -- COMMAND, or cttrace --help");
		return EXIT_USAGE;
	}
	return trace_command(options, NULL, options->args, err);
}

static const struct option_row rows[] = {
	ATTACH_ROWS, TRACE_ROWS, RENDER_ROWS, HELP_ROWS, { 0 }
};

const struct command command_trace = {
	.name = NULL,
	.usage = "cttrace [OPTIONS] -- COMMAND [ARG…]\n"
		 "       cttrace [OPTIONS] -p PID | --exec-name NAME",
	.summary = "Traces how a container is started, and shows it as a story.",
	.rows = rows,
	.run = run,
};
