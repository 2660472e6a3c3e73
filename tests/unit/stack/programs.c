/* SPDX-License-Identifier: MIT */
/* Real programs, stopped in a call whose chain of callers is in their source. */
#include "snapshot.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CHAIN "getppid < chain_inner < chain_middle < chain_outer < main"

/*
 * libunwind opens a pipe at its first use, and keeps it for the life of the process. Here
 * that is before the runner counts descriptors.
 */
__attribute__((constructor)) static void open_pipe_of_libunwind(void)
{
	const struct user_regs_struct regs = { 0 };
	const struct ct_snapshot snapshot = { .regs = &regs };
	struct ct_stack *stack = ct_stack_new();
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_frame *frames;

	ct_stack_add_maps(stack, 1, 0, "", 0);
	ct_stack_unwind(stack, 1, &snapshot, &frames, &arena);
	ct_arena_release(&arena);
	ct_stack_free(stack);
}

/* A fixture stopped in getppid, and its frames. */
struct fixture {
	struct ct_stack *stack;
	struct stopped stopped;
	struct ct_frame *frames;
	size_t n;
	struct ct_arena arena;
};

static void open_fixture(struct fixture *f, const char *path, const char *root)
{
	const char *const argv[] = { path, NULL };
	struct run run = { .argv = argv, .root = root, .nr = SYS_getppid };

	*f = (struct fixture){ .stack = ct_stack_new() };
	stop_at(&f->stopped, &run);
}

static void unwind_fixture(struct fixture *f)
{
	ct_stack_add_maps(f->stack, 1, f->stopped.pid, f->stopped.maps.data,
			  f->stopped.maps.len);
	f->n = ct_stack_unwind(f->stack, 1, &f->stopped.snapshot, &f->frames, &f->arena);
}

static void close_fixture(struct fixture *f)
{
	stopped_release(&f->stopped);
	ct_stack_free(f->stack);
	ct_arena_release(&f->arena);
}

static void check_chain(const struct fixture *f, const char *chain)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	describe(f->frames, f->n, "main", &text);
	CHECK_STR(text.data, chain);
}

static void check_fixture(const char *name, const char *chain)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct fixture f;

	ct_strbuf_addf(&path, CT_FIXTURES "/%s", name);
	open_fixture(&f, path.data, NULL);
	unwind_fixture(&f);
	check_chain(&f, chain);
	close_fixture(&f);
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

	open_fixture(&f, CT_FIXTURES "/interrupted", NULL);
	unwind_fixture(&f);
	CHECK(f.n > 4);
	CHECK_STR(f.frames[1].symbol, "handler");
	/* frame 2 returns from the signal: libc gives it no name in .dynsym */
	CHECK_STR(f.frames[3].symbol, "interrupted");
	CHECK_STR(f.frames[4].symbol, "main");
	close_fixture(&f);
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

	open_fixture(&f, CT_FIXTURES "/deep", NULL);
	unwind_fixture(&f);
	CHECK_INT(f.n, CT_UNWIND_FRAMES);
	CHECK_STR(f.frames[1].symbol, LONG_NAME);
	for (size_t i = 2; i < f.n; i++)
		CHECK_STR(f.frames[i].symbol, "recursive");
	close_fixture(&f);
}

/* What binutils say is at this address of a file. */
static void ask_addr2line(const char *file, uint64_t addr, struct ct_strbuf *answer)
{
	CT_CLEANUP_STRBUF struct ct_strbuf command = CT_STRBUF_INIT;
	char line[256] = "";
	FILE *pipe;

	ct_strbuf_addf(&command, "addr2line -fe '%s' %#lx", file, addr);
	pipe = popen(command.data, "re");
	CHECK(pipe && fgets(line, sizeof(line), pipe));
	pclose(pipe);
	ct_strbuf_add(answer, line, strcspn(line, "\n"));
}

/* No name is better than a wrong one: libc's own names go on, the program has none. */
TEST(stripped_gives_offsets_that_addr2line_understands)
{
	static const char *const chain[] = { "chain_inner", "chain_middle", "chain_outer",
					     "main" };
	struct fixture f;

	open_fixture(&f, CT_FIXTURES "/stripped", NULL);
	unwind_fixture(&f);
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
	close_fixture(&f);
}

TEST(offset_counts_from_the_symbol)
{
	struct fixture f;

	open_fixture(&f, CT_FIXTURES "/fixed", NULL);
	unwind_fixture(&f);
	for (size_t i = 1; i < 5; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		uint64_t start = f.frames[i].ip - f.frames[i].offset;

		/* addresses of this one are those in the file */
		ask_addr2line(CT_FIXTURES "/fixed", start, &name);
		CHECK_STR(name.data, f.frames[i].symbol);
		CHECK(f.frames[i].offset > 0 && f.frames[i].offset < 256);
	}
	close_fixture(&f);
}

