/* SPDX-License-Identifier: MIT */
/* What kind of a line it is, by how it begins and ends. */
#include "line.h"

#include "syscalls.h"

#include <string.h>

static struct ct_span trim(struct ct_span span)
{
	ct_span_skip_blanks(&span);
	while (span.end > span.at && strchr(" \t\r", span.end[-1]))
		span.end--;
	return span;
}

static bool take_end(struct ct_span *span, const char *text)
{
	size_t len = strlen(text);

	if (ct_span_len(*span) < len || memcmp(span->end - len, text, len) != 0)
		return false;
	span->end -= len;
	return true;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '?';
}

static struct ct_span take_name(struct ct_span *rest)
{
	struct ct_span name = { rest->at, rest->at };

	while (rest->at < rest->end && is_name(*rest->at))
		rest->at++;
	name.end = rest->at;
	return name;
}

/* -T writes the time of a call at the very end: <0.000123>. */
static int64_t take_duration(struct ct_span *span)
{
	const char *open = memrchr(span->at, '<', ct_span_len(*span));
	struct ct_span inside;
	int64_t ns;

	if (!open)
		return -1;
	inside = (struct ct_span){ open + 1, span->end };
	if (!ct_log_seconds(&inside, &ns) || !ct_span_equal(inside, ">"))
		return -1;
	span->end = open;
	*span = trim(*span);
	return ns;
}

/*
 * The bracket that closes the call. The other half of a call may begin within a struct:
 * then there are closing brackets whose opening ones are elsewhere.
 */
static const char *closing(const struct ct_log_line *line, struct ct_span rest)
{
	const char *close = ct_log_value_end(rest, true);

	while (close && *close != ')' && line->kind == CT_LOG_RESUMED) {
		rest.at = close + 1;
		close = ct_log_value_end(rest, true);
	}
	return close;
}

/* The rest of a line behind "(" or "resumed>": "args) = result <time>". */
static void finish(struct ct_log_line *line, struct ct_span rest)
{
	const char *close = closing(line, rest);
	struct ct_span behind = { close ? close + 1 : rest.end, rest.end };

	line->args = (struct ct_span){ rest.at, close ? close : rest.end };
	ct_span_skip_blanks(&behind);
	if (!close || *close != ')' || !ct_span_take(&behind, "=")) {
		line->kind = CT_LOG_CUT;
		return;
	}
	behind = trim(behind);
	line->dur_ns = take_duration(&behind);
	line->result = behind;
}

/* A call whose other half is elsewhere ends in words between angle brackets. */
static bool is_begun(struct ct_log_line *line, struct ct_span rest)
{
	bool ongoing = take_end(&rest, "<detached ...>");

	if (!ongoing && !take_end(&rest, "<unfinished ...>") &&
	    !take_end(&rest, "<pid changed to") &&
	    !take_end(&rest, "<ptrace(SYSCALL):No such process>"))
		return false;
	line->kind = CT_LOG_BEGUN;
	line->ongoing = ongoing;
	line->args = trim(rest);
	return true;
}

/* A call that is newer than strace has a number: syscall_435, syscall_0x1b3. */
static struct ct_span take_call_name(struct ct_log_line *line, struct ct_span *rest)
{
	struct ct_span name = take_name(rest), number = name;
	const struct ct_syscall *row = NULL;
	uint64_t nr = 0;

	if (!ct_span_take(&number, "syscall_"))
		return name;
	line->by_number = true;
	if (ct_span_take(&number, "0x") ? ct_span_u64(&number, 16, &nr)
					: ct_span_u64(&number, 10, &nr))
		row = nr <= INT32_MAX ? ct_syscall_native((int64_t)nr) : NULL;
	return row && number.at == number.end
		       ? ct_span_of(row->plan.name, strlen(row->plan.name))
		       : name;
}

static bool call(struct ct_log_line *line, struct ct_span rest)
{
	line->name = take_call_name(line, &rest);
	if (line->name.at == line->name.end || !ct_span_take(&rest, "("))
		return false;
	line->kind = CT_LOG_CALL;
	if (!is_begun(line, trim(rest)))
		finish(line, rest);
	return true;
}

/* <... read resumed>"x", 1) = 1; old ones have a blank behind the bracket. */
static bool resumed(struct ct_log_line *line, struct ct_span rest)
{
	if (!ct_span_take(&rest, "<... "))
		return false;
	line->name = take_call_name(line, &rest);
	ct_span_skip_blanks(&rest);
	if (ct_span_equal(line->name, "resumed"))
		line->name.end = line->name.at;
	else if (!ct_span_take(&rest, "resumed"))
		return false;
	if (!ct_span_take(&rest, ">"))
		return false;
	line->kind = CT_LOG_RESUMED;
	if (!is_begun(line, trim(rest)))
		finish(line, rest);
	return true;
}

