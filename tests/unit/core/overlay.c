/* SPDX-License-Identifier: MIT */
/* Options of overlay mounts, as mount(2) takes them and mountinfo shows them. */
#include "cttrace/overlay.h"
#include "cttrace/strbuf.h"
#include "test.h"

static void expect(const char *options, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_overlay overlay;

	ct_overlay_parse(&overlay, options, &arena);
	ct_strbuf_addf(&got, "[%s]", overlay.upper);
	for (size_t i = 0; i < overlay.n_lower; i++)
		ct_strbuf_addf(&got, " %s", overlay.lower[i]);
	ct_strbuf_addf(&got, " %zu", overlay.n_data);
	CHECK_STR(got.data, want);
	ct_arena_release(&arena);
}

TEST(layers_in_one_option)
{
	expect("rw,lowerdir=/a:/b,upperdir=/u,workdir=/w", "[/u] /a /b 0");
	expect("lowerdir=l/A", "[] l/A 0");
	expect("rw,relatime", "[] 0");
	expect("", "[] 0");
}

TEST(names_with_colons_and_commas)
{
	expect("lowerdir=/a\\:1:/b\\,c:/d,upperdir=/u", "[/u] /a:1 /b,c /d 0");
	expect("lowerdir=/a\\", "[] /a\\ 0");
}

TEST(layers_that_hold_data_only)
{
	expect("lowerdir=/a:/b::/x:/y", "[] /a /b /x /y 2");
}

TEST(an_option_per_layer)
{
	expect("ro,lowerdir+=/a,lowerdir+=/b:c,datadir+=/x", "[] /a /b:c /x 1");
}
