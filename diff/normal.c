/* SPDX-License-Identifier: MIT */
/* Names and numbers that mean nothing, replaced by what they are. */
#include "normal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	LONG_TEXT =
		64, /* from here on a text is a document, and long numbers in it stamps */
	MIN_ID = 12, /* digits of a hexadecimal id */
	UUID = 36,
	MKSTEMP = 6, /* the letters that it makes up */
};

static int compare_pids(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static bool is_made_up(const char *id)
{
	size_t len = strlen(id);

	return len >= MIN_ID && strspn(id, "0123456789abcdef") == len;
}

bool normal_is_name(const char *id)
{
	return !is_made_up(id) && strncmp(id, "pid-", 4) != 0;
}

void normal_init(struct normal *n, const struct ct_model *model, struct ct_arena *arena)
{
	n->pids = ct_arena_array(arena, int32_t, model->n_processes + 1);
	n->ids = ct_arena_array(arena, const char *, model->n_containers + 1);
	n->n_pids = model->n_processes;
	n->n_ids = 0;
	for (size_t i = 0; i < n->n_pids; i++)
		n->pids[i] = model->processes[i].pid;
	qsort(n->pids, n->n_pids, sizeof(*n->pids), compare_pids);
	/* the long ones that engines make up are known by their looks */
	for (size_t i = 0; i < model->n_containers; i++)
		if (!is_made_up(model->containers[i].id))
			n->ids[n->n_ids++] = model->containers[i].id;
}

static bool is_pid(const struct normal *n, const char *digits, size_t len)
{
	int32_t pid = 0;

	/* nothing ends the text behind them */
	for (size_t i = 0; len < 10 && i < len; i++)
		pid = 10 * pid + (digits[i] - '0');
	return pid > 1 &&
	       bsearch(&pid, n->pids, n->n_pids, sizeof(pid), compare_pids) != NULL;
}

/* What is being replaced: bytes[at…end) is a run of letters and digits. */
struct scan {
	const struct normal *n;
	enum normal_kind kind;
	const char *bytes;
	size_t len, at, end;
	size_t digits, lower, upper, turns; /* of the run; turns: changes between them */
	bool hex;
};

static void measure(struct scan *s)
{
	int last = 0;

	s->digits = s->lower = s->upper = s->turns = 0;
	s->hex = true;
	for (s->end = s->at; s->end < s->len && isalnum((unsigned char)s->bytes[s->end]);
	     s->end++) {
		unsigned char c = (unsigned char)s->bytes[s->end];
		int class = isdigit(c) ? 1 : islower(c) ? 2 : 3;

		s->digits += class == 1;
		s->lower += class == 2;
		s->upper += class == 3;
		s->hex &= class == 1 || (c >= 'a' && c <= 'f');
		s->turns += last && class != last;
		last = class;
	}
}

static bool before_is(const struct scan *s, const char *text)
{
	size_t len = strlen(text);

	return s->at >= len && !memcmp(s->bytes + s->at - len, text, len);
}

/* Each character of the shape: 'd' a digit, 'x' a hexadecimal one, else itself. */
static size_t has_shape(const struct scan *s, const char *shape)
{
	size_t len = strlen(shape);

	if (s->len - s->at < len)
		return 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s->bytes[s->at + i];
		bool fits = shape[i] == 'd'   ? isdigit(c)
			    : shape[i] == 'x' ? isxdigit(c)
					      : c == (unsigned char)shape[i];

		if (!fits)
			return 0;
	}
	return len;
}

/* "2026-11-22T13:20:40.123456789+01:00", or with a space */
static size_t timestamp(const struct scan *s)
{
	size_t len = has_shape(s, "dddd-dd-ddTdd:dd:dd");

	if (!len)
		len = has_shape(s, "dddd-dd-dd dd:dd:dd");
	if (!len)
		return 0;
	len += s->at;
	while (len < s->len && (isdigit((unsigned char)s->bytes[len]) ||
				strchr(".:+Z", s->bytes[len] ? s->bytes[len] : ' ')))
		len++;
	return len - s->at;
}

/* The network part of an address stays. */
static size_t address(const struct scan *s)
{
	size_t at = s->at;

	for (int part = 0; part < 4; part++) {
		size_t first = at;

		while (at < s->len && at - first < 3 &&
		       isdigit((unsigned char)s->bytes[at]))
			at++;
		if (at == first || (part < 3 && (at == s->len || s->bytes[at] != '.')))
			return 0;
		at += part < 3;
	}
	return at - s->at;
}

static size_t container_id(const struct scan *s)
{
	for (size_t i = 0; i < s->n->n_ids; i++) {
		size_t len = strlen(s->n->ids[i]);

		if (len && s->len - s->at >= len &&
		    !memcmp(s->bytes + s->at, s->n->ids[i], len) &&
		    (s->at + len == s->len ||
		     !isalnum((unsigned char)s->bytes[s->at + len])))
			return len;
	}
	return 0;
}