/* --- SIGCHLD {si_signo=…} ---, before 4.6 --- SIGCHLD (Child exited) @ 0 (0) --- */
static bool signal_line(struct ct_log_line *line, struct ct_span rest)
{
	if (!ct_span_take(&rest, "--- "))
		return false;
	line->args = rest;
	line->name = take_name(&rest);
	line->kind = CT_LOG_SIGNAL;
	if (ct_span_equal(line->name, "stopped"))
		line->kind = CT_LOG_TOOL;
	return true;
}

static bool ended(struct ct_log_line *line, struct ct_span rest)
{
	uint64_t number = 0;

	if (!ct_span_take(&rest, "+++ "))
		return false;
	line->args = rest;
	if (ct_span_take(&rest, "exited with ") && ct_span_number(&rest, 255, &number)) {
		line->kind = CT_LOG_EXITED;
	} else if (ct_span_take(&rest, "killed by ")) {
		line->kind = CT_LOG_KILLED;
		line->name = take_name(&rest);
		line->core = memmem(rest.at, ct_span_len(rest), "core dumped", 11);
	} else if (ct_span_take(&rest, "superseded by execve in pid ") &&
		   ct_span_number(&rest, CT_LOG_PID_MAX, &number)) {
		line->kind = CT_LOG_SUPERSEDED;
	}
	line->number = (int64_t)number;
	return line->kind != CT_LOG_STRANGE;
}

/* [ Process PID=123 runs in 32 bit mode. ] */
static bool mode(struct ct_log_line *line, struct ct_span rest)
{
	const char *runs;
	uint64_t bits = 0, pid;

	ct_span_take(&rest, "strace: ");
	if (!ct_span_take(&rest, "[ Process PID=") ||
	    !ct_span_number(&rest, CT_LOG_PID_MAX, &pid))
		return false;
	runs = memmem(rest.at, ct_span_len(rest), "runs in ", 8);
	if (!runs)
		return false;
	rest.at = runs + 8;
	if (!ct_span_take(&rest, "x32 ") && !ct_span_number(&rest, 64, &bits))
		return false;
	line->kind = CT_LOG_BITS;
	line->prefix.pid = (int32_t)pid;
	line->number = (int64_t)bits;
	return true;
}

int32_t ct_log_take_attached(struct ct_span *text)
{
	static const char process[] = "Process ";
	struct ct_span rest = *text;
	const char *end;
	uint64_t pid;

	rest = trim(rest);
	if (!take_end(&rest, " attached"))
		return 0;
	for (end = rest.end;
	     rest.end > rest.at && rest.end[-1] >= '0' && rest.end[-1] <= '9';)
		rest.end--;
	if (!ct_span_number(&(struct ct_span){ rest.end, end }, CT_LOG_PID_MAX, &pid) ||
	    !take_end(&rest, process))
		return 0;
	take_end(&rest, "strace: "); /* since 4.13 */
	text->end = rest.end;
	return (int32_t)pid;
}

static bool tool(struct ct_log_line *line, struct ct_span rest)
{
	struct ct_span at = rest;

	line->args = rest;
	if (!ct_span_take(&at, "strace: ") && !ct_span_take(&at, "Process "))
		return false;
	line->kind = CT_LOG_TOOL;
	return true;
}

/* " > /lib/libc.so.6(mount+0xe) [0x11d]": nothing in front, not even a pid */
static bool frame(struct ct_log_line *line, struct ct_span rest)
{
	if (!ct_span_take(&rest, " > ") || rest.at == rest.end)
		return false;
	line->kind = CT_LOG_FRAME;
	line->args = trim(rest);
	return true;
}

void ct_log_line(struct ct_span text, struct ct_log_line *line)
{
	static bool (*const kinds[])(struct ct_log_line *, struct ct_span) = {
		resumed, call, signal_line, ended, mode, tool,
	};
	struct ct_span rest = text;

	*line = (struct ct_log_line){ .kind = CT_LOG_STRANGE, .dur_ns = -1 };
	line->prefix = (struct ct_log_prefix){ .time_ns = -1, .delta_ns = -1 };
	if (frame(line, text))
		return;
	ct_log_prefix(&rest, &line->prefix);
	rest = trim(rest);
	if (rest.at == rest.end) {
		line->kind = CT_LOG_EMPTY;
		return;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i](line, rest))
			return;
	line->kind = CT_LOG_STRANGE;
	line->args = rest;
}
