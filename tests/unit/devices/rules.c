/* SPDX-License-Identifier: MIT */
/* Rules out of device programs: runc's own, and small ones written by hand. */
#include "cttrace/strbuf.h"
#include "device_program.h"
#include "test.h"

#include <linux/bpf.h>
#include <stdio.h>

#define INSN(c, d, s, o, i)                                                         \
	{                                                                           \
		.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) \
	}
#define LOAD(d, o)   INSN(BPF_LDX | BPF_MEM | BPF_W, d, 1, o, 0)
#define MOV(d, i)    INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define JNE(d, i, o) INSN(BPF_JMP | BPF_JNE | BPF_K, d, 0, o, i)
#define EXIT         INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

static void say(struct ct_strbuf *sb, const struct ct_device_rules *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct ct_device_rule *r = &rules->items[i];

		ct_strbuf_addf(sb, "%s%c %lld:%lld %u\n", r->deny ? "deny " : "",
			       r->block ? 'b' : 'c', (long long)r->major,
			       (long long)r->minor, r->access);
	}
}

static void expect(const void *bytes, size_t len, const char *want)
{
	struct ct_arena arena = CT_ARENA_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	struct ct_device_rules rules = ct_device_rules_of(bytes, len, &arena);

	CHECK(rules.known);
	say(&sb, &rules);
	CHECK_STR(sb.data, want);
	ct_arena_release(&arena);
}

/* The rules that runc's documentation lists: its defaults for every container. */
TEST(the_program_of_runc)
{
	static char bytes[4096];
	FILE *file = fopen(CT_SOURCE_DIR "/tests/fuzz/seeds/device_program/runc-default",
			   "rb");
	size_t len;

	CHECK(file);
	len = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	expect(bytes, len,
	       "c -1:-1 1\nc 1:3 7\nc 1:5 7\nc 1:7 7\nc 1:8 7\nc 1:9 7\nc 5:2 7\n"
	       "c 5:0 7\nc 10:200 7\nc 136:-1 7\nb -1:-1 1\n");
}

TEST(everything_and_nothing)
{
	static const struct bpf_insn all[] = { MOV(0, 1), EXIT };
	static const struct bpf_insn none[] = { MOV(0, 0), EXIT };

	expect(all, sizeof(all), "c -1:-1 7\nb -1:-1 7\n");
	expect(none, sizeof(none), "");
}

/* if (major == 8 && minor == 1) return 0; return 1: a disk taken out of all devices */
TEST(what_is_denied_is_a_rule_of_its_own)
{
	static const struct bpf_insn program[] = {
		LOAD(2, 4), LOAD(3, 8), JNE(2, 8, 3), JNE(3, 1, 2),
		MOV(0, 0),  EXIT,       MOV(0, 1),    EXIT,
	};

	expect(program, sizeof(program),
	       "c -1:-1 7\ndeny c 8:1 7\nb -1:-1 7\ndeny b 8:1 7\n");
}

/* Maps, calls, the stack: no answer is better than a wrong one. */
TEST(what_is_not_followed_is_not_known)
{
	static const struct bpf_insn call[] = {
		INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_get_current_uid_gid), EXIT
	};
	static const struct bpf_insn stack[] = {
		INSN(BPF_LDX | BPF_MEM | BPF_W, 0, 10, -4, 0), EXIT
	};
	static const struct bpf_insn loop[] = { MOV(0, 1),
						INSN(BPF_JMP | BPF_JA, 0, 0, -2, 0),
						EXIT };
	static const struct bpf_insn context[] = {
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, 0, 1, 0, 0), EXIT
	};
	static const struct bpf_insn open_end[] = { MOV(0, 1) };
	const struct {
		const void *bytes;
		size_t len;
	} programs[] = {
		{ call, sizeof(call) },         { stack, sizeof(stack) },
		{ loop, sizeof(loop) },         { context, sizeof(context) },
		{ open_end, sizeof(open_end) }, { NULL, 0 },
	};

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		struct ct_arena arena = CT_ARENA_INIT;
		struct ct_device_rules rules =
			ct_device_rules_of(programs[i].bytes, programs[i].len, &arena);

		CHECK(!rules.known);
		CHECK_INT(rules.n, 0);
		ct_arena_release(&arena);
	}
}
