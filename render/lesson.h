/* SPDX-License-Identifier: MIT */
/* What --explain says: a plain sentence for each thing that happens in a start. */
#ifndef CTTRACE_RENDER_LESSON_H
#define CTTRACE_RENDER_LESSON_H

#include "cttrace/strbuf.h"
#include "story.h"

struct ct_lesson {
	const char *word;
	const char *sentence;
	const char *page; /* of the manual, to read on: "pivot_root(2)" */
};

enum {
#define LESSON(word, sentence, page) +1
	CT_LESSONS = 0
#include "lesson.def"
#undef LESSON
};

extern const struct ct_lesson ct_lessons[CT_LESSONS + 1]; /* the last has no word */

/* Which of them a picture has told already: what comes again is not told again. */
struct ct_told {
	bool lessons[CT_LESSONS];
};

/* Is it the first time? NULL never is. */
bool ct_told_first(struct ct_told *told, const struct ct_lesson *lesson);

const struct ct_lesson *ct_lesson_find(const char *word); /* NULL: none */

enum { CT_LESSONS_OF_ITEM = CT_NS_TYPES };

/* The lessons of an item, at most CT_LESSONS_OF_ITEM; gives back how many there are. */
size_t ct_lessons_of_item(const struct ct_lesson *lessons[CT_LESSONS_OF_ITEM],
			  const struct ct_model *model, const struct ct_item *item);
/* The numbered step that an item belongs to. */
enum ct_step ct_step_of_item(const struct ct_model *model, const struct ct_item *item);

/* "The process … (pivot_root(2))" */
void ct_lesson_add(struct ct_strbuf *out, const struct ct_lesson *lesson);
/* "5 pivot_root: The process … (pivot_root(2))" */
void ct_lesson_add_named(struct ct_strbuf *out, const struct ct_lesson *lesson);
const struct ct_lesson *ct_lesson_of_namespace(enum ct_ns type);
/* The lesson of a step, if a container of the model has it; NULL. */
const struct ct_lesson *ct_lesson_of_step(const struct ct_model *model,
					  enum ct_step step);

/* Each lesson stands at the first event that it is about. */
struct ct_event_lesson {
	size_t event; /* of the model's facts[] */
	const struct ct_lesson *lesson;
};

struct ct_event_lessons {
	struct ct_event_lesson *items; /* by event; at most CT_LESSONS */
	size_t n;
};

void ct_event_lessons_init(struct ct_event_lessons *lessons,
			   const struct ct_model *model);
void ct_event_lessons_release(struct ct_event_lessons *lessons); /* also of zeros */
/* "word: sentence page; …", nothing for an event that has none. */
void ct_event_lessons_add(struct ct_strbuf *out, const struct ct_event_lessons *lessons,
			  size_t event);

#endif
