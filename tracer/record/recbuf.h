/* SPDX-License-Identifier: MIT */
/* Building a record piece by piece in one buffer that is used again and again. */
#ifndef CTTRACE_RECORD_RECBUF_H
#define CTTRACE_RECORD_RECBUF_H

#include "record.h"

#include <sys/types.h>

struct ct_recbuf {
	char *data; /* struct ct_record and its blobs; NULL before the first start */
	size_t len, cap;
};

/* Begins a new, zeroed record; what was in the buffer is gone. */
struct ct_record *ct_recbuf_start(struct ct_recbuf *rb, enum ct_record_kind kind);
/* The record so far, its size up to date; NULL if none was started. Valid until the next
 * blob is added. */
struct ct_record *ct_recbuf_record(const struct ct_recbuf *rb);
/* Begins with a record that was made before, to add to it. */
void ct_recbuf_copy(struct ct_recbuf *rb, const struct ct_record *rec);
/* Forgets the record, keeps the memory. */
void ct_recbuf_drop(struct ct_recbuf *rb);
void ct_recbuf_release(struct ct_recbuf *rb);

/*
 * Room for a blob of up to max bytes, to be filled in place and ended by
 * ct_recbuf_commit() with what arrived: len ≥ 0 bytes, or a -errno: unreadable.
 */
void *ct_recbuf_reserve(struct ct_recbuf *rb, size_t max);
void ct_recbuf_commit(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		      ssize_t len, bool cut);

void ct_recbuf_blob(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		    const void *bytes, size_t len);

/* Other bytes, as many as it has, for a blob of the record. */
void ct_recbuf_refill(struct ct_recbuf *rb, const struct ct_blob *blob,
		      const void *bytes);

#endif
