/* SPDX-License-Identifier: MIT */
/* The record builder. */
#include "recbuf.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

#define PADDED(len) (((len) + 7) & ~(size_t)7)

static void make_room(struct ct_recbuf *rb, size_t extra)
{
	if (rb->len + extra <= rb->cap)
		return;
	rb->cap = (rb->len + extra) * 2;
	rb->data = ct_realloc(rb->data, rb->cap, 1);
}

struct ct_record *ct_recbuf_start(struct ct_recbuf *rb, enum ct_record_kind kind)
{
	struct ct_record *rec;

	rb->len = 0;
	make_room(rb, sizeof(*rec));
	rb->len = sizeof(*rec);
	rec = (struct ct_record *)rb->data;
	memset(rec, 0, sizeof(*rec));
	rec->kind = (uint16_t)kind;
	rec->size = sizeof(*rec);
	rec->dur_ns = -1;
	return rec;
}

struct ct_record *ct_recbuf_record(const struct ct_recbuf *rb)
{
	return rb->len ? (struct ct_record *)rb->data : NULL;
}

void ct_recbuf_copy(struct ct_recbuf *rb, const struct ct_record *rec)
{
	rb->len = 0;
	make_room(rb, rec->size);
	memcpy(rb->data, rec, rec->size);
	rb->len = rec->size;
}

void ct_recbuf_drop(struct ct_recbuf *rb)
{
	rb->len = 0;
}

void ct_recbuf_release(struct ct_recbuf *rb)
{
	free(rb->data);
	*rb = (struct ct_recbuf){ NULL, 0, 0 };
}

void *ct_recbuf_reserve(struct ct_recbuf *rb, size_t max)
{
	make_room(rb, sizeof(struct ct_blob) + PADDED(max));
	return rb->data + rb->len + sizeof(struct ct_blob);
}

void ct_recbuf_commit(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		      ssize_t len, bool cut)
{
	struct ct_blob *blob = (struct ct_blob *)(rb->data + rb->len);
	struct ct_record *rec = (struct ct_record *)rb->data;
	size_t bytes = len > 0 ? (size_t)len : 0;

	*blob = (struct ct_blob){ .kind = (uint8_t)kind,
				  .arg = (uint8_t)arg,
				  .flags = cut ? CT_BLOB_CUT : 0,
				  .len = (uint32_t)bytes };
	if (len < 0) {
		blob->flags |= CT_BLOB_UNREADABLE;
		blob->error = (uint8_t)(-len < 256 ? -len : 0);
	}
	memset((char *)(blob + 1) + bytes, 0, PADDED(bytes) - bytes);
	rb->len += sizeof(*blob) + PADDED(bytes);
	rec->size = (uint32_t)rb->len;
	rec->n_blobs++;
}

void ct_recbuf_blob(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		    const void *bytes, size_t len)
{
	memcpy(ct_recbuf_reserve(rb, len), bytes, len);
	ct_recbuf_commit(rb, kind, arg, (ssize_t)len, false);
}

void ct_recbuf_refill(struct ct_recbuf *rb, const struct ct_blob *blob, const void *bytes)
{
	size_t at = (size_t)((const char *)ct_blob_bytes(blob) - rb->data);

	memcpy(rb->data + at, bytes, blob->len);
}
