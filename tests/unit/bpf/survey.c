/* SPDX-License-Identifier: MIT */
/* Filters that libseccomp makes of rules must be surveyed as just those rules. */
#include "survey.h"

#include "programs.h"
#include "test.h"

#include <errno.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct rule {
	const char *name;
	uint32_t action;
	enum ct_verdict verdict;
	const char *answer;
};

/* Every action; and errnos, of which 0 means a success that never was. */
static const struct rule plain[] = {
	{ "mount", SCMP_ACT_ERRNO(EPERM), CT_VERDICT_ERRNO, "EPERM" },
	{ "bpf", SCMP_ACT_ERRNO(EACCES), CT_VERDICT_ERRNO, "EACCES" },
	{ "sync", SCMP_ACT_ERRNO(0), CT_VERDICT_ERRNO, "return 0" },
	{ "reboot", SCMP_ACT_KILL_PROCESS, CT_VERDICT_KILL_PROCESS, "kill_process" },
	{ "swapon", SCMP_ACT_KILL_THREAD, CT_VERDICT_KILL_THREAD, "kill_thread" },
	{ "acct", SCMP_ACT_TRAP, CT_VERDICT_TRAP, "trap" },
	{ "mknod", SCMP_ACT_NOTIFY, CT_VERDICT_NOTIFY, "notify" },
	{ "ptrace", SCMP_ACT_TRACE(7), CT_VERDICT_TRACE, "trace" },
	{ "uname", SCMP_ACT_LOG, CT_VERDICT_LOG, "log" },
	{ "read", SCMP_ACT_ALLOW, CT_VERDICT_ALLOW, "allow" },
	{ "clone3", SCMP_ACT_ERRNO(ENOSYS), CT_VERDICT_ERRNO, "ENOSYS" },
};

static void add_rules(scmp_filter_ctx context, const struct rule *rules, size_t n,
		      uint32_t default_action)
{
	for (size_t i = 0; i < n; i++)
		if (rules[i].action != default_action)
			CHECK(!seccomp_rule_add(
				context, rules[i].action,
				seccomp_syscall_resolve_name(rules[i].name), 0));
}

static const struct ct_seccomp *survey(struct ct_arena *arena, const struct code *codes,
				       size_t n, enum ct_arch arch)
{
	const struct ct_bpf_program *programs[4];
	struct ct_bpf_scratch *scratch = ct_bpf_scratch_new();
	const struct ct_seccomp *result;

	for (size_t i = 0; i < n; i++)
		CHECK(programs[i] = code_program(arena, codes[i]));
	result = ct_bpf_survey(arena, &(struct ct_bpf_chain){ programs, n }, arch,
			       scratch);
	ct_bpf_scratch_free(scratch);
	return result;
}

static const struct ct_seccomp *survey_of(struct ct_arena *arena, scmp_filter_ctx context)
{
	struct code code = code_of_context(arena, context);

	seccomp_release(context);
	return survey(arena, &code, 1, CT_ARCH_X86_64);
}

static const struct rule *rule_for(const struct rule *rules, size_t n, const char *name,
				   const struct rule *otherwise)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(rules[i].name, name))
			return &rules[i];
	return otherwise;
}

static void expect(const struct ct_seccomp *s, const struct rule *rules, size_t n,
		   const struct rule *otherwise)
{
	size_t count[CT_VERDICTS] = { 0 };

	CHECK(s->n_calls > 300);
	for (size_t i = 0; i < s->n_calls; i++) {
		const struct ct_seccomp_call *call = &s->calls[i];
		const struct rule *rule = rule_for(rules, n, call->name, otherwise);

		if (strcmp(call->answer, rule->answer) != 0)
			test_fail(__FILE__, __LINE__, "%s: %s, wanted %s", call->name,
				  call->answer, rule->answer);
		CHECK_INT(call->verdict, rule->verdict);
		CHECK_INT(call->nr, seccomp_syscall_resolve_name(call->name));
		count[rule->verdict]++;
	}
	CHECK(!memcmp(count, s->count, sizeof(count)));
	CHECK_STR(s->default_answer, otherwise->answer);
	CHECK_STR(s->newer_answer, otherwise->answer);
}

