/* SPDX-License-Identifier: MIT */
/* The system call itself: one function per command. */
#include "bpf.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	int r = (int)syscall(SYS_bpf, cmd, attr, sizeof(*attr));

	return r < 0 ? -errno : r;
}

static uint64_t address(const void *p)
{
	return (uint64_t)(uintptr_t)p;
}

int ct_bpf_map_new(const struct ct_bpf_map *map)
{
	union bpf_attr attr = { .map_type = map->type,
				.key_size = map->key,
				.value_size = map->value,
				.max_entries = map->entries,
				.map_flags = map->flags };

	return bpf(BPF_MAP_CREATE, &attr);
}

int ct_bpf_program_load(const struct bpf_insn *insns, size_t n)
{
	/* the helpers that read memory and the clock are for GPL-compatible programs */
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
				.insns = address(insns),
				.insn_cnt = (uint32_t)n,
				.license = address("Dual MIT/GPL") };

	return bpf(BPF_PROG_LOAD, &attr);
}

int ct_bpf_attach(int program, const char *tracepoint)
{
	union bpf_attr attr = { .raw_tracepoint = { .name = address(tracepoint),
						    .prog_fd = (uint32_t)program } };

	return bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
}

int ct_bpf_map_set(int map, const void *key, const void *value)
{
	union bpf_attr attr = { .map_fd = (uint32_t)map,
				.key = address(key),
				.value = address(value) };

	return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

int ct_bpf_map_delete(int map, const void *key)
{
	union bpf_attr attr = { .map_fd = (uint32_t)map, .key = address(key) };

	return bpf(BPF_MAP_DELETE_ELEM, &attr);
}
