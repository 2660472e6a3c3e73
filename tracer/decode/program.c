/* SPDX-License-Identifier: MIT */
/* Blobs of a file that could not be executed, as one struct. */
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
