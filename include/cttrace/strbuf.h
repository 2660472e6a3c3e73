/* SPDX-License-Identifier: MIT */
/* A growing byte string that is always terminated by a NUL. */
#ifndef CTTRACE_STRBUF_H
#define CTTRACE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Initialise with CT_STRBUF_INIT; give back with ct_strbuf_release(). `data` is never
 * NULL and data[len] is always '\0'. Running out of memory ends the program.
 */
struct ct_strbuf {
	char *data;
	size_t len; /* bytes, without the final NUL */
	size_t cap; /* bytes allocated; 0 while data is the shared empty string */
};

extern char ct_strbuf_empty[1];
#define CT_STRBUF_INIT { .data = ct_strbuf_empty, .len = 0, .cap = 0 }

void ct_strbuf_release(struct ct_strbuf *sb);
void ct_strbuf_reset(struct ct_strbuf *sb);			 /* len = 0, keeps the memory */
void ct_strbuf_truncate(struct ct_strbuf *sb, size_t len); /* keeps the first len */
void ct_strbuf_reserve(struct ct_strbuf *sb, size_t extra);	 /* room for extra more bytes */
void ct_strbuf_add(struct ct_strbuf *sb, const void *bytes, size_t len);
void ct_strbuf_adds(struct ct_strbuf *sb, const char *text);
void ct_strbuf_addc(struct ct_strbuf *sb, char c);
void ct_strbuf_add_int(struct ct_strbuf *sb, int64_t value); /* decimal */
void ct_strbuf_pad(struct ct_strbuf *sb, char c, size_t count); /* c, count times */
void ct_strbuf_addf(struct ct_strbuf *sb, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void ct_strbuf_vaddf(struct ct_strbuf *sb, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
char *ct_strbuf_steal(struct ct_strbuf *sb); /* the caller frees the result; sb is empty */

/* `__attribute__((cleanup))` for a strbuf on the stack. */
#define CT_CLEANUP_STRBUF __attribute__((cleanup(ct_strbuf_release)))

#endif
