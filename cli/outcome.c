/* SPDX-License-Identifier: MIT */
/* The trace's file, --live, remarks of the tracer, and the picture. */
#include "outcome.h"

#include "common_rows.h"
#include "filter.h"
#include "live.h"
#include "output.h"

#include "cttrace/explain.h"
#include "cttrace/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The trace goes to -o, or to memory when only a picture is wanted. */
static bool keeps_trace(const struct options *options)
{
	return options->output && !options->format;
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

int outcome_open(struct outcome *outcome, const struct options *options,
		 const struct create_owner *owner, struct ct_error *err)
{
	*outcome =
		(struct outcome){ .options = options, .format = format_of(options, err) };
	if (!outcome->format || filter_read(options, &outcome->filter))
		return -EINVAL;
	reserve_std_fds();
	outcome->trace_fd = keeps_trace(options)
				    ? create_file(options->output, owner, err)
				    : memfd_create("trace", MFD_CLOEXEC);
	if (outcome->trace_fd >= 0)
		return 0;
	ct_query_free(outcome->filter);
	return keeps_trace(options)
		       ? outcome->trace_fd
		       : ct_error_set(err, errno, "memfd_create: %s", strerror(errno));
}

void outcome_close(struct outcome *outcome)
{
	ct_live_free(outcome->live);
	status_free(outcome->status);
	ct_query_free(outcome->filter);
	close(outcome->trace_fd);
}

void outcome_discard(struct outcome *outcome)
{
	struct stat st;

	/* what was not made as a file (/dev/full, a pipe) is not ours to remove */
	if (keeps_trace(outcome->options) && !fstat(outcome->trace_fd, &st) &&
	    S_ISREG(st.st_mode))
		unlink(outcome->options->output);
	outcome_close(outcome);
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

/* A failed run begins with its reason; what a program made of it by itself is no news. */
static int tell_reason(const struct outcome *outcome, const struct ct_model *model,
		       bool *told, struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_diagnosis *diagnosis = ct_diagnosis_new(model);
	struct ct_render_options style;
	int r = 0;

	if (ct_diagnosis_tells(diagnosis) && diagnosis->kind != CT_DIAGNOSIS_UNKNOWN) {
		output_style(&style, outcome->options, stderr);
		ct_explain_find("text")->write(&out, diagnosis, model, &style);
		ct_strbuf_addc(&out, '\n');
		r = output_write_fd(STDERR_FILENO, "stderr", out.data, out.len, err);
		*told = true;
	}
	ct_diagnosis_free(diagnosis);
	return r;
}

static int draw(const struct outcome *outcome, const struct ct_model *model, bool told,
		struct ct_error *err)
{
	const struct options *options = outcome->options;
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options style;
	int r;

	output_style(&style, options, stderr);
	if (options->output) {
		style.color = options->color == COLOR_ALWAYS;
		/* a file stands for itself */
		return output_render(options->output, outcome->format, model, &style,
				     err);
	}
	style.explained = told;
	r = ct_render(&out, outcome->format, model, &style, err);
	if (!r)
		r = output_write_fd(STDERR_FILENO, "stderr", out.data, out.len, err);
	return r;
}

static int tell(const struct outcome *outcome, const struct ct_session_result *result,
		bool reason, bool picture, struct ct_error *err)
{
	struct ct_trace *trace = read_back(outcome->trace_fd, err);
	const struct ct_model *selected = NULL;
	struct ct_model *model;
	bool told = false;
	int r = 0;

	if (!trace)
		return -EIO;
	/* what the tracer said at the command's end: it may be recording still */
	if (!trace->complete && result->footer.root_ended) {
		trace->footer = result->footer;
		trace->complete = !result->write_error.code;
	}
	model = ct_model_of_trace(trace);
	if (reason)
		r = tell_reason(outcome, model, &told, err);
	if (picture && outcome->filter)
		selected = ct_query_select(outcome->filter, model);
	if (!r && picture)
		r = draw(outcome, selected ? selected : model, told, err);
	ct_query_unselect(selected);
	ct_model_free(model);
	ct_trace_free(trace);
	return r;
}

int outcome_show(struct outcome *outcome, const struct ct_session_result *result,
		 struct ct_error *err)
{
	const struct options *options = outcome->options;
	/* quiet is about stderr: a file that was asked for is written */
	bool picture = options->output ? !keeps_trace(options)
				       : !options->quiet && !options->live;
	bool reason = !options->quiet && result->wait_status;

	if (outcome->shown)
		return 0;
	outcome->shown = true;
	status_hide(outcome->status);
	return picture || reason ? tell(outcome, result, reason, picture, err) : 0;
}

/* -------- while it is recorded -------- */

static void on_event(void *ctx, const struct ct_event *event)
{
	const struct outcome *outcome = ctx;
	const struct ct_query *filter = outcome->filter;

	if (outcome->status)
		status_count(outcome->status, event);
	if (outcome->live)
		live_event(outcome->live, event,
			   !filter || ct_query_matches(filter, NULL, NULL, event));
	else if (event->kind == CT_EVENT_NOTE)
		live_remark(event->note.text);
}

static void on_header(void *ctx, const struct ct_trace_header *header)
{
	struct outcome *outcome = ctx;

	outcome->live = live_new(outcome->options, header);
}

static void on_tick(void *ctx)
{
	const struct outcome *outcome = ctx;

	status_show(outcome->status);
}

static void on_pause(void *ctx)
{
	const struct outcome *outcome = ctx;

	status_hide(outcome->status);
}

static void on_stop(void *ctx, const struct ct_session_result *result)
{
	struct ct_error err = { 0 };

	if (outcome_show(ctx, result, &err))
		fprintf(stderr, "cttrace: %s\n", err.text);
}

void outcome_connect(struct outcome *outcome, struct ct_session_options *session)
{
	session->trace_fd = outcome->trace_fd;
	session->ctx = outcome;
	if (outcome->options->live || !outcome->options->quiet)
		session->event = on_event;
	if (outcome->options->live)
		session->header = on_header;
	outcome->status = status_new(outcome->options);
	if (outcome->status) {
		session->tick = on_tick;
		session->pausing = on_pause;
	}
	if (session->until_payload)
		session->stopped = on_stop;
}
