/* SPDX-License-Identifier: MIT */
/* An item of a story in words. */
#ifndef CTTRACE_RENDER_WORDS_H
#define CTTRACE_RENDER_WORDS_H

#include "row.h"
#include "story.h"

/* Adds what happened. Nothing in it says who: that is the lane's part. */
void ct_words_add(struct ct_row *row, const struct ct_story *story,
		  const struct ct_item *item);

/* The first event of an item. */
const struct ct_event *ct_words_event(const struct ct_story *story,
				      const struct ct_item *item);

/* The parts of it, one per kind of item: words_space.c has namespaces and cgroups, … */
void ct_words_namespace(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item);
void ct_words_move(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item);
/* … words_task.c what began and ended a task, … */
void ct_words_born(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item);
void ct_words_exec(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item);
void ct_words_signal(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item);
void ct_words_exit(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item);
/* … words_trouble.c what did not go as it was wanted. */
void ct_words_wall(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item);
void ct_words_failure(struct ct_row *row, const struct ct_story *story,
		      const struct ct_item *item);
void ct_words_pressure(struct ct_row *row, const struct ct_story *story,
		       const struct ct_item *item);
void ct_words_gap(struct ct_row *row, const struct ct_story *story,
		  const struct ct_item *item);

/* "4026532311", or "…311" when all but the last digits are as in `previous`. */
void ct_words_inode(struct ct_strbuf *out, uint64_t inode, uint64_t previous);

/* How a process came to be: "is started", "fork", "was running already". */
const char *ct_words_birth(enum ct_birth how);

#endif
