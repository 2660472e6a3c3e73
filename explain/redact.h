/* SPDX-License-Identifier: MIT */
/* Names that are replaced, and by what. */
#ifndef CTTRACE_EXPLAIN_REDACT_H
#define CTTRACE_EXPLAIN_REDACT_H

#include "cttrace/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct replacement {
	const char *from, *to;
	size_t len;
};

struct redactor {
	struct ct_arena *arena; /* of the new strings */
	struct replacement *rows;
	size_t n, cap;
	int users, images, secrets; /* how many names were given out */
};

void redactor_release(struct redactor *redactor);

/* Learns what is to be replaced: the host's name, a command line, any text. */
void redactor_learn_host(struct redactor *redactor, const char *name);
void redactor_learn_command(struct redactor *redactor, const char *const *argv,
			    size_t argc);
void redactor_learn_homes(struct redactor *redactor, const char *bytes, size_t len);

/* The text of a config.json. */
void redactor_learn_config(struct redactor *redactor, const char *text, size_t len);

/* The bytes without what was learnt and without values of environment variables; the same
 * pointer if there is nothing to hide. */
const char *redactor_apply(struct redactor *redactor, const char *bytes, size_t *len);
/* A config.json, written anew without the values of its variables and what was learnt. */
const char *redactor_config(struct redactor *redactor, const char *text, size_t *len);
/* "NAME=value" without its value. */
const char *redactor_variable(struct redactor *redactor, const char *text, size_t len);

#endif
