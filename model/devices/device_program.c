/* SPDX-License-Identifier: MIT */
/* From answers to rules: what holds for any device first, then what differs. */
#include "device_program.h"

#include <linux/bpf.h>
#include <string.h>

#define INSNS_MAX     512
#define CONSTANTS_MAX 32
#define RULES_MAX     256

struct constants {
	uint32_t items[CONSTANTS_MAX];
	size_t n;
	uint32_t other; /* a number that is none of them */
	bool too_many;
};

struct survey {
	const void *bytes;
	size_t len;
	struct constants constants;
	struct ct_device_rules rules;
	struct ct_arena *arena;
};

static bool has(const struct constants *c, uint32_t value)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->items[i] == value)
			return true;
	return false;
}

/* What the program compares with: numbers of devices are among them. */
static void collect(struct survey *s)
{
	struct constants *c = &s->constants;
	struct bpf_insn in;

	for (size_t at = 0; (at + 1) * sizeof(in) <= s->len; at++) {
		uint8_t class;

		memcpy(&in, (const char *)s->bytes + at * sizeof(in), sizeof(in));
		class = BPF_CLASS(in.code);
		if ((class != BPF_JMP && class != BPF_JMP32) ||
		    BPF_SRC(in.code) != BPF_K || in.code == (BPF_JMP | BPF_EXIT) ||
		    has(c, (uint32_t)in.imm))
			continue;
		if (c->n == CONSTANTS_MAX)
			c->too_many = true;
		else
			c->items[c->n++] = (uint32_t)in.imm;
	}
	/* no device has a number as high: they have 12 and 20 bits */
	for (c->other = 0x7ffffffe; has(c, c->other);)
		c->other--;
}

/* The kinds of access that are allowed; CT_DEVICE_ACCESSES: it cannot be told. */
static unsigned int allowed(const struct survey *s, bool block, int64_t major,
			    int64_t minor)
{
	struct ct_device_question q = {
		.block = block,
		.major = major < 0 ? s->constants.other : (uint32_t)major,
		.minor = minor < 0 ? s->constants.other : (uint32_t)minor,
	};
	unsigned int access = 0;

	for (q.access = 1; q.access < CT_DEVICE_ACCESSES; q.access <<= 1) {
		int answer = ct_device_ask(s->bytes, s->len, &q);

		if (answer < 0)
			return CT_DEVICE_ACCESSES;
		access |= answer ? q.access : 0;
	}
	return access;
}

static void add(struct survey *s, bool block, bool deny, int64_t major, int64_t minor,
		unsigned int access)
{
	if (!access)
		return;
	if (s->rules.n == RULES_MAX) {
		s->rules.known = false;
		return;
	}
	s->rules.items[s->rules.n++] =
		(struct ct_device_rule){ block, deny, major, minor, access };
}

/* A device for which other accesses are allowed than a wider rule has. */
static unsigned int compare(struct survey *s, bool block, int64_t major, int64_t minor,
			    unsigned int wider)
{
	unsigned int access = allowed(s, block, major, minor);

	if (access == CT_DEVICE_ACCESSES) {
		s->rules.known = false;
		return wider;
	}
	if (access & ~wider)
		add(s, block, false, major, minor, access);
	if (wider & ~access)
		add(s, block, true, major, minor, wider & ~access);
	return access;
}

static void survey_type(struct survey *s, bool block)
{
	const struct constants *c = &s->constants;
	unsigned int any = compare(s, block, CT_DEVICE_ANY, CT_DEVICE_ANY, 0);

	for (size_t i = 0; i < c->n && s->rules.known; i++)
		compare(s, block, CT_DEVICE_ANY, c->items[i], any);
	for (size_t i = 0; i < c->n && s->rules.known; i++) {
		unsigned int of_major =
			compare(s, block, c->items[i], CT_DEVICE_ANY, any);

		for (size_t j = 0; j < c->n && s->rules.known; j++) {
			unsigned int wider = of_major;

			/* a rule for this minor of any device has said it already */
			if (allowed(s, block, CT_DEVICE_ANY, c->items[j]) != any)
				wider |= allowed(s, block, CT_DEVICE_ANY, c->items[j]);
			compare(s, block, c->items[i], c->items[j], wider);
		}
	}
}

struct ct_device_rules ct_device_rules_of(const void *bytes, size_t len,
					  struct ct_arena *arena)
{
	struct survey s = { .bytes = bytes, .len = len, .arena = arena };

	if (len / sizeof(struct bpf_insn) > INSNS_MAX)
		return s.rules;
	collect(&s);
	s.rules.items = ct_arena_array(arena, struct ct_device_rule, RULES_MAX);
	s.rules.known = !s.constants.too_many;
	survey_type(&s, false);
	survey_type(&s, true);
	if (!s.rules.known)
		s.rules.n = 0;
	return s.rules;
}
