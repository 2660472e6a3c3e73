/* SPDX-License-Identifier: MIT */
/* Any bytes as a system call and a seccomp program that judges it. */
/* links: ct_bpf test_machine */
#include "fuzz.h"

#include "bpf_machine.h"
#include "explore.h"

#include <stdlib.h>
#include <string.h>

static int is_among(const struct ct_bpf_answers *answers, uint32_t value)
{
	for (size_t i = 0; i < answers->n; i++)
		if (answers->values[i] == value)
			return 1;
	return 0;
}

static void judge(const struct ct_bpf_program *program, const struct seccomp_data *data)
{
	struct ct_bpf_scratch *scratch = ct_bpf_scratch_new();
	uint32_t wanted = bpf_machine_run(program, data);
	struct ct_bpf_answers answers;
	struct ct_bpf_input input;

	/* what is said about all calls with this number holds for this one */
	ct_bpf_input_init(&input, (uint32_t)data->nr, data->arch);
	ct_bpf_explore(program, &input, scratch, &answers);
	if (!answers.open && !is_among(&answers, wanted))
		abort();
	/* and when everything is known, there is one answer */
	for (size_t i = 0; i < CT_BPF_WORDS; i++) {
		uint32_t word;

		memcpy(&word, (const char *)data + i * sizeof(word), sizeof(word));
		input.words[i] = ct_range_of(word);
	}
	ct_bpf_explore(program, &input, scratch, &answers);
	if (answers.open || answers.n != 1 || answers.values[0] != wanted)
		abort();
	ct_bpf_scratch_free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	const struct ct_bpf_program *program;
	struct seccomp_data data;

	if (size < sizeof(data))
		return 0;
	memcpy(&data, bytes, sizeof(data));
	bytes += sizeof(data);
	size -= sizeof(data);
	program = ct_bpf_program_new(&arena, (const char *)bytes,
				     size - size % sizeof(struct sock_filter));
	if (program)
		judge(program, &data);
	ct_arena_release(&arena);
	return 0;
}