/* Things that are more than one run of letters and digits. */
static size_t long_thing(const struct scan *s, const char **word)
{
	static const char uuid[UUID + 1] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	size_t len;

	if ((len = container_id(s)))
		*word = "<container>";
	else if ((len = timestamp(s)))
		*word = "<time>";
	else if ((len = has_shape(s, uuid)))
		*word = "<id>";
	else if ((len = has_shape(s, "xx:xx:xx:xx:xx:xx")))
		*word = "<mac>";
	else if ((len = address(s)))
		*word = NULL;
	return len;
}

static const char *number(const struct scan *s)
{
	size_t len = s->end - s->at;
	bool whole = s->at == 0 && (s->end == s->len ||
				    (s->end + 1 == s->len && s->bytes[s->end] == '\n'));

	if (before_is(s, ":[") || before_is(s, "→ net "))
		return "<inode>";
	if (before_is(s, " on interface ")) /* its index: the kernel counts on */
		return "<n>";
	if (before_is(s, "/proc/") || before_is(s, "/task/"))
		return "<pid>";
	if (before_is(s, "/fd/") || before_is(s, "/fdinfo/"))
		return "<fd>";
	if (before_is(s, "pid\":") || before_is(s, "pid=") || before_is(s, "pid ") ||
	    before_is(s, "PID=") || before_is(s, "process "))
		return "<pid>";
	if (whole && is_pid(s->n, s->bytes + s->at, len))
		return "<pid>";
	if (s->kind == NORMAL_PATH && len >= 5)
		return "<n>";
	return s->len > LONG_TEXT && len >= 6 ? "<n>" : NULL;
}

static bool is_in(const struct scan *s, size_t start, const char *directory)
{
	size_t len = strlen(directory);

	return start >= len && !memcmp(s->bytes + start - len, directory, len);
}

/* Is it the end of a name in a directory for such names? One in two hundred has no
 * capital and no digit. */
static bool is_temporary(const struct scan *s)
{
	size_t start = s->at;

	while (start && s->bytes[start - 1] != '/')
		start--;
	return (is_in(s, start, "/tmp/") || is_in(s, start, "/run/")) &&
	       (s->end == s->len || s->bytes[s->end] == '/');
}

/* mkstemp(3) and its like make names that no person would. */
static const char *name(const struct scan *s)
{
	size_t len = s->end - s->at;

	if (s->hex && len >= MIN_ID)
		return "<id>";
	if (len >= 10 && s->bytes[s->at] == '0' && s->bytes[s->at + 1] == 'x')
		return "<address>";
	if (len >= 8 && !memcmp(s->bytes + s->at, "veth", 4))
		return "<veth>";
	if (s->kind != NORMAL_PATH)
		return NULL;
	if (!s->lower && s->upper && s->digits && len >= 20)
		return "<id>"; /* of overlay layers: base 32 */
	if (len == MKSTEMP && s->at && strchr(".-_", s->bytes[s->at - 1]) &&
	    (s->digits || s->upper || is_temporary(s)))
		return "<name>";
	return len >= MKSTEMP && len <= 12 && s->turns >= 2 && (s->upper || s->turns >= 3)
		       ? "<name>"
		       : NULL;
}

/* Go's os.CreateTemp: a word, and a random number behind it. */
static void add_run(struct ct_strbuf *out, const struct scan *s)
{
	size_t len = s->end - s->at, tail = 0;

	while (tail < len && isdigit((unsigned char)s->bytes[s->end - 1 - tail]))
		tail++;
	if (s->kind == NORMAL_PATH && tail >= 6) {
		ct_strbuf_add(out, s->bytes + s->at, len - tail);
		ct_strbuf_adds(out, "<n>");
	} else {
		ct_strbuf_add(out, s->bytes + s->at, len);
	}
}

static size_t replace(struct ct_strbuf *out, struct scan *s)
{
	const char *word = NULL;
	size_t len = long_thing(s, &word);

	if (len && !word) { /* an address, without its last number */
		while (s->bytes[s->at + len - 1] != '.')
			len--;
		ct_strbuf_add(out, s->bytes + s->at, len);
		ct_strbuf_adds(out, "<n>");
		return address(s);
	}
	if (len) {
		ct_strbuf_adds(out, word);
		return len;
	}
	measure(s);
	word = s->digits == s->end - s->at ? number(s) : name(s);
	if (!word && s->hex && s->digits && s->end - s->at >= MIN_ID)
		word = "<id>";
	if (word)
		ct_strbuf_adds(out, word);
	else
		add_run(out, s);
	return s->end - s->at;
}

void normal_add(struct ct_strbuf *out, const struct normal *n, enum normal_kind kind,
		const char *bytes, size_t len)
{
	struct scan s = { .n = n, .kind = kind, .bytes = bytes, .len = len };

	while (s.at < len) {
		if (isalnum((unsigned char)bytes[s.at]))
			s.at += replace(out, &s);
		else
			ct_strbuf_addc(out, bytes[s.at++]);
	}
}

/* FNV-1a */
uint64_t normal_hash(const char *bytes, size_t len)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash;
}
