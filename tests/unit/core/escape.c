/* SPDX-License-Identifier: MIT */
/* UTF-8 and the escape, against glibc's own decoder. */
#include "cttrace/escape.h"

#include "random.h"
#include "test.h"

#include <locale.h>
#include <wchar.h>

/* What glibc makes of the bytes: the length of the first character, 0 if it is none. */
static size_t libc_next(const char *bytes, size_t len, uint32_t *character)
{
	mbstate_t state = { 0 };
	wchar_t wide = 0;
	size_t n = mbrtowc(&wide, bytes, len, &state);

	*character = (uint32_t)wide;
	if (n > len || wide > 0x10ffff) /* glibc stops at 0x7fffffff only */
		return 0;
	return n + !n; /* NUL has length 0 there */
}

static void check_next(const char *bytes, size_t len)
{
	uint32_t got, want;
	size_t n = ct_utf8_next(bytes, len, &got), libc = libc_next(bytes, len, &want);

	CHECK_INT(n, libc ? libc : 1);
	CHECK_INT(got, libc ? want : CT_UTF8_INVALID);
}

TEST(utf8_is_decoded_as_glibc_does)
{
	CHECK(setlocale(LC_CTYPE, "C.UTF-8"));
	/* all of one to three bytes; of four, the ones around every border */
	for (uint32_t i = 0; i < 1 << 24; i++) {
		char bytes[3] = { (char)(i >> 16), (char)(i >> 8), (char)i };

		if ((i & 0xff) % 16 > 1) /* the last byte: a sample */
			continue;
		check_next(bytes, 3);
		check_next(bytes, 2);
		check_next(bytes, 1);
	}
	for (uint32_t i = 0; i < 1 << 16; i++) {
		char bytes[4] = { (char)(0xf0 | (i >> 12)), (char)(i >> 4), (char)0xbf,
				  (char)(0x80 | ((i & 15) << 4)) };

		check_next(bytes, 4);
		check_next(bytes, 3);
	}
}

static void check_escape(const char *bytes, size_t len, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	char back[64];
	long n;

	ct_escape(&text, bytes, len);
	CHECK_STR(text.data, want);
	n = ct_unescape(back, text.data, text.len);
	CHECK_INT(n, len);
	CHECK(!memcmp(back, bytes, len));
}

TEST(the_escape_is_as_documented)
{
	check_escape("", 0, "");
	check_escape("/proc/self", 10, "/proc/self");
	check_escape("a\\b", 3, "a\\\\b");
	check_escape("\\x41", 4, "\\\\x41");
	check_escape("a\0b", 3, "a\\x00b");
	check_escape("caf\xc3\xa9", 5, "caf\xc3\xa9");
	check_escape("\xc3", 1, "\\xc3");
	check_escape("\xc3(", 2, "\\xc3(");
	check_escape("\xe2\x82", 2, "\\xe2\\x82");
	check_escape("\xc0\x80", 2, "\\xc0\\x80");
	check_escape("\xed\xa0\x80", 3, "\\xed\\xa0\\x80");
	check_escape("\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80");
	check_escape("\xf0\x9f\x90\xb3", 4, "\xf0\x9f\x90\xb3");
	check_escape("\x1b[31m\n\x7f", 7, "\x1b[31m\n\x7f");
}

TEST(any_bytes_survive_the_escape_and_become_utf8)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct rnd rnd = { 7, &arena };

	for (int i = 0; i < 20000; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
		size_t len;
		const char *bytes = rnd_bytes(&rnd, &len);
		char *back;

		ct_escape(&text, bytes, len);
		CHECK_INT(strlen(text.data), text.len);
		for (size_t at = 0, n; at < text.len; at += n) {
			uint32_t character;

			n = ct_utf8_next(text.data + at, text.len - at, &character);
			CHECK(character != CT_UTF8_INVALID);
		}
		back = ct_arena_alloc(&arena, text.len + 1);
		CHECK_INT(ct_unescape(back, text.data, text.len), len);
		CHECK(!memcmp(back, bytes, len));
		ct_arena_reset(&arena);
	}
	ct_arena_release(&arena);
}

TEST(what_is_no_escape_is_refused)
{
	static const char *const bad[] = { "\\",    "\\x", "\\x4", "\\xg0",
					   "\\x0g", "\\n", "a\\" };
	char out[8];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(ct_unescape(out, bad[i], strlen(bad[i])), -1);
	CHECK_INT(ct_unescape(out, "\\xFf", 4), 1);
	CHECK_INT((unsigned char)out[0], 0xff);
}

TEST(controls_are_what_steers_or_hides)
{
	static const uint32_t yes[] = {
		0,      '\n',   0x1b,   0x7f,   0x85,    0x9b,    0xad,
		0x61c,  0x200b, 0x200d, 0x200e, 0x2028,  0x202e,  0x2060,
		0x2066, 0x2069, 0xfeff, 0xfffb, 0xe0001, 0xe007f, CT_UTF8_INVALID
	};
	static const uint32_t no[] = {
		' ',    '~',    0xa0,   0xe9,   0x20ac,  0x2500,
		0x2588, 0x2026, 0x4e2d, 0xfffd, 0x1f433, 0x10ffff
	};

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		CHECK(ct_is_control(yes[i]));
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		CHECK(!ct_is_control(no[i]));
}