TEST(each_call_has_the_action_of_its_rule)
{
	static const struct rule defaults[] = {
		{ "", SCMP_ACT_ALLOW, CT_VERDICT_ALLOW, "allow" },
		{ "", SCMP_ACT_ERRNO(EPERM), CT_VERDICT_ERRNO, "EPERM" },
		{ "", SCMP_ACT_KILL_PROCESS, CT_VERDICT_KILL_PROCESS, "kill_process" },
	};
	struct ct_arena arena = CT_ARENA_INIT;

	/* optimized: a binary tree of comparisons instead of a chain */
	for (unsigned int optimize = 1; optimize <= 2; optimize++)
		for (size_t i = 0; i < COUNT(defaults); i++) {
			scmp_filter_ctx context = seccomp_init(defaults[i].action);
			const struct ct_seccomp *s;

			seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, optimize);
			add_rules(context, plain, COUNT(plain), defaults[i].action);
			s = survey_of(&arena, context);
			expect(s, plain, COUNT(plain), &defaults[i]);
			CHECK_INT(s->n_filters, 1);
			CHECK(s->n_instructions > COUNT(plain));
		}
	ct_arena_release(&arena);
}

/* As the profiles of engines have them: some flags, some values, all but one value. */
TEST(calls_that_depend_on_arguments_are_neither_allowed_nor_denied)
{
	static const struct rule wanted[] = {
		{ "clone", 0, CT_VERDICT_CONDITIONAL, "allow or EPERM" },
		{ "personality", 0, CT_VERDICT_CONDITIONAL, "allow or EPERM" },
		{ "socket", 0, CT_VERDICT_CONDITIONAL, "allow or EPERM" },
		{ "ioctl", 0, CT_VERDICT_CONDITIONAL, "allow or EPERM or kill_process" },
		{ "read", 0, CT_VERDICT_ALLOW, "allow" },
		{ "close", 0, CT_VERDICT_ERRNO, "EPERM" },
	};
	static const struct rule otherwise = { "", 0, CT_VERDICT_ERRNO, "EPERM" };
	static const uint64_t flags = 0x7e020000;
	struct ct_arena arena = CT_ARENA_INIT;
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
			 SCMP_A0(SCMP_CMP_MASKED_EQ, flags, 0));
	seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(personality), 1,
			 SCMP_A0(SCMP_CMP_EQ, 0, 0));
	seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(personality), 1,
			 SCMP_A0(SCMP_CMP_EQ, 0xffffffff, 0));
	seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
			 SCMP_A0(SCMP_CMP_NE, 40, 0));
	seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
			 SCMP_A1(SCMP_CMP_LT, 0x5412, 0));
	seccomp_rule_add(c, SCMP_ACT_KILL_PROCESS, SCMP_SYS(ioctl), 1,
			 SCMP_A1(SCMP_CMP_EQ, 0x5412, 0));
	seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(read), 0);
	expect(survey_of(&arena, c), wanted, COUNT(wanted), &otherwise);
	ct_arena_release(&arena);
}

/* One test that another one has made needless: there is just one answer. */
TEST(what_was_tested_before_is_known)
{
	struct sock_filter in[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 4, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ERRNO(EPERM)),
	};
	struct ct_arena arena = CT_ARENA_INIT;
	struct code code = { in, COUNT(in) };

	CHECK_STR(survey(&arena, &code, 1, CT_ARCH_X86_64)->calls[0].answer, "EPERM");
	ct_arena_release(&arena);
}

/* Two ways meet with different words in the register: a test of it tells of neither. */
TEST(a_test_of_one_of_two_words_teaches_nothing)
{
	struct sock_filter in[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 24),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 9, 0, 1),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 2), /* else: allow */
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 24),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ERRNO(EPERM)),
	};
	struct sock_filter mirrored[COUNT(in)];
	struct ct_arena arena = CT_ARENA_INIT;
	struct code code = { in, COUNT(in) };

	CHECK_STR(survey(&arena, &code, 1, CT_ARCH_X86_64)->calls[0].answer,
		  "allow or EPERM");
	memcpy(mirrored, in, sizeof(in));
	mirrored[4].k = 16;
	code.in = mirrored;
	CHECK_STR(survey(&arena, &code, 1, CT_ARCH_X86_64)->calls[0].answer,
		  "allow or EPERM");
	ct_arena_release(&arena);
}

/* The kernel fills the upper halves of 32-bit arguments with zeros. */
TEST(arguments_of_i386_have_no_upper_half)
{
	struct sock_filter in[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 20),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ERRNO(EPERM)),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ALLOW),
	};
	struct ct_arena arena = CT_ARENA_INIT;
	struct code code = { in, COUNT(in) };

	CHECK_STR(survey(&arena, &code, 1, CT_ARCH_I386)->calls[0].answer, "allow");
	CHECK_STR(survey(&arena, &code, 1, CT_ARCH_X86_64)->calls[0].answer,
		  "allow or EPERM");
	ct_arena_release(&arena);
}

