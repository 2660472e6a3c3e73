/* SPDX-License-Identifier: MIT */
/* Reading a trace, which anybody may have written: one clear error, or all of it. */
#include "trace_rows.h"

#include "alloc.h"
#include "line_reader.h"
#include "trace_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct ct_json_reader json;
	struct ct_json_text text; /* of the line */
	struct ct_trace *trace;
	size_t cap; /* of trace->events */
};

static int not_a_trace(struct reading *in)
{
	return ct_error_set(in->json.err, EINVAL, "%s is not a cttrace trace",
			    in->json.name);
}

static int take_header(struct reading *in, const struct ct_json_node *line)
{
	const struct ct_json_node *version = ct_json_get(line, CT_TRACE_MAGIC);

	if (!version || version->kind != CT_JSON_INTEGER || version->integer < 1)
		return not_a_trace(in);
	if (version->integer > CT_TRACE_VERSION)
		return ct_error_set(
			in->json.err, EINVAL,
			"%s has trace format %lld, this cttrace reads 1 to %d",
			in->json.name, (long long)version->integer, CT_TRACE_VERSION);
	return ct_json_read(&in->json, &ct_trace_header_shape, line, &in->trace->header);
}

static int take_footer(struct reading *in, const struct ct_json_node *line)
{
	in->trace->complete = true;
	return ct_json_read(&in->json, &ct_trace_footer_shape, line, &in->trace->footer);
}

static int kind_of(const struct ct_json_node *name)
{
	for (int kind = 0; kind < CT_EVENT_KINDS; kind++)
		if (ct_json_is(name, ct_event_kind_name((enum ct_event_kind)kind)))
			return kind;
	return -1;
}

static int take_event(struct reading *in, const struct ct_json_node *line)
{
	const struct ct_json_node *name = ct_json_get(line, "ev");
	struct ct_trace *trace = in->trace;
	int kind;

	if (!name || name->kind != CT_JSON_STRING)
		return ct_json_complain(&in->json, "\"ev\" is missing or not a string");
	if (trace->complete)
		return ct_json_complain(&in->json,
					"there is more behind the trace's end");
	if (ct_json_is(name, CT_TRACE_END))
		return take_footer(in, line);
	kind = kind_of(name);
	if (kind < 0) {
		trace->unknown++;
		return 0;
	}
	return ct_trace_event_read(&in->json, line, (enum ct_event_kind)kind,
				   ct_push(trace->events, trace->n_events, in->cap));
}

static int bad_json(struct reading *in, enum ct_json_fault fault)
{
	static const char *const words[] = {
		[CT_JSON_BAD_SYNTAX] = "not JSON",
		[CT_JSON_BAD_UTF8] = "not UTF-8",
		[CT_JSON_CUT] = "ends too early",
		[CT_JSON_NUL] = "a NUL",
		[CT_JSON_TWICE] = "a key for the second time",
		[CT_JSON_TOO_LARGE] = "a number that is too large",
		[CT_JSON_TOO_DEEP] = "nested too deeply",
	};

	return ct_json_complain(&in->json, "%s at byte %td", words[fault],
				in->text.at - in->text.start);
}

static int take_line(struct reading *in, const struct ct_strbuf *bytes)
{
	enum ct_json_fault fault = ct_json_parse(&in->text, bytes->data, bytes->len);
	const struct ct_json_node *line = in->text.nodes;

	in->json.line++;
	if (in->json.line == 1)
		return !fault && line->kind == CT_JSON_MAP ? take_header(in, line)
							   : not_a_trace(in);
	if (fault)
		return bad_json(in, fault);
	if (line->kind != CT_JSON_MAP)
		return ct_json_complain(&in->json, "not an object");
	return take_event(in, line);
}

static int read_failed(struct reading *in)
{
	int code = errno;

	return ct_error_set(in->json.err, code, "cannot read %s: %s", in->json.name,
			    strerror(code));
}

static int no_header(struct reading *in, enum ct_line what, const struct ct_strbuf *rest)
{
	static const char beginning[] = "{\"" CT_TRACE_MAGIC "\":";

	if (what == CT_LINE_END)
		return ct_error_set(in->json.err, EINVAL, "%s is empty", in->json.name);
	if (what == CT_LINE_CUT && !strncmp(rest->data, beginning, strlen(beginning)))
		return ct_error_set(in->json.err, EINVAL,
				    "%s is cut off in its first line", in->json.name);
	return not_a_trace(in);
}

