/* SPDX-License-Identifier: MIT */
/* Two passes over a log, between the header and the footer of a trace. */
#include "log_import.h"

#include "alloc.h"
#include "events.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ROOM_MAX ((size_t)256 << 20) /* bytes for tables of descriptors */

static int survey(struct ct_log_importer *im, struct ct_log_source *source)
{
	struct ct_log_line line;

	while (ct_log_source_next(source, &line, im->err))
		ct_log_survey_line(&im->survey, &line, im->symbols);
	if (im->err->code)
		return -EIO;
	ct_log_survey_settle(&im->survey);
	if (!im->survey.n_arrivals)
		return ct_error_set(im->err, EINVAL,
				    "there is no line in it that strace has written");
	im->clock.ticks = im->survey.has_times;
	im->clock.first_ns = im->survey.first_ns;
	return ct_log_source_rewind(source, im->err);
}

static void write_header(struct ct_log_importer *im)
{
	const struct ct_log_survey *s = &im->survey;
	struct ct_trace_header header = { .version = CT_TRACE_VERSION,
					  .kernel = "",
					  .arch = "x86_64",
					  .hostname = "",
					  .cgroup_mode = "unknown",
					  .boot_id = "",
					  .tracer = "strace",
					  .depth = "full",
					  .failures = "ptrace" };

	header.command = ct_alloc((s->n_argv + 1) * sizeof(*header.command));
	for (size_t i = 0; i < s->n_argv; i++)
		header.command[header.n_command++] =
			s->argv[i].str ? s->argv[i].str : "?";
	if (im->networks.wanted)
		header.host_ns[CT_NS_NET] =
			ct_log_network_number(&im->networks, CT_LOG_NETWORK_FIRST);
	if (s->has_epoch)
		header.start_realtime_ns = s->first_ns;
	ct_trace_writer_header(im->emit.writer, &header, im->err);
	free(header.command);
}

/* What the log does not have, for who reads the trace and never saw the log. */
static void write_lacks(struct ct_log_importer *im)
{
	const struct {
		uint64_t count;
		enum ct_event_kind kind;
		const char *text;
	} lacks[] = {
		{ im->counts->halves, CT_EVENT_GAP,
		  "calls of which the log has only one half" },
		{ im->counts->newer, CT_EVENT_GAP,
		  "calls newer than strace, without their structs" },
		{ im->counts->cut, CT_EVENT_NOTE,
		  "strings cut by strace: messages and paths may lack their end" },
	};

	for (size_t i = 0; i < sizeof(lacks) / sizeof(*lacks); i++)
		if (lacks[i].count)
			ct_log_import_words(
				im, lacks[i].kind,
				ct_span_of(lacks[i].text, strlen(lacks[i].text)),
				lacks[i].count);
}

static void write_footer(struct ct_log_importer *im)
{
	write_lacks(im);
	im->emit.footer.t_ns = im->now_ns;
	im->counts->events = im->emit.footer.events;
	im->counts->tasks = im->emit.footer.tasks;
	im->counts->calls = im->emit.footer.calls;
	im->counts->has_times = im->survey.has_times;
	ct_trace_writer_footer(im->emit.writer, &im->emit.footer, im->err);
	ct_trace_writer_flush(im->emit.writer, im->err);
}

static void release_pass(struct ct_log_importer *im)
{
	for (size_t i = 0; i < im->n_tasks; i++)
		ct_log_task_release(&im->tasks[i]);
	free(im->tasks);
	ct_arena_release(&im->emit.arena);
	ct_log_who_release(&im->who);
}

static void release(struct ct_log_importer *im)
{
	release_pass(im);
	ct_log_networks_release(&im->networks);
	ct_log_survey_release(&im->survey);
	ct_symbols_free(im->symbols);
}

static void pass(struct ct_log_importer *im, struct ct_log_source *source)
{
	struct ct_log_line line;

	im->networks.arena = &im->emit.arena;
	while (!im->err->code && ct_log_source_next(source, &line, im->err))
		ct_log_import_line(im, &line);
	ct_log_import_end(im);
}

/* What a namespace's number is, the log may say long after the first request for it. */
static void foretell(struct ct_log_importer *im, struct ct_log_source *source)
{
	struct ct_log_counts counts = { 0 };
	struct ct_log_importer first = *im;

	first.emit.writer = NULL;
	first.counts = &counts;
	first.networks.wanted = true;
	pass(&first, source);
	ct_log_networks_again(&first.networks);
	im->networks = first.networks;
	release_pass(&first);
	ct_log_source_rewind(source, im->err);
}

int ct_log_import(struct ct_log_source *source, struct ct_trace_writer *writer,
		  struct ct_log_counts *counts, struct ct_error *err)
{
	struct ct_log_importer im = { .symbols = ct_symbols_new(),
				      .emit = { .writer = writer },
				      .room = { ROOM_MAX },
				      .counts = counts,
				      .err = err };

	*counts = (struct ct_log_counts){ 0 };
	if (!survey(&im, source)) {
		if (im.survey.has_networks)
			foretell(&im, source);
		write_header(&im);
		pass(&im, source);
		write_footer(&im);
	}
	release(&im);
	return err->code ? -err->code : 0;
}
