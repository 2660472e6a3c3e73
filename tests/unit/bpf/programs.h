/* SPDX-License-Identifier: MIT */
/* Programs to test with: recorded, made by libseccomp, and made up. */
#ifndef CTTRACE_TESTS_BPF_PROGRAMS_H
#define CTTRACE_TESTS_BPF_PROGRAMS_H

#include "program.h"

#include <seccomp.h>
#include <stdint.h>

struct code {
	struct sock_filter *in;
	size_t len;
};

/* What podman has installed for a container in a recorded trace. */
struct code code_of_podman(struct ct_arena *arena);
/* What libseccomp makes of the rules. */
struct code code_of_context(struct ct_arena *arena, scmp_filter_ctx context);
/* Arithmetic on arguments, of up to `len` instructions, that ends in some errno. */
struct code code_of_arithmetic(struct ct_arena *arena, uint64_t *seed, size_t len);
/* Instructions that look like those of a filter, and may be wrong. */
struct code code_of_chance(struct ct_arena *arena, uint64_t *seed);

const struct ct_bpf_program *code_program(struct ct_arena *arena, struct code code);

uint64_t next_random(uint64_t *seed); /* *seed: not 0 */
uint32_t odd_number(uint64_t *seed);  /* one at which things change */

#endif
