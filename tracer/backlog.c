/* SPDX-License-Identifier: MIT */
/* A buffer of records and a sorted list of where they are. */
#include "backlog.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

static const struct ct_record *at(const struct ct_backlog *b, size_t i)
{
	return (const struct ct_record *)(b->data + b->items[i].at);
}

void ct_backlog_release(struct ct_backlog *b)
{
	free(b->data);
	free(b->items);
	memset(b, 0, sizeof(*b));
}

/* A larger buffer, without what has been taken. */
static void make_room(struct ct_backlog *b, size_t size)
{
	struct ct_backlog old = *b;
	size_t left = 0;

	for (size_t i = old.next; i < old.n_items; i++)
		left += at(&old, i)->size;
	b->cap = (left + size) * 2;
	b->data = ct_alloc(b->cap);
	b->len = b->next = b->n_items = 0;
	for (size_t i = old.next; i < old.n_items; i++) {
		const struct ct_record *rec = at(&old, i);

		memcpy(b->data + b->len, rec, rec->size);
		b->items[b->n_items++] = (struct ct_backlog_item){ rec->t_ns, b->len };
		b->len += rec->size;
	}
	free(old.data);
}

void ct_backlog_add(struct ct_backlog *b, const struct ct_record *rec)
{
	struct ct_backlog_item *item;
	size_t i;

	if (b->len + rec->size > b->cap)
		make_room(b, rec->size);
	memcpy(b->data + b->len, rec, rec->size);
	item = ct_push(b->items, b->n_items, b->cap_items);
	*item = (struct ct_backlog_item){ rec->t_ns, b->len };
	b->len += rec->size;
	/* they come nearly sorted: two processors may swap neighbours */
	for (i = b->n_items - 1; i > b->next && b->items[i - 1].t_ns > rec->t_ns; i--) {
		struct ct_backlog_item later = b->items[i - 1];

		b->items[i - 1] = b->items[i];
		b->items[i] = later;
	}
}

const struct ct_record *ct_backlog_next(struct ct_backlog *b, int64_t until_ns)
{
	const struct ct_record *rec;

	if (b->next == b->n_items || b->items[b->next].t_ns > until_ns)
		return NULL;
	rec = at(b, b->next++);
	/* all taken: begin anew; the last one stays readable until the next is added */
	if (b->next == b->n_items)
		b->next = b->n_items = b->len = 0;
	return rec;
}
