/* SPDX-License-Identifier: MIT */
/* The growing string. */
#include "cttrace/strbuf.h"

#include "alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char ct_strbuf_empty[1];

void ct_strbuf_release(struct ct_strbuf *sb)
{
	if (sb->cap)
		free(sb->data);
	*sb = (struct ct_strbuf)CT_STRBUF_INIT;
}

void ct_strbuf_reset(struct ct_strbuf *sb)
{
	sb->len = 0;
	if (sb->cap)
		sb->data[0] = '\0';
}

void ct_strbuf_truncate(struct ct_strbuf *sb, size_t len)
{
	if (len >= sb->len)
		return;
	sb->len = len;
	sb->data[len] = '\0';
}

void ct_strbuf_reserve(struct ct_strbuf *sb, size_t extra)
{
	size_t want = sb->len + extra + 1;

	if (want <= sb->cap)
		return;
	if (want < sb->cap * 2)
		want = sb->cap * 2;
	if (want < 64)
		want = 64;
	sb->data = ct_realloc(sb->cap ? sb->data : NULL, want, 1);
	sb->cap = want;
	sb->data[sb->len] = '\0';
}

void ct_strbuf_add(struct ct_strbuf *sb, const void *bytes, size_t len)
{
	if (!len)
		return;
	ct_strbuf_reserve(sb, len);
	memcpy(sb->data + sb->len, bytes, len);
	sb->len += len;
	sb->data[sb->len] = '\0';
}

void ct_strbuf_adds(struct ct_strbuf *sb, const char *text)
{
	ct_strbuf_add(sb, text, strlen(text));
}

void ct_strbuf_addc(struct ct_strbuf *sb, char c)
{
	/* one by one is how most text is made */
	if (sb->len + 1 >= sb->cap)
		ct_strbuf_reserve(sb, 1);
	sb->data[sb->len++] = c;
	sb->data[sb->len] = '\0';
}

void ct_strbuf_pad(struct ct_strbuf *sb, char c, size_t count)
{
	ct_strbuf_reserve(sb, count);
	memset(sb->data + sb->len, c, count);
	sb->len += count;
	sb->data[sb->len] = '\0';
}

void ct_strbuf_add_int(struct ct_strbuf *sb, int64_t value)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		digits[--at] = '-';
	ct_strbuf_add(sb, digits + at, sizeof(digits) - at);
}

void ct_strbuf_vaddf(struct ct_strbuf *sb, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n <= 0)
		return;
	ct_strbuf_reserve(sb, (size_t)n);
	vsnprintf(sb->data + sb->len, (size_t)n + 1, fmt, ap);
	sb->len += (size_t)n;
}

void ct_strbuf_addf(struct ct_strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	ct_strbuf_vaddf(sb, fmt, ap);
	va_end(ap);
}

char *ct_strbuf_steal(struct ct_strbuf *sb)
{
	char *data = sb->cap ? sb->data : ct_strdup("");

	*sb = (struct ct_strbuf)CT_STRBUF_INIT;
	return data;
}
