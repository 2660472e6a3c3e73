/* SPDX-License-Identifier: MIT */
/* Asks filters about all calls; the names of the calls are libseccomp's. */
#include "survey.h"

#include "cttrace/errno.h"
#include "cttrace/strbuf.h"
#include "cttrace/x32.h"

#include <linux/audit.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>

#define NUMBERS 1024U /* above all numbers that any call has */
#define NO_ARCH 0U    /* AUDIT_ARCH_… of no machine */

static const struct abi {
	uint32_t audit, names;
	uint32_t bit; /* in all its numbers */
} abis[] = {
	[CT_ARCH_X86_64] = { AUDIT_ARCH_X86_64, SCMP_ARCH_X86_64, 0 },
	[CT_ARCH_I386] = { AUDIT_ARCH_I386, SCMP_ARCH_X86, 0 },
	[CT_ARCH_X32] = { AUDIT_ARCH_X86_64, SCMP_ARCH_X32, CT_X32_BIT },
	[CT_ARCH_AARCH64] = { AUDIT_ARCH_AARCH64, SCMP_ARCH_AARCH64, 0 },
	[CT_ARCH_ARM] = { AUDIT_ARCH_ARM, SCMP_ARCH_ARM, 0 },
	[CT_ARCH_UNKNOWN] = { NO_ARCH, 0, 0 },
};

const char *ct_verdict_name(enum ct_verdict verdict)
{
	static const char *const names[CT_VERDICTS] = {
		[CT_VERDICT_KILL_PROCESS] = "kill_process",
		[CT_VERDICT_KILL_THREAD] = "kill_thread",
		[CT_VERDICT_TRAP] = "trap",
		[CT_VERDICT_ERRNO] = "errno",
		[CT_VERDICT_NOTIFY] = "notify",
		[CT_VERDICT_TRACE] = "trace",
		[CT_VERDICT_LOG] = "log",
		[CT_VERDICT_ALLOW] = "allow",
		[CT_VERDICT_CONDITIONAL] = "conditional",
		[CT_VERDICT_UNDETERMINED] = "undetermined",
	};

	return (unsigned int)verdict < CT_VERDICTS ? names[verdict] : "?";
}

void ct_bpf_chain_answers(const struct ct_bpf_chain *chain,
			  const struct ct_bpf_input *input,
			  struct ct_bpf_scratch *scratch, struct ct_bpf_answers *answers)
{
	struct ct_bpf_answers newer;

	ct_bpf_explore(chain->programs[0], input, scratch, answers);
	for (size_t i = 1; i < chain->n; i++) {
		ct_bpf_explore(chain->programs[i], input, scratch, &newer);
		ct_bpf_answers_combine(answers, &newer);
	}
}

void ct_bpf_input_call(struct ct_bpf_input *input, enum ct_arch arch, int64_t nr)
{
	ct_bpf_input_init(input, (uint32_t)nr | abis[arch].bit, abis[arch].audit);
	for (size_t i = 0; ct_arch_is_narrow(arch) && i < 6; i++)
		ct_bpf_input_high(input, i, 0);
}

static void ask(const struct ct_bpf_chain *chain, enum ct_arch arch, uint32_t nr,
		struct ct_bpf_scratch *scratch, struct ct_bpf_answers *answers)
{
	struct ct_bpf_input input;

	ct_bpf_input_call(&input, arch, nr);
	ct_bpf_chain_answers(chain, &input, scratch, answers);
}

/* -------- words -------- */

static const char *word(enum ct_verdict verdict, int error)
{
	if (verdict != CT_VERDICT_ERRNO)
		return ct_verdict_name(verdict);
	return error ? ct_errno_name(error) : "return 0";
}

static bool said_before(const struct ct_bpf_answers *answers, size_t n,
			enum ct_verdict verdict, int error)
{
	int other;

	for (size_t i = 0; i < n; i++)
		if (ct_bpf_verdict(answers->values[i], &other) == verdict &&
		    other == error)
			return true;
	return false;
}

