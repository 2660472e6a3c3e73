/* SPDX-License-Identifier: MIT */
/* The system call itself: one function per command. */
#include "bpf.h"

#include <errno.h>
#include <linux/btf.h>
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

/* The least that the kernel wants to be told of functions: that they are some. */
struct description {
	struct btf_header head;
	struct btf_type number;
	uint32_t number_is;
	struct btf_type prototype, functions[2];
	char names[20];
};

/* Numbers of its types. */
enum { NUMBER = 1, PROTOTYPE, PROGRAM, STEP };

static int describe(void)
{
	static const uint32_t bits32 = 32;
	struct description d = {
		.head = { .magic = BTF_MAGIC,
			  .version = BTF_VERSION,
			  .hdr_len = sizeof(d.head),
			  .type_len =
				  offsetof(struct description, names) - sizeof(d.head),
			  .str_off = offsetof(struct description, names) - sizeof(d.head),
			  .str_len = sizeof(d.names) },
		.number = { .name_off = 1, .info = BTF_KIND_INT << 24, .size = 4 },
		.number_is = bits32,
		.prototype = { .info = BTF_KIND_FUNC_PROTO << 24, .type = NUMBER },
		.functions = { { .name_off = 5,
				 .info = BTF_KIND_FUNC << 24,
				 .type = PROTOTYPE },
			       { .name_off = 13,
				 .info = BTF_KIND_FUNC << 24,
				 .type = PROTOTYPE } },
		.names = "\0int\0program\0step\0",
	};
	union bpf_attr attr = { .btf = address(&d),
				.btf_size = offsetof(struct description, names) +
					    sizeof(d.names) };

	return bpf(BPF_BTF_LOAD, &attr);
}

int ct_bpf_program_load(const struct ct_asm *a)
{
	struct bpf_func_info functions[CT_ASM_FUNCTIONS + 1] = { { 0, PROGRAM } };
	/* the helpers that read memory and the clock are for GPL-compatible programs */
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
				.insns = address(a->insns),
				.insn_cnt = (uint32_t)a->n,
				.license = address("Dual MIT/GPL") };
	int btf = -1, r;

	for (size_t i = 0; i < a->n_functions; i++)
		functions[i + 1] =
			(struct bpf_func_info){ (uint32_t)a->function[i], STEP };
	if (a->n_functions) {
		btf = describe();
		if (btf < 0)
			return btf;
		attr.prog_btf_fd = (uint32_t)btf;
		attr.func_info_rec_size = sizeof(*functions);
		attr.func_info = address(functions);
		attr.func_info_cnt = (uint32_t)a->n_functions + 1;
	}
	r = bpf(BPF_PROG_LOAD, &attr);
	if (btf >= 0)
		close(btf);
	return r;
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

int ct_bpf_map_get(int map, const void *key, void *value)
{
	union bpf_attr attr = { .map_fd = (uint32_t)map,
				.key = address(key),
				.value = address(value) };

	return bpf(BPF_MAP_LOOKUP_ELEM, &attr);
}

int ct_bpf_map_delete(int map, const void *key)
{
	union bpf_attr attr = { .map_fd = (uint32_t)map, .key = address(key) };

	return bpf(BPF_MAP_DELETE_ELEM, &attr);
}
