/* SPDX-License-Identifier: MIT */
/*
 * One ELF file that tasks run: its unwind tables and its symbols, read once and then
 * known by device and inode number, whatever the file is called in a task's mount
 * namespace.
 */
#ifndef CTTRACE_STACK_OBJECT_H
#define CTTRACE_STACK_OBJECT_H

#include "cfi.h"
#include "debuginfo.h"
#include "pclntab.h"

/* What is known about one instruction. Valid until the next question to the object. */
struct ct_place {
	const char *symbol; /* "" when unknown */
	const char *source; /* "file.go:123"; "" when unknown */
	uint64_t start;     /* of the symbol, as in the file */
	bool is_go;
	int64_t frame; /* Go: bytes from the stack pointer to the return address; or -1 */
};

struct ct_object;

/* Reads what is needed from fd, which the caller may close then. Never NULL: a file that
 * is no ELF file has no symbols. */
struct ct_object *ct_object_open(int fd, const struct ct_debuginfo_place *place);
/* The same for an image in memory that lives as long as the program: the vdso. */
struct ct_object *ct_object_memory(const void *image, size_t len);
void ct_object_free(struct ct_object *object);

/* What it was called when it was opened; "" for the vdso. */
const char *ct_object_path(const struct ct_object *object);
/* Memory that it holds, roughly. */
size_t ct_object_size(const struct ct_object *object);
/* The unwind table, indexed. */
const struct ct_cfi *ct_object_cfi(struct ct_object *object);
/*
 * What to add to an address in the file, when the bytes from `offset` on are mapped
 * executable at `start`.
 */
uint64_t ct_object_bias(const struct ct_object *object, uint64_t start, uint64_t offset);
/* `addr` as in the file. */
const struct ct_place *ct_object_place(struct ct_object *object, uint64_t addr);

#endif