static void copy_file(const char *from, const char *to)
{
	CT_CLEANUP_STRBUF struct ct_strbuf command = CT_STRBUF_INIT;

	ct_strbuf_addf(&command, "cp '%s' '%s'", from, to);
	CHECK(!system(command.data)); /* NOLINT(cert-env33-c): both names are ours */
}

TEST(a_deleted_program)
{
	char path[] = "/tmp/cttrace-test-XXXXXX";
	struct fixture f;

	CHECK(mkdtemp(path));
	CHECK(!rmdir(path));
	copy_file(CT_FIXTURES "/chain", path);
	open_fixture(&f, path, NULL);
	CHECK(!unlink(path));
	unwind_fixture(&f);
	check_chain(&f, CHAIN);
	CHECK_STR(f.frames[1].module, path);
	close_fixture(&f);
}

/* Its path means another file, or none, outside of its root. */
TEST(a_program_in_another_root)
{
	CT_CLEANUP_STRBUF struct ct_strbuf program = CT_STRBUF_INIT;
	char root[] = "/tmp/cttrace-test-XXXXXX";
	struct fixture f;

	CHECK(mkdtemp(root));
	ct_strbuf_addf(&program, "%s/static", root);
	copy_file(CT_FIXTURES "/static", program.data);
	open_fixture(&f, "/static", root);
	unwind_fixture(&f);
	check_chain(&f, CHAIN);
	close_fixture(&f);
	CHECK(!unlink(program.data));
	CHECK(!rmdir(root));
}

/* The maps may come to us when the process is gone already, and even its file. */
TEST(a_process_that_is_gone)
{
	struct fixture f;

	open_fixture(&f, CT_FIXTURES "/chain", NULL);
	stopped_kill(&f.stopped);
	unwind_fixture(&f);
	check_chain(&f, CHAIN);
	close_fixture(&f);
}

/* An image with other addresses and another name for a file that is known: no task
 * needed. */
TEST(a_known_file_under_another_name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf maps = CT_STRBUF_INIT;
	struct fixture f;
	char *name;

	open_fixture(&f, CT_FIXTURES "/chain", NULL);
	unwind_fixture(&f);
	stopped_kill(&f.stopped);
	ct_strbuf_adds(&maps, f.stopped.maps.data);
	while ((name = strstr(maps.data, "/chain\n")))
		name[1] = 'b';
	ct_stack_add_maps(f.stack, 2, f.stopped.pid, maps.data, maps.len);
	f.n = ct_stack_unwind(f.stack, 2, &f.stopped.snapshot, &f.frames, &f.arena);
	check_chain(&f, CHAIN);
	CHECK_STR(f.frames[1].module, CT_FIXTURES "/bhain");
	close_fixture(&f);
}

TEST(code_that_came_later_makes_maps_wanted)
{
	struct fixture f;
	char *line;

	open_fixture(&f, CT_FIXTURES "/chain", NULL);
	line = strstr(f.stopped.maps.data, "/libc.so");
	CHECK(line);
	/* all before libc: the address of getppid is in none of it */
	ct_stack_add_maps(f.stack, 1, f.stopped.pid, f.stopped.maps.data,
			  (size_t)(line - f.stopped.maps.data));
	CHECK(!ct_stack_wants_maps(f.stack, 1));
	f.n = ct_stack_unwind(f.stack, 1, &f.stopped.snapshot, &f.frames, &f.arena);
	CHECK(ct_stack_wants_maps(f.stack, 1));
	unwind_fixture(&f);
	check_chain(&f, CHAIN);
	CHECK(!ct_stack_wants_maps(f.stack, 1));
	close_fixture(&f);
}

TEST(images_are_forgotten_when_there_are_too_many)
{
	struct fixture f;

	open_fixture(&f, CT_FIXTURES "/chain", NULL);
	for (uint64_t key = 1; key <= CT_STACK_IMAGES + 1; key++)
		ct_stack_add_maps(f.stack, key, f.stopped.pid, f.stopped.maps.data,
				  f.stopped.maps.len);
	CHECK(ct_stack_wants_maps(f.stack, 1));
	CHECK(!ct_stack_wants_maps(f.stack, 2));
	ct_stack_drop(f.stack, 2);
	CHECK(ct_stack_wants_maps(f.stack, 2));
	close_fixture(&f);
}

TEST(a_32_bit_task_gives_the_address)
{
	struct fixture f;

	open_fixture(&f, CT_FIXTURES "/chain", NULL);
	f.stopped.regs.cs = 0x23;
	unwind_fixture(&f);
	CHECK_INT(f.n, 1);
	close_fixture(&f);
}

TEST(an_unknown_image_gives_the_address)
{
	struct fixture f;

	open_fixture(&f, CT_FIXTURES "/chain", NULL);
	CHECK(ct_stack_wants_maps(f.stack, 7));
	f.n = ct_stack_unwind(f.stack, 7, &f.stopped.snapshot, &f.frames, &f.arena);
	CHECK_INT(f.n, 1);
	CHECK_INT(f.frames[0].ip, f.stopped.regs.rip);
	CHECK_STR(f.frames[0].symbol, "");
	close_fixture(&f);
}
