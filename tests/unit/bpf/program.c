/* SPDX-License-Identifier: MIT */
/* Which programs are filters: the kernel says. */
#include "program.h"

#include "kernel.h"
#include "programs.h"
#include "test.h"

#include <linux/seccomp.h>

static void compare(struct ct_arena *arena, struct code code, size_t *accepted)
{
	bool wanted = kernel_accepts(code.in, code.len);
	bool got = code_program(arena, code) != NULL;

	*accepted += wanted;
	if (got != wanted)
		test_fail(__FILE__, __LINE__,
			  "%zu instructions, the first %#x %u %u %#x: %s is wrong",
			  code.len, code.in[0].code, code.in[0].jt, code.in[0].jf,
			  code.in[0].k, got ? "accepting them" : "refusing them");
}

TEST(an_operation_is_allowed_when_the_kernel_allows_it)
{
	static const uint32_t numbers[] = { 0,  4,  7,  15, 16,         31,
					    32, 60, 63, 64, 0xfffff000, UINT32_MAX };
	struct ct_arena arena = CT_ARENA_INIT;
	size_t accepted = 0;
	int listener;

	if (!kernel_begin(&listener))
		return;
	/* no operation has a bit above the lowest byte */
	for (unsigned int op = 0; op < 0x200; op++)
		for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
			for (uint8_t jump = 0; jump < 4; jump++) {
				struct sock_filter in[] = {
					{ (uint16_t)op, jump, 3 - jump, numbers[i] },
					BPF_STMT(BPF_RET | BPF_K, 0),
					BPF_STMT(BPF_RET | BPF_A, 0),
				};

				compare(&arena, (struct code){ in, 3 }, &accepted);
				ct_arena_reset(&arena);
			}
	CHECK(accepted > 1000);
	kernel_end(listener);
	ct_arena_release(&arena);
}

TEST(a_program_is_accepted_when_the_kernel_accepts_it)
{
	struct ct_arena arena = CT_ARENA_INIT;
	uint64_t seed = 20240811;
	size_t accepted = 0;
	int listener;

	if (!kernel_begin(&listener))
		return;
	for (int i = 0; i < 20000; i++) {
		compare(&arena, code_of_chance(&arena, &seed), &accepted);
		ct_arena_reset(&arena);
	}
	CHECK(accepted > 500 && accepted < 19500);
	kernel_end(listener);
	ct_arena_release(&arena);
}

TEST(a_program_has_a_size)
{
	static struct sock_filter in[BPF_MAXINSNS + 1];
	struct ct_arena arena = CT_ARENA_INIT;

	for (size_t i = 0; i <= BPF_MAXINSNS; i++)
		in[i] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
	CHECK(!ct_bpf_program_new(&arena, (const char *)in, 0));
	CHECK(!ct_bpf_program_new(&arena, (const char *)in, 7));
	CHECK(!ct_bpf_program_new(&arena, (const char *)in, 12));
	CHECK(ct_bpf_program_new(&arena, (const char *)in, 8));
	CHECK(ct_bpf_program_new(&arena, (const char *)in, sizeof(in) - 8));
	CHECK(!ct_bpf_program_new(&arena, (const char *)in, sizeof(in)));
	ct_arena_release(&arena);
}
