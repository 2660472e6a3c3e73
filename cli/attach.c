/* SPDX-License-Identifier: MIT */
/* cttrace -p PID, --exec-name NAME: record what runs already. */
#include "commands.h"
#include "find.h"
#include "outcome.h"

#include "cttrace/strbuf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int add_pid(struct ct_pids *pids, const char *word, size_t len,
		   struct ct_error *err)
{
	char *end;
	long pid;

	errno = 0;
	pid = strtol(word, &end, 10);
	if (errno || end != word + len || !len || pid <= 0 || pid > INT32_MAX)
		return ct_error_set(err, EINVAL, "-p needs process ids, not '%.*s'",
				    (int)len, word);
	ct_pids_add(pids, (pid_t)pid);
	pids->n_asked = pids->n;
	return 0;
}

static int add_named(struct ct_pids *pids, const char *word, size_t len,
		     struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	ct_strbuf_add(&name, word, len);
	if (!len || !ct_pids_find(pids, name.data))
		return ct_error_set(err, ESRCH, "no process runs '%s'", name.data);
	return 0;
}

/* Every word of a comma list. */
static int each_word(struct ct_pids *pids, const char *list,
		     int (*add)(struct ct_pids *, const char *, size_t,
				struct ct_error *),
		     struct ct_error *err)
{
	int r = 0;

	while (list && !r) {
		size_t len = strcspn(list, ",");

		r = add(pids, list, len, err);
		list = list[len] ? list + len + 1 : NULL;
	}
	return r;
}

static int record(const struct options *options, const struct ct_pids *pids,
		  struct ct_error *err)
{
	struct ct_session_options session = {
		.depth = (enum ct_depth_option)options->depth,
		.stacks = options->stacks,
		.kill_on_exit = options->kill_on_exit,
		.meters_ns = options->meters * INT64_C(1000000),
	};
	struct ct_session_result result;
	struct outcome outcome;
	int r;

	if (outcome_open(&outcome, options, NULL, err))
		return EXIT_USAGE;
	outcome_connect(&outcome, &session);
	r = ct_session_attach(&session, pids->pid, pids->n, pids->n_asked, &result, err);
	if (r) {
		outcome_discard(&outcome);
		return EXIT_USAGE;
	}
	r = outcome_show(&outcome, &result, err);
	if (result.write_error.code)
		r = ct_error_set(err, result.write_error.code, "the trace is cut off: %s",
				 result.write_error.text);
	outcome_close(&outcome);
	return r ? EXIT_USAGE : 0;
}

int attach_command(const struct options *options, struct ct_error *err)
{
	struct ct_pids pids = { 0 };
	int status = EXIT_USAGE;

	if (options->n_args)
		ct_error_set(err, EINVAL, "either -p or a command, not both");
	else if (options->user || options->wait_all || options->detach || options->until)
		ct_error_set(err, EINVAL,
			     "-u, --wait-all, --detach and --until are for a command, "
			     "not for -p");
	else if (!each_word(&pids, options->pids, add_pid, err) &&
		 !each_word(&pids, options->exec_names, add_named, err))
		status = record(options, &pids, err);
	free(pids.pid);
	return status;
}