TEST(the_strictest_of_several_filters_counts_and_the_newest_of_equals)
{
	static const struct rule wanted[] = {
		{ "mount", 0, CT_VERDICT_ERRNO, "EACCES" },
		{ "bpf", 0, CT_VERDICT_KILL_PROCESS, "kill_process" },
		{ "clone", 0, CT_VERDICT_CONDITIONAL, "allow or EPERM" },
		{ "uname", 0, CT_VERDICT_LOG, "log" },
	};
	static const struct rule otherwise = { "", 0, CT_VERDICT_ALLOW, "allow" };
	struct ct_arena arena = CT_ARENA_INIT;
	scmp_filter_ctx older = seccomp_init(SCMP_ACT_ALLOW);
	scmp_filter_ctx newer = seccomp_init(SCMP_ACT_ALLOW);
	const struct ct_seccomp *s;
	struct code codes[2];

	seccomp_rule_add(older, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mount), 0);
	seccomp_rule_add(newer, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(mount), 0);
	seccomp_rule_add(older, SCMP_ACT_KILL_PROCESS, SCMP_SYS(bpf), 0);
	seccomp_rule_add(newer, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(bpf), 0);
	seccomp_rule_add(older, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
			 SCMP_A0(SCMP_CMP_EQ, 1, 0));
	seccomp_rule_add(newer, SCMP_ACT_LOG, SCMP_SYS(uname), 0);
	codes[0] = code_of_context(&arena, older);
	codes[1] = code_of_context(&arena, newer);
	s = survey(&arena, codes, 2, CT_ARCH_X86_64);
	expect(s, wanted, COUNT(wanted), &otherwise);
	CHECK_INT(s->n_filters, 2);
	CHECK_INT(s->n_instructions, codes[0].len + codes[1].len);
	seccomp_release(older);
	seccomp_release(newer);
	ct_arena_release(&arena);
}

TEST(architectures_are_those_that_a_filter_tells_apart)
{
	struct sock_filter numbers_only[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ERRNO(EPERM)),
		BPF_STMT(BPF_RET | BPF_K, SCMP_ACT_ALLOW),
	};
	struct code code = { numbers_only, COUNT(numbers_only) };
	struct ct_arena arena = CT_ARENA_INIT;
	scmp_filter_ctx one = seccomp_init(SCMP_ACT_ALLOW);
	scmp_filter_ctx two = seccomp_init(SCMP_ACT_ALLOW);

	seccomp_rule_add(one, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mount), 0);
	seccomp_arch_add(two, SCMP_ARCH_X86);
	seccomp_rule_add(two, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mount), 0);
	CHECK_INT(survey_of(&arena, one)->archs, 1 << CT_ARCH_X86_64);
	CHECK_INT(survey_of(&arena, two)->archs, 1 << CT_ARCH_X86_64 | 1 << CT_ARCH_I386);
	CHECK_INT(survey(&arena, &code, 1, CT_ARCH_X86_64)->archs, 0);
	ct_arena_release(&arena);
}

TEST(numbers_are_those_of_the_architecture)
{
	struct ct_arena arena = CT_ARENA_INIT;
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
	const struct ct_seccomp *s;
	struct code code;
	size_t denied = 0;

	seccomp_arch_remove(context, SCMP_ARCH_NATIVE);
	seccomp_arch_add(context, SCMP_ARCH_X86);
	seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(mount), 0);
	code = code_of_context(&arena, context);
	seccomp_release(context);
	s = survey(&arena, &code, 1, CT_ARCH_I386);
	for (size_t i = 0; i < s->n_calls; i++)
		if (s->calls[i].verdict != CT_VERDICT_ALLOW) {
			CHECK_STR(s->calls[i].name, "mount");
			CHECK_INT(s->calls[i].nr, 21); /* asm/unistd_32.h */
			denied++;
		}
	CHECK_INT(denied, 1);
	ct_arena_release(&arena);
}

/* A filter may compute what it answers; nobody can say then what it will be. */
TEST(computed_answers_are_not_determined)
{
	struct sock_filter in[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	struct ct_arena arena = CT_ARENA_INIT;
	struct code code = { in, COUNT(in) };
	const struct ct_seccomp *s = survey(&arena, &code, 1, CT_ARCH_X86_64);

	CHECK_INT(s->count[CT_VERDICT_UNDETERMINED], s->n_calls);
	CHECK_STR(s->default_answer, "undetermined");
	ct_arena_release(&arena);
}
