/* SPDX-License-Identifier: MIT */
/* Finds complaints in what was written, and which of them are the same one. */
#include "message.h"

#include "cttrace/strbuf.h"

#include "alloc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MESSAGES_MAX 128 /* a program that complains without end is not heard to it */
#define LINE_MAX_LEN 4096
/* So many words in a row are no coincidence. */
#define SAME_WORDS 3

/* -------- the frame of a logger -------- */

/* The value of msg="…" or "message":"…", unquoted; NULL if there is none. */
static char *value_of(const char *line, const char *key, struct ct_arena *arena)
{
	const char *at = strstr(line, key);
	char *value, *out;

	if (!at)
		return NULL;
	at += strlen(key);
	while (*at == ' ' || *at == ':' || *at == '=')
		at++;
	if (*at++ != '"')
		return NULL;
	value = out = ct_arena_strdup(arena, at);
	for (; *at && *at != '"'; at++) {
		if (*at != '\\' || !at[1]) {
			*out++ = *at;
			continue;
		}
		at++;
		*out++ = strchr("nrt", *at) ? ' ' : *at;
	}
	while (out > value && out[-1] == ' ')
		out--;
	*out = '\0';
	return value;
}

static const char *unframe(const char *line, struct ct_arena *arena)
{
	static const char *const keys[] = { "\"message\"", "\"msg\"",
					    " msg=", "\"error\"" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		char *value = value_of(line, keys[i], arena);

		if (value && *value)
			return value;
	}
	return line;
}

/* Loggers name a level; what is below "error" was not thought to be the reason. */
static bool is_level(const char *line, const char *level)
{
	static const char *const before[] = { "level=", "\"level\":\"", "\"level\": \"",
					      "<n", "[conmon:" };

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		const char *at = strstr(line, before[i]);

		if (at && !strncmp(at + strlen(before[i]), level, strlen(level)))
			return true;
	}
	return false;
}

static bool is_chatter(const char *line)
{
	return is_level(line, "debug") || is_level(line, "info") ||
	       is_level(line, "trace") || is_level(line, "d]") || is_level(line, "i]");
}

/* podman puts its own classification behind what the runtime said. */
static void cut_suffix(char *text)
{
	char *suffix = strstr(text, ": OCI ");

	if (suffix && suffix != text)
		*suffix = '\0';
}

/* -------- one write -------- */

struct finding {
	struct messages *messages;
	const struct ct_model *model;
	struct ct_arena *arena;
	struct message pattern; /* what the lines of one write have in common */
	struct ct_strbuf line;  /* what stderr has got of a line so far */
};

/* Bytes before the text may be numbers of a protocol: an errno as an int is one. */
static int binary_errno(const char *bytes, size_t len)
{
	int error = 0;

	for (size_t at = 0; at + 4 <= len; at += 4) {
		unsigned int value = (unsigned char)bytes[at] |
				     (unsigned int)(unsigned char)bytes[at + 1] << 8 |
				     (unsigned int)(unsigned char)bytes[at + 2] << 16 |
				     (unsigned int)(unsigned char)bytes[at + 3] << 24;

		if (value > 0 && value < WORDS_ERRNO_MAX)
			error = (int)value;
	}
	return error;
}

/* Is this line indented, and below a complaint of the same write? */
static bool is_continued(const struct finding *f, const char *line)
{
	const struct messages *messages = f->messages;

	return (*line == ' ' || *line == '\t') && messages->n &&
	       messages->items[messages->n - 1].fact == f->pattern.fact;
}

static void add_line(struct finding *f, const char *bytes, size_t len, int error)
{
	char *line = ct_arena_strndup(f->arena, bytes,
				      len < LINE_MAX_LEN ? len : LINE_MAX_LEN);
	struct message *m, message = f->pattern;

	/* mount(8) goes on with "dmesg(1) may have more information after failed …" */
	if (is_continued(f, line))
		return;
	line += strspn(line, " \t");

	if (len < 6 || is_chatter(line) || f->messages->n == MESSAGES_MAX)
		return;
	message.warning = is_level(line, "warn") || is_level(line, "w]");
	message.text = unframe(line, f->arena);
	if (message.text == line)
		message.text = ct_arena_strdup(f->arena, line);
	cut_suffix((char *)message.text);
	message.words = words_of(message.text, f->arena);
	message.number = error;
	if (error && !message.words.first_error) {
		message.words.errors[error] = true;
		message.words.first_error = error;
		message.words.complains = true;
	}
	if (!message.words.complains) {
		if (message.channel == CHANNEL_STDERR && !message.payload &&
		    f->messages->n_plain < MESSAGES_MAX)
			*ct_push(f->messages->plain, f->messages->n_plain,
				 f->messages->cap_plain) = message;
		return;
	}
	m = ct_push(f->messages->items, f->messages->n, f->messages->cap);
	message.origin = f->messages->n - 1;
	*m = message;
}

static bool is_text(char c)
{
	return (unsigned char)c >= ' ' && c != 0x7f;
}

