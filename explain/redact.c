/* SPDX-License-Identifier: MIT */
/* Finds and replaces private words in any bytes. */
#include "redact.h"

#include "cttrace/strbuf.h"

#include "alloc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HIDDEN   "<redacted>"
#define ROWS_MAX 256

void redactor_release(struct redactor *redactor)
{
	free(redactor->rows);
	*redactor = (struct redactor){ 0 };
}

/* -------- learning -------- */

static bool is_known(const struct redactor *r, const char *name, size_t len)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].len == len && !memcmp(r->rows[i].from, name, len))
			return true;
	return false;
}

static void learn(struct redactor *r, const char *name, size_t len, const char *kind,
		  int *count)
{
	/* very short words would be found everywhere */
	if (len < 3 || r->n == ROWS_MAX || is_known(r, name, len))
		return;
	*ct_push(r->rows, r->n, r->cap) = (struct replacement){
		.from = ct_arena_strndup(r->arena, name, len),
		.to = ct_arena_printf(r->arena, "%s-%d", kind, ++*count),
		.len = len,
	};
}

void redactor_learn_host(struct redactor *redactor, const char *name)
{
	int count = 0;

	if (name)
		learn(redactor, name, strlen(name), "host", &count);
}

static bool is_image_char(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c) ||
	       (c && strchr("./_-:@", c));
}

/* "localhost/busybox:1", "quay.io/a/b@sha256:…": a name with a path or a tag. */
static bool is_image(const char *word)
{
	size_t len = strlen(word);

	if (!isalnum((unsigned char)*word) || !strpbrk(word, "/:") || strstr(word, "://"))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!is_image_char(word[i]))
			return false;
	return word[strspn(word, "0123456789:.")] != '\0';
}

static bool is_engine(const char *path)
{
	static const char *const engines[] = { "podman",  "docker", "nerdctl", "ctr",
					       "buildah", "crictl", "skopeo" };
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; i < sizeof(engines) / sizeof(*engines); i++)
		if (!strcmp(slash ? slash + 1 : path, engines[i]))
			return true;
	return false;
}

static bool is_secret_option(const char *word)
{
	static const char *const words[] = { "passw",      "secret", "token",  "creds",
					     "credential", "apikey", "api-key" };

	for (size_t i = 0; *word == '-' && i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(word, words[i]))
			return true;
	return false;
}

void redactor_learn_command(struct redactor *redactor, const char *const *argv,
			    size_t argc)
{
	bool engine = argc && is_engine(argv[0]);

	for (size_t i = 0; i < argc; i++) {
		const char *value = strchr(argv[i], '=');

		if (is_secret_option(argv[i])) {
			value = value ? value + 1 : i + 1 < argc ? argv[i + 1] : "";
			learn(redactor, value, strlen(value), "secret",
			      &redactor->secrets);
		} else if (engine && i && is_image(argv[i])) {
			learn(redactor, argv[i], strlen(argv[i]), "image",
			      &redactor->images);
		}
	}
}

void redactor_learn_homes(struct redactor *redactor, const char *bytes, size_t len)
{
	static const char home[] = "/home/";
	const size_t head = sizeof(home) - 1;
	const char *end = bytes + len, *at = bytes;

	while ((at = memmem(at, (size_t)(end - at), home, head))) {
		const char *name = at + head, *stop = name;

		while (stop < end &&
		       (isalnum((unsigned char)*stop) || (*stop && strchr("._-", *stop))))
			stop++;
		learn(redactor, name, (size_t)(stop - name), "user", &redactor->users);
		at = stop;
	}
}

/* -------- replacing -------- */

struct text {
	const char *bytes;
	size_t len, at;
};

static bool is_word(const struct text *t, size_t at)
{
	return at < t->len &&
	       (isalnum((unsigned char)t->bytes[at]) || t->bytes[at] == '_');
}

/* Longer rows win, so that an image is not replaced by halves. */
static const struct replacement *row_at(const struct redactor *r, const struct text *t)
{
	const struct replacement *best = NULL;

	if (t->at && is_word(t, t->at - 1))
		return NULL;
	for (size_t i = 0; i < r->n; i++) {
		const struct replacement *row = &r->rows[i];

		if (row->len <= t->len - t->at && (!best || row->len > best->len) &&
		    !memcmp(t->bytes + t->at, row->from, row->len) &&
		    !is_word(t, t->at + row->len))
			best = row;
	}
	return best;
}

/* Where the value of NAME=value begins, if a variable's name starts here; else 0. */
static size_t variable_at(const struct text *t)
{
	size_t i = t->at;

	if (i && is_word(t, i - 1))
		return 0;
	while (i < t->len && (isupper((unsigned char)t->bytes[i]) || t->bytes[i] == '_' ||
			      (i > t->at && isdigit((unsigned char)t->bytes[i]))))
		i++;
	return i > t->at + 1 && i + 1 < t->len && t->bytes[i] == '=' ? i + 1 : 0;
}

/*
 * A whole argument is NAME=value. Inside a text the value ends with the quotes that it
 * began with, which may themselves be escaped; without quotes, with the word.
 */
static size_t value_end(const struct text *t, size_t from)
{
	char before = t->at ? t->bytes[t->at - 1] : ' ';
	bool quoted = before == '"' || before == '\'';
	char stop[] = { before, '\0', '\0' };

	if (!t->at)
		return t->len;
	if (quoted && t->at > 1 && t->bytes[t->at - 2] == '\\')
		stop[1] = '\\';
	while (from < t->len && t->bytes[from] &&
	       !strchr(quoted ? stop : "\"' ,\\\n", t->bytes[from]))
		from++;
	return from;
}

/* "//user:password@host": what stands before the @. */
static size_t credentials_end(const struct text *t)
{
	size_t i = t->at + 2;

	if (t->len - t->at < 4 || memcmp(t->bytes + t->at, "//", 2) != 0)
		return 0;
	while (i < t->len && !strchr("/ \"'\n@", t->bytes[i]))
		i++;
	return i < t->len && t->bytes[i] == '@' &&
			       memchr(t->bytes + t->at, ':', i - t->at)
		       ? i
		       : 0;
}

/* Replaces what begins at t->at and moves on; false when nothing does. */
static bool replace(const struct redactor *r, struct text *t, struct ct_strbuf *out)
{
	const struct replacement *row = row_at(r, t);
	size_t from;

	if (row) {
		ct_strbuf_adds(out, row->to);
		t->at += row->len;
		return true;
	}
	from = credentials_end(t);
	if (from) {
		ct_strbuf_adds(out, "//" HIDDEN);
		t->at = from;
		return true;
	}
	from = variable_at(t);
	if (!from)
		return false;
	ct_strbuf_add(out, t->bytes + t->at, from - t->at);
	ct_strbuf_adds(out, HIDDEN);
	t->at = value_end(t, from);
	return true;
}

const char *redactor_apply(struct redactor *redactor, const char *bytes, size_t *len)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct text t = { .bytes = bytes, .len = *len };
	bool changed = false;

	while (t.at < t.len) {
		if (replace(redactor, &t, &out)) {
			changed = true;
			continue;
		}
		ct_strbuf_addc(&out, t.bytes[t.at++]);
	}
	if (!changed)
		return bytes;
	*len = out.len;
	return ct_arena_strndup(redactor->arena, out.data, out.len);
}
