/* SPDX-License-Identifier: MIT */
/* Programs that are run on paper, and by the kernel. */
#include "explore.h"

#include "bpf_machine.h"
#include "kernel.h"
#include "programs.h"
#include "survey.h"
#include "test.h"

#include <linux/seccomp.h>

#define FIRST_MARK 1000 /* no call of the kernel fails with such an errno */
#define NUMBERS    600
/* Newer kernels let these pass all filters, and end who calls them by himself. */
#define NR_URETPROBE 335
#define NR_UPROBE    336

/* All that is known when every register is; the sixth one of i386 is the compiler's. */
static void know_all(struct ct_bpf_input *input, const struct kernel_call *call)
{
	size_t n = call->arch == CT_ARCH_I386 ? 5 : 6;

	ct_bpf_input_call(input, call->arch, call->nr);
	for (size_t i = 0; i < n; i++) {
		ct_bpf_input_low(input, i, (uint32_t)call->args[i]);
		if (call->arch != CT_ARCH_I386)
			ct_bpf_input_high(input, i, (uint32_t)(call->args[i] >> 32));
	}
}

static bool is_among(const struct ct_bpf_answers *answers, uint32_t value)
{
	for (size_t i = 0; i < answers->n; i++)
		if (answers->values[i] == value)
			return true;
	return false;
}

/* Different answers become different errnos: then nothing is ever executed. */
static struct code mark(struct ct_arena *arena, struct code code,
			struct ct_bpf_answers *marks)
{
	struct code marked = {
		ct_arena_memdup(arena, code.in, code.len * sizeof(*code.in)), code.len
	};

	*marks = (struct ct_bpf_answers){ 0 };
	for (size_t i = 0; i < code.len; i++) {
		uint32_t index = 0;

		if (BPF_CLASS(code.in[i].code) != BPF_RET)
			continue;
		ct_bpf_answers_add(marks, code.in[i].k);
		while (marks->values[index] != code.in[i].k)
			index++;
		marked.in[i].k = SECCOMP_RET_ERRNO | (FIRST_MARK + index);
	}
	CHECK(!marks->open);
	return marked;
}

static size_t every_call(struct kernel_call *calls, const uint64_t args[6])
{
	size_t n = 0;

	for (int arch = 0; arch <= CT_ARCH_X32; arch++) /* those of this machine */
		for (uint32_t nr = 0; nr < NUMBERS; nr++) {
			if (nr == NR_URETPROBE || nr == NR_UPROBE)
				continue;
			calls[n] = (struct kernel_call){ .arch = (enum ct_arch)arch,
							 .nr = nr };
			if (arch == CT_ARCH_X32)
				calls[n].nr |= 0x40000000;
			memcpy(calls[n++].args, args, sizeof(calls->args));
		}
	return n;
}

static void compare(const struct ct_bpf_program *program, const struct kernel_call *call,
		    const struct ct_bpf_answers *marks, struct ct_bpf_scratch *scratch)
{
	struct ct_bpf_answers answers;
	struct ct_bpf_input input;
	uint32_t wanted;

	if (call->error < FIRST_MARK)
		test_fail(__FILE__, __LINE__, "%s %u is executed: %d",
			  ct_arch_name(call->arch), call->nr, call->error);
	wanted = marks->values[call->error - FIRST_MARK];
	know_all(&input, call);
	ct_bpf_explore(program, &input, scratch, &answers);
	CHECK_INT(answers.n, 1);
	CHECK_INT(answers.values[0], wanted);
	ct_bpf_input_call(&input, call->arch, call->nr);
	ct_bpf_explore(program, &input, scratch, &answers);
	CHECK(answers.open || is_among(&answers, wanted));
}

/* The kernel's answers to every number of every architecture, with some arguments. */
static void compare_all(struct ct_arena *arena, struct code code, const uint64_t args[6])
{
	struct kernel_call *calls =
		ct_arena_array(arena, struct kernel_call, 3 * NUMBERS);
	const struct ct_bpf_program *program = code_program(arena, code);
	struct ct_bpf_scratch *scratch = ct_bpf_scratch_new();
	size_t n = every_call(calls, args);
	struct ct_bpf_answers marks;
	struct code marked = mark(arena, code, &marks);

	CHECK(program);
	kernel_answers(marked.in, marked.len, calls, n);
	for (size_t i = 0; i < n; i++)
		compare(program, &calls[i], &marks, scratch);
	ct_bpf_scratch_free(scratch);
}

