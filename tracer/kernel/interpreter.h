/* SPDX-License-Identifier: MIT */
/* Who runs a program: the name after "#!", or PT_INTERP of an ELF file. */
#ifndef CTTRACE_KERNEL_INTERPRETER_H
#define CTTRACE_KERNEL_INTERPRETER_H

#include <stddef.h>

#define CT_INTERPRETER_MAX 256

/* Fills `name` from the first bytes of a file. -ENOENT: it names none, or further behind.
 */
int ct_interpreter_find(char name[CT_INTERPRETER_MAX], const char *head, size_t len);

#endif
