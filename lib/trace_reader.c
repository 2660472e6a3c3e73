/* SPDX-License-Identifier: MIT */
/* Reading a trace, which anybody may have written: one clear error, or all of it. */
#include "trace_rows.h"

#include "alloc.h"
#include "line_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct ct_json_reader json;
	struct ct_trace *trace;
	size_t cap; /* of trace->events */
};

static int not_a_trace(struct reading *in)
{
	return ct_error_set(in->json.err, EINVAL, "%s is not a cttrace trace",
			    in->json.name);
}

static int take_header(struct reading *in, json_t *line)
{
	json_t *version = json_object_get(line, CT_TRACE_MAGIC);

	if (!json_is_integer(version) || json_integer_value(version) < 1)
		return not_a_trace(in);
	if (json_integer_value(version) > CT_TRACE_VERSION)
		return ct_error_set(
			in->json.err, EINVAL,
			"%s has trace format %lld, this cttrace reads 1 to %d",
			in->json.name, (long long)json_integer_value(version),
			CT_TRACE_VERSION);
	return ct_json_read(&in->json, &ct_trace_header_shape, line, &in->trace->header);
}

static int take_footer(struct reading *in, json_t *line)
{
	in->trace->complete = true;
	return ct_json_read(&in->json, &ct_trace_footer_shape, line, &in->trace->footer);
}

static int kind_of(const char *name)
{
	for (int kind = 0; kind < CT_EVENT_KINDS; kind++)
		if (!strcmp(ct_event_kind_name((enum ct_event_kind)kind), name))
			return kind;
	return -1;
}

static int take_event(struct reading *in, json_t *line)
{
	const char *name = json_string_value(json_object_get(line, "ev"));
	struct ct_trace *trace = in->trace;
	int kind;

	if (!name)
		return ct_json_complain(&in->json, "\"ev\" is missing or not a string");
	if (trace->complete)
		return ct_json_complain(&in->json,
					"there is more behind the trace's end");
	if (!strcmp(name, CT_TRACE_END))
		return take_footer(in, line);
	kind = kind_of(name);
	if (kind < 0) {
		trace->unknown++;
		return 0;
	}
	return ct_trace_event_read(&in->json, line, (enum ct_event_kind)kind,
				   ct_push(trace->events, trace->n_events, in->cap));
}

/* jansson's own words quote the file, which may hold anything that steers a terminal. */
static int bad_json(struct reading *in, const json_error_t *error)
{
	static const char *const words[] = {
		[json_error_invalid_utf8] = "not UTF-8",
		[json_error_premature_end_of_input] = "ends too early",
		[json_error_null_character] = "a NUL",
		[json_error_null_byte_in_key] = "a NUL",
		[json_error_duplicate_key] = "a key for the second time",
		[json_error_numeric_overflow] = "a number that is too large",
		[json_error_stack_overflow] = "nested too deeply",
	};
	enum json_error_code code = json_error_code(error);
	const char *what = code < sizeof(words) / sizeof(words[0]) ? words[code] : NULL;

	return ct_json_complain(&in->json, "%s at byte %d", what ? what : "not JSON",
				error->position);
}

static int take_line(struct reading *in, const struct ct_strbuf *text)
{
	json_error_t error;
	json_t *line = json_loadb(text->data, text->len, JSON_REJECT_DUPLICATES, &error);
	int r;

	in->json.line++;
	if (in->json.line == 1)
		r = json_is_object(line) ? take_header(in, line) : not_a_trace(in);
	else if (!line)
		r = bad_json(in, &error);
	else if (!json_is_object(line))
		r = ct_json_complain(&in->json, "not an object");
	else
		r = take_event(in, line);
	json_decref(line);
	return r;
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

static int read_lines(struct reading *in, FILE *file)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	enum ct_line what;

	while ((what = ct_line_next(file, &line)) == CT_LINE_WHOLE) {
		int r = take_line(in, &line);

		if (r < 0)
			return r;
	}
	return take_end(in, what, &line);
}

struct ct_trace *ct_trace_read(FILE *in, const char *name, struct ct_error *err)
{
	struct ct_trace *trace = ct_alloc(sizeof(*trace));
	struct reading reading = {
		.json = { .arena = &trace->arena, .err = err, .name = name },
		.trace = trace,
	};

	if (read_lines(&reading, in) < 0) {
		ct_trace_free(trace);
		return NULL;
	}
	return trace;
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