static const uint64_t none[6], all[6] = { -1UL, -1UL, -1UL, -1UL, -1UL, -1UL };

TEST(the_filter_of_a_container_answers_as_the_kernel_does)
{
	static const uint64_t personality[6] = { 0x20008 };
	struct ct_arena arena = CT_ARENA_INIT;
	struct code code = code_of_podman(&arena);

	compare_all(&arena, code, none);
	compare_all(&arena, code, all);
	compare_all(&arena, code, personality);
	ct_arena_release(&arena);
}

TEST(filters_with_tests_of_arguments_answer_as_the_kernel_does)
{
	static const uint64_t five[6] = { 5, 5, 5, 5, 5, 5 };
	static const uint64_t wide[6] = { 5UL << 32, 1, 5UL << 32 | 1, 5, 0, 1UL << 63 };
	struct ct_arena arena = CT_ARENA_INIT;
	struct code code;

	for (unsigned int op = SCMP_CMP_NE; op <= SCMP_CMP_GT; op++) {
		scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);

		seccomp_arch_add(context, SCMP_ARCH_X86);
		for (unsigned int arg = 0; arg < 5; arg++)
			CHECK(!seccomp_rule_add(
				context, SCMP_ACT_ERRNO(arg + 1), (int)(200 + arg), 1,
				SCMP_CMP(arg, (enum scmp_compare)op, 5, 0)));
		code = code_of_context(&arena, context);
		seccomp_release(context);
		compare_all(&arena, code, none);
		compare_all(&arena, code, five);
		compare_all(&arena, code, wide);
		compare_all(&arena, code, all);
	}
	ct_arena_release(&arena);
}

TEST(arithmetic_is_the_kernels)
{
	struct ct_bpf_scratch *scratch = ct_bpf_scratch_new();
	struct ct_arena arena = CT_ARENA_INIT;
	uint64_t seed = 77;

	for (int i = 0; i < 300; i++) {
		struct code code = code_of_arithmetic(&arena, &seed, 30);
		const struct ct_bpf_program *program = code_program(&arena, code);
		struct kernel_call call = { .nr = 1000 };
		struct ct_bpf_answers answers;
		struct ct_bpf_input input;
		int error;

		for (int a = 0; a < 6; a++)
			call.args[a] =
				(uint64_t)odd_number(&seed) << 32 | odd_number(&seed);
		CHECK(program);
		kernel_answers(code.in, code.len, &call, 1);
		know_all(&input, &call);
		ct_bpf_explore(program, &input, scratch, &answers);
		CHECK(answers.n == 1 && !answers.open);
		if (ct_bpf_verdict(answers.values[0], &error) != CT_VERDICT_ERRNO)
			error = -1;
		CHECK_INT(error, call.error);
		ct_arena_reset(&arena);
	}
	ct_bpf_scratch_free(scratch);
	ct_arena_release(&arena);
}

/* Whatever the arguments are, the answer is among those that were foretold. */
TEST(answers_to_unknown_arguments_hold_for_all_of_them)
{
	struct ct_bpf_scratch *scratch = ct_bpf_scratch_new();
	struct ct_arena arena = CT_ARENA_INIT;
	uint64_t seed = 4711;
	size_t several = 0;

	for (int i = 0; i < 20000; i++) {
		const struct ct_bpf_program *program =
			code_program(&arena, code_of_chance(&arena, &seed));
		struct seccomp_data data = { .nr = (int)odd_number(&seed) };
		struct ct_bpf_answers answers;
		struct ct_bpf_input input;

		for (int a = 0; a < 6; a++)
			data.args[a] =
				(uint64_t)odd_number(&seed) << 32 | odd_number(&seed);
		if (program) {
			ct_bpf_input_init(&input, (uint32_t)data.nr, data.arch);
			ct_bpf_explore(program, &input, scratch, &answers);
			CHECK(answers.open ||
			      is_among(&answers, bpf_machine_run(program, &data)));
			several += answers.n > 1;
		}
		ct_arena_reset(&arena);
	}
	CHECK(several > 20);
	ct_bpf_scratch_free(scratch);
	ct_arena_release(&arena);
}
