/* SPDX-License-Identifier: MIT */
/* The string buffer and the arena. */
#include "cttrace/strbuf.h"
#include "cttrace/arena.h"
#include "test.h"

#include <stdlib.h>

TEST(strbuf_starts_empty_and_grows)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	CHECK_STR(sb.data, "");
	for (int i = 0; i < 1000; i++)
		ct_strbuf_addf(&sb, "%d,", i);
	CHECK_INT(sb.len, 10 * 2 + 90 * 3 + 900 * 4);
	CHECK_INT(strlen(sb.data), sb.len);
}

TEST(strbuf_keeps_any_bytes)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_strbuf_add(&sb, "a\0b", 3);
	CHECK_INT(sb.len, 3);
	CHECK(!memcmp(sb.data, "a\0b\0", 4));
}

TEST(strbuf_steal_leaves_an_empty_one)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	char *text;

	ct_strbuf_adds(&sb, "x");
	text = ct_strbuf_steal(&sb);
	CHECK_STR(text, "x");
	CHECK_STR(sb.data, "");
	free(text);
	text = ct_strbuf_steal(&sb);
	CHECK_STR(text, "");
	free(text);
}

TEST(arena_memory_is_zeroed_after_a_reset)
{
	struct ct_arena arena = CT_ARENA_INIT;

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 500; i++) {
			unsigned char *p = ct_arena_alloc(&arena, 100);

			CHECK_INT(p[0] | p[99], 0);
			CHECK_INT((uintptr_t)p % 16, 0);
			memset(p, 0xff, 100);
		}
		ct_arena_reset(&arena);
	}
	CHECK_STR(ct_arena_printf(&arena, "%s-%d", "x", 7), "x-7");
	ct_arena_release(&arena);
}
