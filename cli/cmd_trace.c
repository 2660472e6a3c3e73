/* SPDX-License-Identifier: MIT */
/* cttrace -- COMMAND: trace it, then show what happened. */
#include "commands.h"
#include "common_rows.h"
#include "live.h"
#include "output.h"
#include "session.h"

#include "cttrace/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The trace goes to -o, or to memory when only a picture is wanted. */
static bool keeps_trace(const struct options *options)
{
	return options->output && !options->format;
}

static int open_trace(const struct options *options, struct ct_error *err)
{
	int fd;

	if (keeps_trace(options))
		return output_create(options->output, err);
	fd = memfd_create("trace", MFD_CLOEXEC);
	if (fd < 0)
		return ct_error_set(err, errno, "memfd_create: %s", strerror(errno));
	return fd;
}

static struct ct_trace *read_back(int fd, struct ct_error *err)
{
	FILE *in;
	int again;
	struct ct_trace *trace;

	/* a new description: the tracer may go on writing at its own offset */
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;

	ct_strbuf_addf(&path, "/proc/self/fd/%d", fd);
	again = open(path.data, O_RDONLY | O_CLOEXEC);
	in = again < 0 ? NULL : fdopen(again, "r");
	if (!in) {
		ct_error_set(err, errno, "cannot read the trace: %s", strerror(errno));
		return NULL;
	}
	trace = ct_trace_read(in, "the trace", err);
	fclose(in);
	return trace;
}

static int show(const struct options *options, const struct ct_render_format *format,
		int fd, const struct ct_session_result *result, struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_trace *trace = read_back(fd, err);
	struct ct_render_options style;
	struct ct_model *model;
	int r;

	if (!trace)
		return -EIO;
	/* what the tracer said at the command's end: it may be recording still */
	if (!trace->complete && result->footer.root_ended) {
		trace->footer = result->footer;
		trace->complete = !result->write_error.code;
	}
	model = ct_model_of_trace(trace);
	output_style(&style, options, stderr);
	if (options->output)
		style.color = options->color == COLOR_ALWAYS;
	r = ct_render(&out, format, model, &style, err);
	if (!r && options->output)
		r = output_write(options->output, out.data, out.len, err);
	else if (!r)
		r = output_write_fd(STDERR_FILENO, "stderr", out.data, out.len, err);
	ct_model_free(model);
	ct_trace_free(trace);
	return r;
}

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
	if (!options->quiet && tracer_goes_on(result))
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

/*
 * Descriptors 0 to 2 that were closed must not become our trace or a pipe. CLOEXEC: the
 * command finds them as closed as it would have; read-only: as for it, writing fails.
 */
static void reserve_std_fds(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static int trace(const struct options *options, const struct ct_render_format *format,
		 struct ct_session_options *session, struct ct_error *err)
{
	struct ct_session_result result;
	struct live live = { .options = options };
	int r;

	if (options->live) {
		session->header = live_header;
		session->event = live_event;
		session->ctx = &live;
	}
	reserve_std_fds();
	session->trace_fd = open_trace(options, err);
	if (session->trace_fd < 0)
		return EXIT_USAGE;
	r = ct_session_run(session, &result, err);
	if (r) {
		if (keeps_trace(options))
			unlink(options->output);
		close(session->trace_fd);
		return r == -ENOENT   ? EXIT_NOT_FOUND
		       : r == -EACCES ? EXIT_CANNOT_RUN
				      : EXIT_USAGE;
	}
	/* quiet is about stderr: a file that was asked for is written */
	if (!keeps_trace(options) &&
	    (options->output || (!options->quiet && !options->live)))
		show(options, format, session->trace_fd, &result, err);
	close(session->trace_fd);
	remark(options, &result);
	if (err->code)
		fprintf(stderr, "cttrace: %s\n", err->text);
	err->code = 0;
	return mirror(result.wait_status);
}

int trace_command(const struct options *options, const char *program, char *const *argv,
		  struct ct_error *err)
{
	const struct ct_render_format *format = format_of(options, err);
	struct ct_launch_user user;
	struct ct_session_options session = {
		.program = program,
		.argv = argv,
		.depth = (enum ct_depth_option)options->depth,
		.failures = (enum ct_failures_option)options->failures,
		.failures_ring = (size_t)options->failures_ring,
		.stacks = options->stacks,
		.detach = options->detach,
		.wait_all = options->wait_all
	};

	if (!format)
		return EXIT_USAGE;
	if (options->user) {
		if (find_user(options->user, &user, err))
			return EXIT_USAGE;
		session.user = &user;
	}
	return trace(options, format, &session, err);
}

static int run(const struct options *options, struct ct_error *err)
{
	if (!options->n_args) {
		ct_error_set(
			err, EINVAL,
			"no command to trace: cttrace -- COMMAND, or cttrace --help");
		return EXIT_USAGE;
	}
	return trace_command(options, NULL, options->args, err);
}

static const struct option_row rows[] = { TRACE_ROWS, RENDER_ROWS, HELP_ROWS, { 0 } };

const struct command command_trace = {
	.name = NULL,
	.usage = "cttrace [OPTIONS] -- COMMAND [ARG…]",
	.summary = "Traces how a container is started, and shows it as a story.",
	.rows = rows,
	.run = run,
};
