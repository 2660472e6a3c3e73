/* SPDX-License-Identifier: MIT */
/* From a fixture's name to its frames. */
#include "fixture.h"

#include "test.h"

#include <sys/syscall.h>

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

void fixture_open(struct fixture *f, const char *path, const char *root)
{
	const char *const argv[] = { path, NULL };
	struct run run = { .argv = argv, .root = root, .nr = SYS_getppid };

	*f = (struct fixture){ .stack = ct_stack_new() };
	stop_at(&f->stopped, &run);
}

void fixture_unwind(struct fixture *f)
{
	ct_stack_add_maps(f->stack, 1, f->stopped.pid, f->stopped.maps.data,
			  f->stopped.maps.len);
	f->n = ct_stack_unwind(f->stack, 1, &f->stopped.snapshot, &f->frames, &f->arena);
}

void fixture_close(struct fixture *f)
{
	stopped_release(&f->stopped);
	ct_stack_free(f->stack);
	ct_arena_release(&f->arena);
}

void fixture_check(const struct fixture *f, const char *chain)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	describe(f->frames, f->n, "main", &text);
	CHECK_STR(text.data, chain);
}