/* Runs of text; what stands between them are line ends, or numbers. */
static void add_bytes(struct finding *f, const char *bytes, size_t len)
{
	size_t start = 0;

	while (start < len) {
		size_t head = start, end;

		while (start < len && !is_text(bytes[start]))
			start++;
		for (end = start;
		     end < len && (is_text(bytes[end]) || bytes[end] == '\t');)
			end++;
		add_line(f, bytes + start, end - start,
			 start - head >= 8 ? binary_errno(bytes + head, start - head)
					   : 0);
		start = end;
	}
}

static void end_line(struct finding *f)
{
	/* somebody's bytes within a sentence do not end it */
	for (size_t i = 0; i < f->line.len; i++)
		if (!f->line.data[i])
			f->line.data[i] = ' ';
	add_bytes(f, f->line.data, f->line.len);
	ct_strbuf_reset(&f->line);
}

/* stderr is not buffered: a line may come word by word, and begins with the first of
 * them. */
static void add_stderr(struct finding *f, const struct message *pattern,
		       const char *bytes, size_t len)
{
	if (f->line.len && f->pattern.process != pattern->process)
		end_line(f);
	if (!f->line.len)
		f->pattern = *pattern;
	ct_strbuf_add(&f->line, bytes, len);
	if (f->line.len && f->line.data[f->line.len - 1] == '\n')
		end_line(f);
}

static bool find_channel(const struct ct_event_call *call, enum channel *channel)
{
	const char *path = ct_call_path(call, "fd");

	int64_t fd = ct_call_int(call, "fd", -1);

	/* a shell's `echo >&2` writes to descriptor 1 */
	if (fd == STDOUT_FILENO || fd == STDERR_FILENO)
		*channel = CHANNEL_STDERR;
	else if (!strncmp(path, "pipe:", 5) || !strncmp(path, "socket:", 7))
		*channel = CHANNEL_SYNC;
	else if (*path == '/' && strncmp(path, "/proc/", 6) != 0 &&
		 strncmp(path, "/sys/", 5) != 0)
		*channel = CHANNEL_LOG;
	else
		return false;
	return true;
}

bool message_is_payload(const struct ct_model *model, int process, int64_t t_ns)
{
	const struct ct_process *p = &model->processes[process];
	const struct ct_container *c;

	if (!p->inside || p->container < 0)
		return false;
	c = &model->containers[p->container];
	return c->payload_ns >= 0 && t_ns > c->payload_ns;
}

static void look_at(struct finding *f, size_t fact)
{
	const struct ct_event *event = f->model->facts[fact].event;
	int process = f->model->facts[fact].process;
	const struct ct_arg *data;
	struct message pattern;
	enum channel channel;

	if (event->kind != CT_EVENT_CALL || process < 0 ||
	    event->call.result == CT_RESULT_ERROR ||
	    (strcmp(event->call.name, "write") != 0 &&
	     strcmp(event->call.name, "writev") != 0 &&
	     strcmp(event->call.name, "sendto") != 0))
		return;
	data = ct_call_arg(&event->call, "buf");
	if (!data)
		data = ct_call_arg(&event->call, "iov");
	if (!data || data->type != CT_VALUE_STR || !data->str ||
	    !find_channel(&event->call, &channel))
		return;
	pattern = (struct message){
		.fact = fact,
		.process = process,
		.channel = channel,
		.t_ns = event->t_ns,
		.payload = message_is_payload(f->model, process, event->t_ns),
	};
	if (channel == CHANNEL_STDERR) {
		add_stderr(f, &pattern, data->str, data->len);
		return;
	}
	end_line(f);
	f->pattern = pattern;
	add_bytes(f, data->str, data->len);
}

/* -------- the same message again -------- */

/* A word or two are in every message; most of the shorter one must be in the other. */
static bool same(const struct message *early, const struct message *late)
{
	size_t shorter = early->words.n_all < late->words.n_all ? early->words.n_all
								: late->words.n_all;
	size_t common = words_in_common(&early->words, &late->words);

	return common >= SAME_WORDS ? 2 * common >= shorter
				    : shorter && common == shorter;
}

void messages_release(struct messages *messages)
{
	free(messages->items);
	free(messages->plain);
}

struct messages messages_of(const struct ct_model *model, struct ct_arena *arena)
{
	struct messages messages = { 0 };
	struct finding f = { .messages = &messages,
			     .model = model,
			     .arena = arena,
			     .line = CT_STRBUF_INIT };

	for (size_t i = 0; i < model->n_facts; i++)
		look_at(&f, i);
	end_line(&f);
	ct_strbuf_release(&f.line);
	/* "--uid requires --userns": who says nothing else has said why */
	if (!messages.n && messages.n_plain)
		*ct_push(messages.items, messages.n, messages.cap) =
			messages.plain[messages.n_plain - 1];
	for (size_t late = 0; late < messages.n; late++)
		for (size_t early = 0; early < late; early++)
			if (same(&messages.items[early], &messages.items[late])) {
				messages.items[late].origin =
					messages.items[early].origin;
				break;
			}
	return messages;
}
