/* SPDX-License-Identifier: MIT */
/* cttrace import: logs of strace become a trace. */
#include "commands.h"
#include "common_rows.h"
#include "create.h"
#include "output.h"

#include "log_import.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void summarise(const struct ct_log_counts *counts)
{
	fprintf(stderr, "cttrace: %llu lines: %llu calls of %llu tasks",
		(unsigned long long)counts->lines, (unsigned long long)counts->calls,
		(unsigned long long)counts->tasks);
	if (counts->halves)
		fprintf(stderr, "; %llu calls lack their beginning or end",
			(unsigned long long)counts->halves);
	if (counts->strange)
		fprintf(stderr, "; %llu lines are not strace's, kept as notes",
			(unsigned long long)counts->strange);
	if (counts->newer)
		fprintf(stderr,
			"; %llu calls are newer than its strace: what they did is "
			"unknown",
			(unsigned long long)counts->newer);
	if (counts->cut)
		fprintf(stderr,
			"; %llu strings are cut, so explain knows less: strace -s 4096 "
			"keeps them",
			(unsigned long long)counts->cut);
	if (!counts->has_times)
		fputs("; it has no times: a line counts as 1 us", stderr);
	fputc('\n', stderr);
}

static int open_output(const char *path, struct ct_error *err)
{
	int fd;

	if (strcmp(path, "-") != 0)
		return create_file(path, NULL, err);
	fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	return fd < 0 ? ct_error_set(err, errno, "stdout: %s", strerror(errno)) : fd;
}

static int import(const struct options *options, struct ct_error *err)
{
	struct ct_log_source *source = ct_log_source_open(
		(const char *const *)options->args, (size_t)options->n_args, err);
	struct ct_trace_writer *writer;
	struct ct_log_counts counts;
	int fd, r;

	if (!source)
		return -EINVAL;
	fd = open_output(options->output, err);
	if (fd < 0) {
		ct_log_source_free(source);
		return fd;
	}
	/* a reader that goes away is an error like any other */
	signal(SIGPIPE, SIG_IGN);
	writer = ct_trace_writer_new(fd);
	r = ct_log_import(source, writer, &counts, err);
	ct_trace_writer_free(writer);
	ct_log_source_free(source);
	if (!r && !options->quiet)
		summarise(&counts);
	return r;
}

static int run(const struct options *options, struct ct_error *err)
{
	if (!options->n_args || !options->output) {
		ct_error_set(err, EINVAL,
			     "import needs a log of strace and -o TRACE (see cttrace "
			     "import --help)");
		return EXIT_USAGE;
	}
	return import(options, err) ? EXIT_USAGE : 0;
}

static const struct option_row rows[] = {
	{ 'o', "output", "TRACE", "write the trace there; \"-\": to stdout",
	  OPTION_STRING, OPTION_AT(output), 0, 0, NULL },
	{ 'q', "quiet", NULL, "no summary", OPTION_COUNT, OPTION_AT(quiet), 0, 0, NULL },
	HELP_ROWS,
	{ 0 },
};

const struct command command_import = {
	.name = "import",
	.usage = "cttrace import [OPTIONS] LOG... -o TRACE",
	.summary = "make a trace of a log of strace",
	.rows = rows,
	.options_anywhere = true,
	.run = run,
};
