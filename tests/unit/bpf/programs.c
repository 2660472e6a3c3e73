/* SPDX-License-Identifier: MIT */
/* Where the programs of the tests come from. */
#include "programs.h"

#include "cttrace/trace.h"
#include "test.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#define PODMAN       CT_SOURCE_DIR "/tests/golden/model/podman-run/trace.jsonl"
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

uint32_t odd_number(uint64_t *seed)
{
	static const uint32_t odd[] = {
		0,  1,  2,  3, 4, 15,   16,         31,         32,
		60, 63, 64, 8, 5, 4096, 0x7fffffff, 0x80000000, UINT32_MAX
	};
	uint64_t random = next_random(seed);

	return random % 4 ? odd[random / 4 % COUNT(odd)] : (uint32_t)(random >> 16);
}

static struct code copy(struct ct_arena *arena, const void *bytes, size_t size)
{
	return (struct code){ ct_arena_memdup(arena, bytes, size),
			      size / sizeof(struct sock_filter) };
}

static const struct ct_arg *filter_of(const struct ct_event *event)
{
	const struct ct_arg *args;

	if (event->kind != CT_EVENT_CALL || strcmp(event->call.name, "seccomp") != 0)
		return NULL;
	args = ct_call_arg(&event->call, "args");
	return args && args->n_items == 2 ? &args->items[1] : NULL;
}

struct code code_of_podman(struct ct_arena *arena)
{
	struct ct_error err = { 0 };
	struct ct_trace *trace = ct_trace_open(PODMAN, &err);
	struct code code = { 0 };

	if (!trace)
		test_fail(__FILE__, __LINE__, "%s", err.text);
	for (size_t i = 0; i < trace->n_events; i++) {
		const struct ct_arg *filter = filter_of(&trace->events[i]);

		if (filter)
			code = copy(arena, filter->str, filter->len);
	}
	CHECK(code.len > 1000);
	ct_trace_free(trace);
	return code;
}

struct code code_of_context(struct ct_arena *arena, scmp_filter_ctx context)
{
	static char bytes[BPF_MAXINSNS * sizeof(struct sock_filter)];
	int fd = memfd_create("filter", MFD_CLOEXEC);
	ssize_t size;

	CHECK(fd >= 0 && !seccomp_export_bpf(context, fd));
	size = pread(fd, bytes, sizeof(bytes), 0);
	CHECK(size > 0);
	close(fd);
	return copy(arena, bytes, (size_t)size);
}

static struct sock_filter arithmetic(uint64_t *seed)
{
	static const uint16_t operations[] = {
		BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_OR,
		BPF_AND, BPF_XOR, BPF_LSH, BPF_RSH, BPF_NEG
	};
	uint16_t op = operations[next_random(seed) % COUNT(operations)];
	uint16_t source = next_random(seed) % 2 && op != BPF_NEG ? BPF_X : BPF_K;
	uint32_t k = odd_number(seed);

	if (op == BPF_LSH || op == BPF_RSH)
		k %= 32;
	return (struct sock_filter)BPF_STMT(BPF_ALU | op | source,
					    op == BPF_DIV && !k ? 7 : k);
}

/* Keeps the accumulator and the index register changing, so that all of it matters. */
static struct sock_filter any_step(uint64_t *seed)
{
	uint32_t word = 16 + (uint32_t)(next_random(seed) % 12) * 4;

	switch (next_random(seed) % 6) {
	case 0:
		return (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, word);
	case 1:
		return (struct sock_filter)BPF_STMT(BPF_MISC | BPF_TAX, 0);
	case 2:
		return (struct sock_filter)BPF_STMT(BPF_STX, word % BPF_MEMWORDS);
	case 3:
		return (struct sock_filter)BPF_STMT(BPF_LDX | BPF_IMM, odd_number(seed));
	default:
		return arithmetic(seed);
	}
}

struct code code_of_arithmetic(struct ct_arena *arena, uint64_t *seed, size_t len)
{
	static const struct sock_filter end[] = {
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xfff),
		BPF_STMT(BPF_ALU | BPF_OR | BPF_K, SECCOMP_RET_ERRNO),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	size_t n = 2 + next_random(seed) % (len - 1 - COUNT(end));
	struct code code = { ct_arena_array(arena, struct sock_filter, n + COUNT(end)),
			     n + COUNT(end) };

	code.in[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16);
	for (size_t i = 1; i < n; i++)
		code.in[i] = any_step(seed);
	memcpy(code.in + n, end, sizeof(end));
	return code;
}

struct code code_of_chance(struct ct_arena *arena, uint64_t *seed)
{
	static const uint16_t codes[] = {
		BPF_LD | BPF_W | BPF_ABS,
		BPF_LD | BPF_MEM,
		BPF_LDX | BPF_MEM,
		BPF_ST,
		BPF_STX,
		BPF_ST,
		BPF_JMP | BPF_JA,
		BPF_JMP | BPF_JEQ,
		BPF_JMP | BPF_JGT | BPF_X,
		BPF_JMP | BPF_JSET,
		BPF_ALU | BPF_DIV,
		BPF_RET,
		BPF_RET | BPF_A,
		BPF_LD | BPF_W | BPF_LEN,
	};
	size_t n = 2 + next_random(seed) % 12;
	struct code code = { ct_arena_array(arena, struct sock_filter, n), n };

	for (size_t i = 0; i + 1 < n; i++) {
		size_t left = n - i;

		/* few scratch words, so that reads meet writes */
		code.in[i] = (struct sock_filter){
			.code = codes[next_random(seed) % COUNT(codes)],
			.jt = (uint8_t)(next_random(seed) % left),
			.jf = (uint8_t)(next_random(seed) % left),
			.k = (uint32_t)(next_random(seed) % (left < 4 ? left : 4)),
		};
		if (code.in[i].code == (BPF_LD | BPF_W | BPF_ABS) &&
		    next_random(seed) % 8)
			code.in[i].k = 16 + code.in[i].k % 2 * 4; /* an argument */
	}
	code.in[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16);
	code.in[n - 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	return code;
}

const struct ct_bpf_program *code_program(struct ct_arena *arena, struct code code)
{
	return ct_bpf_program_new(arena, (const char *)code.in,
				  code.len * sizeof(*code.in));
}
