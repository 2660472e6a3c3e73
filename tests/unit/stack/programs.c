/* SPDX-License-Identifier: MIT */
/* Real programs, stopped in a call whose chain of callers is in their source. */
#include "fixture.h"

#include "command.h"
#include "test.h"

static void check_fixture(const char *name, const char *chain)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct fixture f;

	ct_strbuf_addf(&path, CT_FIXTURES "/%s", name);
	fixture_open(&f, path.data, NULL);
	fixture_unwind(&f);
	fixture_check(&f, chain);
	fixture_close(&f);
}

TEST(without_frame_pointers)
{
	check_fixture("chain", CHAIN);
}

TEST(with_frame_pointers)
{
	check_fixture("framed", CHAIN);
}

TEST(without_tables_by_frame_pointers)
{
	check_fixture("tableless", CHAIN);
}

TEST(at_a_fixed_address)
{
	check_fixture("fixed", CHAIN);
}

TEST(statically_linked)
{
	check_fixture("static", CHAIN);
}

TEST(through_a_library_and_back)
{
	check_fixture("user",
		      "getppid < called_back < library_hidden < library_call < main");
}

TEST(through_a_signal_frame)
{
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/interrupted", NULL);
	fixture_unwind(&f);
	CHECK(f.n > 4);
	CHECK_STR(f.frames[1].symbol, "handler");
	/* frame 2 returns from the signal: libc gives it no name in .dynsym */
	CHECK_STR(f.frames[3].symbol, "interrupted");
	CHECK_STR(f.frames[4].symbol, "main");
	fixture_close(&f);
}

TEST(through_a_function_with_a_personality_routine)
{
	check_fixture("cleanup", "getppid < cleaned < main");
}

/* Their tables are refused; the frame pointer is left. */
TEST(through_an_unwind_table_that_divides)
{
	check_fixture("divides", "getppid < hostile < main");
}

TEST(through_an_unwind_table_that_jumps)
{
	check_fixture("jumps", "getppid < hostile < main");
}

TEST(symbols_without_their_versions)
{
	check_fixture("versioned", CHAIN);
}

TEST(symbols_of_the_dynamic_table)
{
	check_fixture("exported", CHAIN);
}

/* The nearest exported name is main's, and it is wrong for all of them but one. */
TEST(no_name_of_a_function_that_ended_before)
{
	check_fixture("main_exported", "getppid < ? < ? < ? < main");
}

TEST(symbols_of_a_debug_file_with_the_same_build_id)
{
	check_fixture("linked", CHAIN);
}

TEST(symbols_of_a_debug_file_with_the_right_checksum)
{
	check_fixture("linked_by_sum", CHAIN);
}

TEST(symbols_packed_inside)
{
	check_fixture("packed", CHAIN);
}

TEST(as_many_frames_as_are_kept)
{
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/deep", NULL);
	fixture_unwind(&f);
	CHECK_INT(f.n, CT_UNWIND_FRAMES);
	CHECK_STR(f.frames[1].symbol, LONG_NAME);
	for (size_t i = 2; i < f.n; i++)
		CHECK_STR(f.frames[i].symbol, "recursive");
	fixture_close(&f);
}

/* What binutils say is at this address of a file. */
static void ask_addr2line(const char *file, uint64_t addr, struct ct_strbuf *answer)
{
	CT_CLEANUP_STRBUF struct ct_strbuf where = CT_STRBUF_INIT;
	const char *argv[] = { "addr2line", "-fe", file, NULL, NULL };
	char line[256];

	ct_strbuf_addf(&where, "%#lx", addr);
	argv[3] = where.data;
	CHECK(!command_run(argv, line, sizeof(line)));
	CHECK(*line);
	ct_strbuf_add(answer, line, strcspn(line, "\n"));
}

/* No name is better than a wrong one: libc's own names go on, the program has none. */
TEST(stripped_gives_offsets_that_addr2line_understands)
{
	static const char *const chain[] = { "chain_inner", "chain_middle", "chain_outer",
					     "main" };
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/stripped", NULL);
	fixture_unwind(&f);
	CHECK(f.n > 4);
	CHECK_STR(f.frames[0].symbol, "getppid");
	for (size_t i = 0; i < 4; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		const struct ct_frame *frame = &f.frames[i + 1];

		CHECK_STR(frame->symbol, "");
		CHECK_STR(frame->module, CT_FIXTURES "/stripped");
		ask_addr2line(CT_FIXTURES "/hidden", frame->offset - 1, &name);
		CHECK_STR(name.data, chain[i]);
	}
	fixture_close(&f);
}

TEST(offset_counts_from_the_symbol)
{
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/fixed", NULL);
	fixture_unwind(&f);
	for (size_t i = 1; i < 5; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		uint64_t start = f.frames[i].ip - f.frames[i].offset;

		/* addresses of this one are those in the file */
		ask_addr2line(CT_FIXTURES "/fixed", start, &name);
		CHECK_STR(name.data, f.frames[i].symbol);
		CHECK(f.frames[i].offset > 0 && f.frames[i].offset < 256);
	}
	fixture_close(&f);
}
