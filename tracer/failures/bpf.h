/* SPDX-License-Identifier: MIT */
/* bpf(2), as far as it is needed here. All return -errno. */
#ifndef CTTRACE_FAILURES_BPF_H
#define CTTRACE_FAILURES_BPF_H

#include "assembler.h"

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

struct ct_bpf_map {
	enum bpf_map_type type;
	uint32_t key, value; /* bytes */
	uint32_t entries;    /* bytes, of a ring buffer */
	uint32_t flags;
};

/* Descriptors: to be closed. */
int ct_bpf_map_new(const struct ct_bpf_map *map);
/* With functions that a helper may call it needs Linux 5.17. */
int ct_bpf_program_load(const struct ct_asm *a);
/* Runs the program at the raw tracepoint until the descriptor is closed. */
int ct_bpf_attach(int program, const char *tracepoint);

int ct_bpf_map_set(int map, const void *key, const void *value);
int ct_bpf_map_get(int map, const void *key, void *value);
int ct_bpf_map_delete(int map, const void *key);

#endif
