/* SPDX-License-Identifier: MIT */
/* Ways to the file of a mapping, and what is known about images. */
#include "fixture.h"

#include "command.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static void copy_file(const char *from, const char *to)
{
	const char *const argv[] = { "cp", from, to, NULL };
	char out[1];

	CHECK(!command_run(argv, out, sizeof(out)));
}

TEST(a_deleted_program)
{
	char path[] = "/tmp/cttrace-test-XXXXXX";
	struct fixture f;

	CHECK(mkdtemp(path));
	CHECK(!rmdir(path));
	copy_file(CT_FIXTURES "/chain", path);
	fixture_open(&f, path, NULL);
	CHECK(!unlink(path));
	fixture_unwind(&f);
	fixture_check(&f, CHAIN);
	CHECK_STR(f.frames[1].module, path);
	fixture_close(&f);
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
	fixture_open(&f, "/static", root);
	fixture_unwind(&f);
	fixture_check(&f, CHAIN);
	fixture_close(&f);
	CHECK(!unlink(program.data));
	CHECK(!rmdir(root));
}

/* The maps may come to us when the process is gone already, and even its file. */
TEST(a_process_that_is_gone)
{
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	stopped_kill(&f.stopped);
	fixture_unwind(&f);
	fixture_check(&f, CHAIN);
	fixture_close(&f);
}

/* An image with other addresses and another name for a file that is known: no task
 * needed. */
TEST(a_known_file_under_another_name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf maps = CT_STRBUF_INIT;
	struct fixture f;
	char *name;

	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	fixture_unwind(&f);
	stopped_kill(&f.stopped);
	ct_strbuf_adds(&maps, f.stopped.maps.data);
	while ((name = strstr(maps.data, "/chain\n")))
		name[1] = 'b';
	ct_stack_add_maps(f.stack, 2, f.stopped.pid, maps.data, maps.len);
	f.n = ct_stack_unwind(f.stack, 2, &f.stopped.snapshot, &f.frames, &f.arena);
	fixture_check(&f, CHAIN);
	CHECK_STR(f.frames[1].module, CT_FIXTURES "/bhain");
	fixture_close(&f);
}

TEST(code_that_came_later_makes_maps_wanted)
{
	struct fixture f;
	char *line;

	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	line = strstr(f.stopped.maps.data, "/libc.so");
	CHECK(line);
	/* all before libc: the address of getppid is in none of it */
	ct_stack_add_maps(f.stack, 1, f.stopped.pid, f.stopped.maps.data,
			  (size_t)(line - f.stopped.maps.data));
	CHECK(!ct_stack_wants_maps(f.stack, 1));
	f.n = ct_stack_unwind(f.stack, 1, &f.stopped.snapshot, &f.frames, &f.arena);
	CHECK(ct_stack_wants_maps(f.stack, 1));
	fixture_unwind(&f);
	fixture_check(&f, CHAIN);
	CHECK(!ct_stack_wants_maps(f.stack, 1));
	fixture_close(&f);
}

/* An address that is nowhere would make every stop read the maps. */
TEST(maps_are_not_wanted_for_ever)
{
	struct fixture f;
	int renewals = 0;

	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	f.stopped.regs.rip = 0x1234;
	fixture_unwind(&f);
	while (ct_stack_wants_maps(f.stack, 1) && renewals < 1000) {
		fixture_unwind(&f);
		renewals++;
	}
	CHECK(renewals > 1 && renewals < 1000);
	fixture_close(&f);
}

TEST(images_are_forgotten_when_there_are_too_many)
{
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	for (uint64_t key = 1; key <= CT_STACK_IMAGES + 1; key++)
		ct_stack_add_maps(f.stack, key, f.stopped.pid, f.stopped.maps.data,
				  f.stopped.maps.len);
	CHECK(ct_stack_wants_maps(f.stack, 1));
	CHECK(!ct_stack_wants_maps(f.stack, 2));
	ct_stack_drop(f.stack, 2);
	CHECK(ct_stack_wants_maps(f.stack, 2));
	fixture_close(&f);
}

TEST(a_32_bit_task_gives_the_address)
{
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	f.stopped.regs.cs = 0x23;
	fixture_unwind(&f);
	CHECK_INT(f.n, 1);
	fixture_close(&f);
}

/* crun runs a copy of itself from a mount that is nowhere: its path in maps is "/". */
TEST(a_program_on_a_detached_mount)
{
	const char *const argv[] = { CT_FIXTURES "/chain", NULL };
	struct run run = { .argv = argv, .nr = SYS_getppid, .detached = true };
	struct fixture f = { .stack = ct_stack_new() };

	if (geteuid()) {
		puts("only root can detach a mount: not tested");
		ct_stack_free(f.stack);
		return;
	}
	stop_at(&f.stopped, &run);
	CHECK(strstr(f.stopped.maps.data, " /\n"));
	fixture_unwind(&f);
	fixture_check(&f, CHAIN);
	CHECK_STR(f.frames[1].module, "");
	fixture_close(&f);
}

/* … but it has been seen as /usr/bin/crun before. */
TEST(a_known_program_on_a_detached_mount)
{
	const char *const argv[] = { CT_FIXTURES "/chain", NULL };
	struct run run = { .argv = argv, .nr = SYS_getppid, .detached = true };
	struct fixture f;

	if (geteuid()) {
		puts("only root can detach a mount: not tested");
		return;
	}
	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	fixture_unwind(&f);
	stopped_release(&f.stopped);
	stop_at(&f.stopped, &run);
	fixture_unwind(&f);
	fixture_check(&f, CHAIN);
	CHECK_STR(f.frames[1].module, CT_FIXTURES "/chain");
	fixture_close(&f);
}

TEST(an_unknown_image_gives_the_address)
{
	struct fixture f;

	fixture_open(&f, CT_FIXTURES "/chain", NULL);
	CHECK(ct_stack_wants_maps(f.stack, 7));
	f.n = ct_stack_unwind(f.stack, 7, &f.stopped.snapshot, &f.frames, &f.arena);
	CHECK_INT(f.n, 1);
	CHECK_INT(f.frames[0].ip, f.stopped.regs.rip);
	CHECK_STR(f.frames[0].symbol, "");
	fixture_close(&f);
}
