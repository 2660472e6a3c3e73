/* SPDX-License-Identifier: MIT */
/* Blobs of files: what could not be executed, what is missing, a bundle's config.json. */
#include "program.h"

#include <string.h>

struct ct_program *ct_decode_program(const struct ct_record *rec, struct ct_arena *arena)
{
	const struct ct_blob *blob = ct_record_find(rec, CT_BLOB_PROGRAM, CT_BLOB_TASK);
	const struct ct_blob *head = ct_record_find(rec, CT_BLOB_HEAD, CT_BLOB_TASK);
	const struct ct_blob *name =
		ct_record_find(rec, CT_BLOB_INTERPRETER, CT_BLOB_TASK);
	struct ct_blob_program raw;
	struct ct_program *program;

	if (!blob || blob->len < sizeof(raw))
		return NULL;
	memcpy(&raw, ct_blob_bytes(blob), sizeof(raw));
	program = ct_arena_array(arena, struct ct_program, 1);
	program->error = raw.error > 0 ? raw.error : 0;
	program->mode = raw.mode;
	program->uid = raw.uid;
	program->gid = raw.gid;
	program->size = raw.size <= INT64_MAX ? raw.size : INT64_MAX;
	program->noexec = raw.noexec;
	program->interpreter_error =
		raw.interpreter_error > 0 ? raw.interpreter_error : 0;
	if (head) {
		program->head = ct_arena_memdup(arena, ct_blob_bytes(head), head->len);
		program->n_head = head->len;
	}
	if (name)
		program->interpreter =
			ct_arena_strndup(arena, ct_blob_bytes(name), name->len);
	return program;
}

/* A string of the blob from *at on, which moves behind it; NULL: it does not end. */
static const char *take_string(const struct ct_blob *blob, size_t *at,
			       struct ct_arena *arena)
{
	const char *text = (const char *)ct_blob_bytes(blob) + *at;
	const char *end = *at < blob->len ? memchr(text, '\0', blob->len - *at) : NULL;

	if (!end)
		return NULL;
	*at += (size_t)(end - text) + 1;
	return ct_arena_strndup(arena, text, (size_t)(end - text));
}

struct ct_lacked *ct_decode_lacks(const struct ct_record *rec, struct ct_arena *arena,
				  size_t *n)
{
	const struct ct_blob *blob = ct_record_find(rec, CT_BLOB_MISSING, CT_BLOB_TASK);
	struct ct_lacked *lacks, next;
	size_t at = 0;

	*n = 0;
	if (!blob || !blob->len)
		return NULL;
	lacks = ct_arena_array(arena, struct ct_lacked, blob->len / 2 + 1);
	while ((next.library = take_string(blob, &at, arena)) &&
	       (next.needed_by = take_string(blob, &at, arena)))
		lacks[(*n)++] = next;
	return lacks;
}

struct ct_bundle *ct_decode_bundle(const struct ct_record *rec, struct ct_arena *arena)
{
	const struct ct_blob *text = ct_record_find(rec, CT_BLOB_CONFIG, CT_BLOB_TASK);
	const struct ct_blob *path =
		ct_record_find(rec, CT_BLOB_CONFIG_PATH, CT_BLOB_TASK);
	struct ct_bundle *bundle;

	if (!text || !path)
		return NULL;
	bundle = ct_arena_array(arena, struct ct_bundle, 1);
	bundle->path = ct_arena_strndup(arena, ct_blob_bytes(path), path->len);
	bundle->cut = text->flags & CT_BLOB_CUT;
	if (text->flags & CT_BLOB_UNREADABLE) {
		bundle->error = text->error;
	} else {
		bundle->config = ct_arena_strndup(arena, ct_blob_bytes(text), text->len);
		bundle->n_config = text->len;
	}
	return bundle;
}
