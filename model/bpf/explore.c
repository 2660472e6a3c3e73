/* SPDX-License-Identifier: MIT */
/* An interpreter of classic BPF whose registers hold what is known about a value. */
#include "explore.h"

#include "alloc.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define NO_WORD (-1)

/* A value, and the word of the input that it is an unchanged copy of. */
struct value {
	struct ct_range range;
	int word;
};

struct state {
	struct value a, x, scratch[BPF_MEMWORDS];
	struct ct_bpf_input input; /* tests of copies teach about the words themselves */
};

struct ct_bpf_scratch {
	bool reached[BPF_MAXINSNS];
	struct state states[BPF_MAXINSNS]; /* before the instruction, by all ways */
};

struct walk {
	struct ct_bpf_scratch *scratch;
	struct ct_bpf_answers *answers;
	size_t pc;
	struct state now;
};

void ct_bpf_input_init(struct ct_bpf_input *input, uint32_t nr, uint32_t arch)
{
	for (size_t i = 0; i < CT_BPF_WORDS; i++)
		input->words[i] = ct_range_any();
	input->words[offsetof(struct seccomp_data, nr) / sizeof(uint32_t)] =
		ct_range_of(nr);
	input->words[offsetof(struct seccomp_data, arch) / sizeof(uint32_t)] =
		ct_range_of(arch);
}

/* The machine is little-endian, as all are whose calls are known here. */
#define ARG_WORD(arg) (offsetof(struct seccomp_data, args) / sizeof(uint32_t) + 2 * (arg))

void ct_bpf_input_low(struct ct_bpf_input *input, size_t arg, uint32_t value)
{
	input->words[ARG_WORD(arg)] = ct_range_of(value);
}

void ct_bpf_input_high(struct ct_bpf_input *input, size_t arg, uint32_t value)
{
	input->words[ARG_WORD(arg) + 1] = ct_range_of(value);
}

struct ct_bpf_scratch *ct_bpf_scratch_new(void)
{
	return ct_alloc(sizeof(struct ct_bpf_scratch));
}

void ct_bpf_scratch_free(struct ct_bpf_scratch *scratch)
{
	free(scratch);
}

static struct value constant(uint32_t value)
{
	return (struct value){ ct_range_of(value), NO_WORD };
}

/* -------- ways -------- */

static void join_value(struct value *to, const struct value *from)
{
	to->range = ct_range_join(&to->range, &from->range);
	if (to->word != from->word)
		to->word = NO_WORD;
}

static void join(struct state *to, const struct state *from)
{
	join_value(&to->a, &from->a);
	join_value(&to->x, &from->x);
	for (size_t i = 0; i < BPF_MEMWORDS; i++)
		join_value(&to->scratch[i], &from->scratch[i]);
	for (size_t i = 0; i < CT_BPF_WORDS; i++)
		to->input.words[i] =
			ct_range_join(&to->input.words[i], &from->input.words[i]);
}

/* One way leads from here to `pc`, which lies ahead. */
static void go_to(struct walk *w, size_t pc, const struct state *state)
{
	if (w->scratch->reached[pc])
		join(&w->scratch->states[pc], state);
	else
		w->scratch->states[pc] = *state;
	w->scratch->reached[pc] = true;
}

static void go_on(struct walk *w)
{
	go_to(w, w->pc + 1, &w->now);
}

/* -------- instructions, by class -------- */

static struct value loaded(const struct walk *w, const struct sock_filter *in)
{
	size_t word = in->k / sizeof(uint32_t);

	switch (BPF_MODE(in->code)) {
	case BPF_ABS:
		return (struct value){ w->now.input.words[word], (int)word };
	case BPF_MEM:
		return w->now.scratch[in->k];
	case BPF_LEN:
		return constant(sizeof(struct seccomp_data));
	default:
		return constant(in->k); /* BPF_IMM */
	}
}

static void load(struct walk *w, const struct sock_filter *in)
{
	w->now.a = loaded(w, in);
	go_on(w);
}