/* The file's end, at `what`; a trace may end anywhere behind its header. */
static int take_end(struct reading *in, enum ct_line what, const struct ct_strbuf *rest)
{
	if (what == CT_LINE_FAILED)
		return read_failed(in);
	if (!in->json.line)
		return no_header(in, what, rest);
	if (what == CT_LINE_TOO_LONG) {
		in->json.line++;
		return ct_json_complain(&in->json, "longer than %zu bytes", CT_LINE_MAX);
	}
	if (what == CT_LINE_CUT && in->trace->complete) {
		in->json.line++;
		return ct_json_complain(&in->json,
					"there is more behind the trace's end");
	}
	return 0;
}

static bool is_before(const struct ct_line_reader *lines, off_t end)
{
	return lines->in || ct_line_place(lines) < end;
}

/* The lines that begin before `end`. */
static int read_lines(struct reading *in, struct ct_line_reader *lines, off_t end)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	enum ct_line what = CT_LINE_WHOLE;
	int r = 0;

	while (!r && what == CT_LINE_WHOLE && is_before(lines, end)) {
		what = ct_line_next(lines, &line);
		r = what == CT_LINE_WHOLE ? take_line(in, &line)
					  : take_end(in, what, &line);
	}
	ct_strbuf_release(&lines->block);
	return r;
}

static void reading_start(struct reading *in, const char *name, struct ct_error *err)
{
	in->trace = ct_alloc(sizeof(*in->trace));
	in->json.arena = &in->trace->arena;
	in->json.strings = ct_string_cache_new(in->json.arena);
	in->json.name = name;
	in->json.err = err;
}

/* What was read; NULL: it was refused. */
static struct ct_trace *reading_end(struct reading *in, int r)
{
	ct_string_cache_free(in->json.strings);
	ct_json_text_release(&in->text);
	ct_strbuf_release(&in->json.scratch);
	if (!r)
		return in->trace;
	ct_trace_free(in->trace);
	return NULL;
}

/* The line that a part begins in the middle of is another's. */
static int skip_first(struct ct_line_reader *lines)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

	lines->offset--;
	return ct_line_next(lines, &line) == CT_LINE_TOO_LONG ? -EINVAL : 0;
}

void ct_trace_part_read(struct ct_trace_part *part, bool header)
{
	struct ct_line_reader lines = { .fd = part->fd,
					.offset = part->from,
					.block = CT_STRBUF_INIT };
	struct reading in = { .json.scratch = CT_STRBUF_INIT };
	int r = 0;

	reading_start(&in, "", NULL);
	in.json.line = !header;
	if (!header)
		r = skip_first(&lines);
	if (!r)
		r = read_lines(&in, &lines, part->to);
	part->trace = reading_end(&in, r);
}

struct ct_trace *ct_trace_read(FILE *in, const char *name, struct ct_error *err)
{
	struct ct_line_reader lines = { .in = in, .block = CT_STRBUF_INIT };
	struct reading reading = { .json.scratch = CT_STRBUF_INIT };
	off_t from, to;
	size_t parts = ct_trace_parts(in, &from, &to);
	struct ct_trace *trace = NULL;

	if (parts > 1)
		trace = ct_trace_read_parts(fileno(in), from, to, parts);
	if (trace) {
		fseeko(in, 0, SEEK_END);
		return trace;
	}
	reading_start(&reading, name, err);
	return reading_end(&reading, read_lines(&reading, &lines, 0));
}

struct ct_trace *ct_trace_open(const char *path, struct ct_error *err)
{
	struct ct_trace *trace;
	FILE *in;

	if (!strcmp(path, "-"))
		return ct_trace_read(stdin, "standard input", err);
	in = fopen(path, "re");
	if (!in) {
		ct_error_set(err, errno, "cannot open %s: %s", path, strerror(errno));
		return NULL;
	}
	trace = ct_trace_read(in, path, err);
	fclose(in);
	return trace;
}

void ct_trace_free(struct ct_trace *trace)
{
	if (!trace)
		return;
	free(trace->events);
	ct_arena_release(&trace->arena);
	free(trace);
}
