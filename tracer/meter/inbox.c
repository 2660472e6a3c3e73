/* SPDX-License-Identifier: MIT */
/* Most sightings repeat the one before: those are left out by their hash. */
#include "inbox.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

void ct_inbox_init(struct ct_inbox *inbox)
{
	*inbox = (struct ct_inbox){ 0 };
	pthread_mutex_init(&inbox->lock, NULL);
}

static void free_items(struct ct_sighting *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(items[i].text);
	free(items);
}

void ct_inbox_release(struct ct_inbox *inbox)
{
	free_items(inbox->items, inbox->n);
	pthread_mutex_destroy(&inbox->lock);
}

static uint64_t hash_of(const char *bytes, size_t len)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return hash;
}

void ct_inbox_ignore(struct ct_inbox *inbox, const char *text, size_t len)
{
	inbox->own_hash = hash_of(text, len);
}

bool ct_inbox_is_own(const struct ct_inbox *inbox, const char *text, size_t len)
{
	return inbox->own_hash == hash_of(text, len);
}

static void add(struct ct_inbox *inbox, const struct ct_record *rec,
		const struct ct_blob *text)
{
	const struct ct_blob *of = ct_record_find(rec, CT_BLOB_OF, CT_BLOB_TASK);
	struct ct_sighting *sighting;

	pthread_mutex_lock(&inbox->lock);
	sighting = ct_push(inbox->items, inbox->n, inbox->cap);
	sighting->task = rec->task;
	if (of && of->len >= sizeof(sighting->task))
		memcpy(&sighting->task, ct_blob_bytes(of), sizeof(sighting->task));
	sighting->len = text->len;
	sighting->text = ct_alloc(text->len + 1);
	memcpy(sighting->text, ct_blob_bytes(text), text->len);
	pthread_mutex_unlock(&inbox->lock);
}

bool ct_inbox_put(struct ct_inbox *inbox, const struct ct_record *rec)
{
	const struct ct_blob *text = ct_record_find(rec, CT_BLOB_CGROUP, CT_BLOB_TASK);
	uint64_t hash;

	if (!text || !text->len || (text->flags & CT_BLOB_UNREADABLE))
		return false;
	hash = hash_of(ct_blob_bytes(text), text->len);
	if (hash == inbox->own_hash || hash == inbox->last_hash)
		return false;
	inbox->last_hash = hash;
	add(inbox, rec, text);
	return true;
}

void ct_inbox_close(struct ct_inbox *inbox)
{
	pthread_mutex_lock(&inbox->lock);
	inbox->closed = true;
	pthread_mutex_unlock(&inbox->lock);
}

bool ct_inbox_take(struct ct_inbox *inbox,
		   void (*fn)(void *ctx, const struct ct_sighting *sighting), void *ctx)
{
	struct ct_sighting *items;
	size_t n;
	bool closed;

	pthread_mutex_lock(&inbox->lock);
	items = inbox->items;
	n = inbox->n;
	closed = inbox->closed;
	inbox->items = NULL;
	inbox->n = inbox->cap = 0;
	pthread_mutex_unlock(&inbox->lock);
	for (size_t i = 0; i < n; i++)
		fn(ctx, &items[i]);
	free_items(items, n);
	return !closed;
}
