/* SPDX-License-Identifier: MIT */
/* An item of a story in words. */
#ifndef CTTRACE_RENDER_WORDS_H
#define CTTRACE_RENDER_WORDS_H

#include "row.h"
#include "story.h"

/* Adds what happened. Nothing in it says who: that is the lane's part. */
void ct_words_add(struct ct_row *row, const struct ct_story *story,
		  const struct ct_item *item);

/* "mnt → 4026532311"; only the digits that differ from `previous` when that is not 0. */
void ct_words_inode(struct ct_strbuf *out, uint64_t inode, uint64_t previous);

#endif
