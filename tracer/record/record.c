/* SPDX-License-Identifier: MIT */
/* Walking a record's blobs, whatever its bytes say. */
#include "record.h"

#include <stddef.h>

#define PADDED(len) (((size_t)(len) + 7) & ~(size_t)7)

const struct ct_blob *ct_record_next(const struct ct_record *rec,
				     const struct ct_blob *blob)
{
	const char *start = (const char *)rec;
	size_t at;

	if (!blob)
		at = sizeof(*rec);
	else
		at = (size_t)((const char *)blob - start) + sizeof(*blob) +
		     PADDED(blob->len);
	if (at > rec->size || rec->size - at < sizeof(*blob))
		return NULL;
	blob = (const struct ct_blob *)(start + at);
	if (blob->len > rec->size - at - sizeof(*blob))
		return NULL;
	return blob;
}

const struct ct_blob *ct_record_find(const struct ct_record *rec, enum ct_blob_kind kind,
				     unsigned int arg)
{
	const struct ct_blob *blob = NULL;

	while ((blob = ct_record_next(rec, blob)))
		if (blob->kind == kind && blob->arg == arg)
			return blob;
	return NULL;
}