static void say(struct ct_strbuf *out, const struct ct_bpf_answers *answers,
		enum ct_verdict verdict)
{
	for (size_t i = 0; i < answers->n; i++) {
		int error;

		if (ct_bpf_verdict(answers->values[i], &error) == verdict &&
		    !said_before(answers, i, verdict, error))
			ct_strbuf_addf(out, "%s%s", out->len ? " or " : "",
				       word(verdict, error));
	}
}

/* "allow or EPERM": the mildest first. */
static const char *in_words(struct ct_arena *arena, const struct ct_bpf_answers *answers)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (answers->open)
		return ct_verdict_name(CT_VERDICT_UNDETERMINED);
	for (unsigned int v = CT_VERDICT_ALLOW + 1; v-- > 0;)
		say(&sb, answers, (enum ct_verdict)v);
	return ct_arena_strndup(arena, sb.data, sb.len);
}

/* -------- the survey -------- */

struct survey {
	struct ct_seccomp *result;
	const struct ct_bpf_chain *chain;
	struct ct_arena *arena;
	struct ct_bpf_scratch *scratch;
};

static void add_call(struct survey *s, const char *name, uint32_t nr)
{
	struct ct_seccomp *r = s->result;
	struct ct_seccomp_call *call = &r->calls[r->n_calls++];
	struct ct_bpf_answers answers;

	ask(s->chain, r->arch, nr, s->scratch, &answers);
	*call = (struct ct_seccomp_call){
		.name = ct_arena_strdup(s->arena, name),
		.nr = nr | abis[r->arch].bit,
		.answer = in_words(s->arena, &answers),
	};
	call->verdict = ct_bpf_answers_verdict(&answers, &call->error);
	r->count[call->verdict]++;
}

static const char *answer_to(struct survey *s, uint32_t nr)
{
	struct ct_bpf_answers answers;

	ask(s->chain, s->result->arch, nr, s->scratch, &answers);
	return in_words(s->arena, &answers);
}

static void add_calls(struct survey *s)
{
	const struct abi *abi = &abis[s->result->arch];
	uint32_t unnamed = NUMBERS, last = 0;

	s->result->calls = ct_arena_array(s->arena, struct ct_seccomp_call, NUMBERS);
	for (uint32_t nr = 0; nr < NUMBERS; nr++) {
		char *name = seccomp_syscall_resolve_num_arch(abi->names,
							      (int)(nr | abi->bit));

		if (name) {
			add_call(s, name, nr);
			last = nr;
		} else if (unnamed == NUMBERS) {
			unnamed = nr;
		}
		free(name);
	}
	s->result->newer_answer = answer_to(s, NUMBERS - 1);
	s->result->default_answer =
		unnamed < last ? answer_to(s, unnamed) : s->result->newer_answer;
}

/* Does any number get another answer than in a call of no architecture? */
static bool told_apart(const struct survey *s, enum ct_arch arch)
{
	for (uint32_t nr = 0; nr < NUMBERS; nr++) {
		struct ct_bpf_answers here, nowhere;

		ask(s->chain, arch, nr, s->scratch, &here);
		ask(s->chain, CT_ARCH_UNKNOWN, nr | abis[arch].bit, s->scratch, &nowhere);
		if (here.n != nowhere.n || here.open != nowhere.open ||
		    memcmp(here.values, nowhere.values, here.n * sizeof(*here.values)) !=
			    0)
			return true;
	}
	return false;
}

const struct ct_seccomp *ct_bpf_survey(struct ct_arena *arena,
				       const struct ct_bpf_chain *chain,
				       enum ct_arch arch, struct ct_bpf_scratch *scratch)
{
	struct survey s = {
		.result = ct_arena_alloc(arena, sizeof(*s.result)),
		.chain = chain,
		.arena = arena,
		.scratch = scratch,
	};

	s.result->arch = arch;
	s.result->n_filters = chain->n;
	for (size_t i = 0; i < chain->n; i++)
		s.result->n_instructions += chain->programs[i]->len;
	add_calls(&s);
	for (unsigned int a = 0; a < CT_ARCH_UNKNOWN; a++)
		if (told_apart(&s, (enum ct_arch)a))
			s.result->archs |= 1U << a;
	return s.result;
}
