/* SPDX-License-Identifier: MIT */
/* Finds Go's function table in an ELF file, and the address that it counts from. */
#ifndef CTTRACE_STACK_GOLANG_H
#define CTTRACE_STACK_GOLANG_H

#include "elffile.h"
#include "pclntab.h"

/* False when the file is no Go program, or one whose table cannot be used. */
bool ct_golang_open(struct ct_elf *elf, struct ct_pclntab *tab);

#endif
