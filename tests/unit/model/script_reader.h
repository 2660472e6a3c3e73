/* SPDX-License-Identifier: MIT */
/* One line of a script while it is read. */
#ifndef CTTRACE_TESTS_MODEL_SCRIPT_READER_H
#define CTTRACE_TESTS_MODEL_SCRIPT_READER_H

#include "script.h"

#define SCRIPT_WORDS 24
#define SCRIPT_TASKS 256

/* A task of the script, with its links as last told. */
struct live {
	int tid;
	uint32_t serial;
	uint64_t ns[CT_NS_LINKS];
};

struct reader {
	struct ct_arena *arena;
	struct ct_trace_header *header;
	struct ct_mountinfo *mounts; /* of the header */
	char *words[SCRIPT_WORDS];
	size_t n_words;
	struct live live[SCRIPT_TASKS];
	size_t n_live;
	struct ct_event *event;
	size_t line;
};

void script_refuse(const struct reader *r, const char *why) __attribute__((noreturn));
struct live *script_live(struct reader *r,
			 int tid); /* ends the test when there is none */

/* Undoes the escapes of a word, in place. */
char *script_decode(char *word);
/* The i-th word behind the verb that is no key; NULL. */
char *script_word(const struct reader *r, size_t i);
int64_t script_number(const struct reader *r, size_t i);
/* The value of a key; NULL, or the fallback. */
const char *script_key(const struct reader *r, const char *name);
int64_t script_key_number(const struct reader *r, const char *name, int64_t fallback);
uint64_t script_flags(const char *text);

/* The snapshot that the keys tell, for the event of `live`. */
void script_state(struct reader *r, struct live *live);
void script_call(struct reader *r);

#endif
