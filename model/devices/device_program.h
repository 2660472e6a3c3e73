/* SPDX-License-Identifier: MIT */
/*
 * The device rules of cgroup v2 are a BPF program. What it lets pass is found by running
 * it: for each device that its constants name, and for one that they do not.
 */
#ifndef CTTRACE_DEVICE_PROGRAM_H
#define CTTRACE_DEVICE_PROGRAM_H

#include "cttrace/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CT_DEVICE_MKNOD = 1, /* BPF_DEVCG_ACC_… */
	CT_DEVICE_READ = 2,
	CT_DEVICE_WRITE = 4,
	CT_DEVICE_ACCESSES = 8,
};

/* What is asked of the program: one kind of access to one device. */
struct ct_device_question {
	bool block; /* else a character device */
	uint32_t major, minor;
	unsigned int access; /* CT_DEVICE_… */
};

#define CT_DEVICE_ANY INT64_C(-1)

struct ct_device_rule {
	bool block;
	bool deny;            /* it takes away what a wider rule allows */
	int64_t major, minor; /* CT_DEVICE_ANY: all of which no other rule speaks */
	unsigned int access;
};

struct ct_device_rules {
	struct ct_device_rule *items; /* wider ones first */
	size_t n;
	bool known; /* false: the program computes in ways that are not followed */
};

/* 1: allowed, 0: denied, -1: it cannot be told. `bytes` are struct bpf_insn. */
int ct_device_ask(const void *bytes, size_t len, const struct ct_device_question *q);

struct ct_device_rules ct_device_rules_of(const void *bytes, size_t len,
					  struct ct_arena *arena);

#endif