static void load_x(struct walk *w, const struct sock_filter *in)
{
	w->now.x = loaded(w, in);
	go_on(w);
}

static void store(struct walk *w, const struct sock_filter *in)
{
	w->now.scratch[in->k] = w->now.a;
	go_on(w);
}

static void store_x(struct walk *w, const struct sock_filter *in)
{
	w->now.scratch[in->k] = w->now.x;
	go_on(w);
}

static struct value operand(const struct walk *w, const struct sock_filter *in)
{
	return BPF_SRC(in->code) == BPF_X ? w->now.x : constant(in->k);
}

static void compute(struct walk *w, const struct sock_filter *in)
{
	struct value b = operand(w, in);

	if (BPF_OP(in->code) == BPF_DIV && b.range.min == 0) {
		/* a division by zero ends the program with 0, which is KILL_THREAD */
		ct_bpf_answers_add(w->answers, SECCOMP_RET_KILL_THREAD);
		if (ct_range_is_one(&b.range))
			return;
	}
	w->now.a =
		(struct value){ ct_range_alu(BPF_OP(in->code), &w->now.a.range, &b.range),
				NO_WORD };
	go_on(w);
}

static void branch(struct walk *w, const struct sock_filter *in, bool holds)
{
	struct value b = operand(w, in);
	struct state state = w->now;

	state.a.range =
		ct_range_assume(BPF_OP(in->code), &w->now.a.range, &b.range, holds);
	if (state.a.word != NO_WORD)
		state.input.words[state.a.word] = state.a.range;
	go_to(w, w->pc + 1 + (holds ? in->jt : in->jf), &state);
}

static void jump(struct walk *w, const struct sock_filter *in)
{
	struct value b = operand(w, in);
	enum ct_truth truth;

	if (BPF_OP(in->code) == BPF_JA) {
		go_to(w, w->pc + 1 + in->k, &w->now);
		return;
	}
	truth = ct_range_test(BPF_OP(in->code), &w->now.a.range, &b.range);
	if (truth == CT_PERHAPS) {
		branch(w, in, true);
		branch(w, in, false);
	} else {
		go_to(w, w->pc + 1 + (truth == CT_ALWAYS ? in->jt : in->jf), &w->now);
	}
}

static void give_back(struct walk *w, const struct sock_filter *in)
{
	const struct ct_range *a = &w->now.a.range;

	if (BPF_RVAL(in->code) == BPF_K)
		ct_bpf_answers_add(w->answers, in->k);
	else if (ct_range_is_one(a))
		ct_bpf_answers_add(w->answers, a->min);
	else
		w->answers->open = true;
}

static void transfer(struct walk *w, const struct sock_filter *in)
{
	if (BPF_MISCOP(in->code) == BPF_TAX)
		w->now.x = w->now.a;
	else
		w->now.a = w->now.x;
	go_on(w);
}

void ct_bpf_explore(const struct ct_bpf_program *program,
		    const struct ct_bpf_input *input, struct ct_bpf_scratch *scratch,
		    struct ct_bpf_answers *answers)
{
	static void (*const classes[])(struct walk *, const struct sock_filter *) = {
		[BPF_LD] = load,       [BPF_LDX] = load_x,    [BPF_ST] = store,
		[BPF_STX] = store_x,   [BPF_ALU] = compute,   [BPF_JMP] = jump,
		[BPF_RET] = give_back, [BPF_MISC] = transfer,
	};
	struct walk w = { .scratch = scratch, .answers = answers };
	struct state start = { .a = constant(0), .x = constant(0), .input = *input };

	*answers = (struct ct_bpf_answers){ 0 };
	memset(scratch->reached, 0, program->len * sizeof(*scratch->reached));
	go_to(&w, 0, &start);
	/* all jumps lead forward: who comes here is known when it is this one's turn */
	for (w.pc = 0; w.pc < program->len; w.pc++) {
		const struct sock_filter *in = &program->instructions[w.pc];

		if (!scratch->reached[w.pc])
			continue;
		w.now = scratch->states[w.pc];
		classes[BPF_CLASS(in->code)](&w, in);
	}
}
