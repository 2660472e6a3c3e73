/* SPDX-License-Identifier: MIT */
/* The architectures that system calls are made for. */
#ifndef CTTRACE_ARCH_H
#define CTTRACE_ARCH_H

#include <stdbool.h>
#include <stddef.h>

enum ct_arch {
	CT_ARCH_X86_64,
	CT_ARCH_I386, /* also int 0x80 from 64-bit code */
	CT_ARCH_X32,
	CT_ARCH_AARCH64,
	CT_ARCH_ARM, /* 32-bit tasks of an aarch64 kernel */
	CT_ARCH_UNKNOWN,
};
const char *ct_arch_name(enum ct_arch arch);
/* Are its registers 32 bits wide? (Those of x32 are not; its pointers are.) */
bool ct_arch_is_narrow(enum ct_arch arch);
/*
 * Are the last two arguments of its clone(2) the other way round than those of x86_64:
 * tls before child_tid (CONFIG_CLONE_BACKWARDS)? An event has them as x86_64 does.
 */
bool ct_arch_clones_backwards(enum ct_arch arch);
/* In bytes; 4 of an unknown one. */
size_t ct_arch_pointer_size(enum ct_arch arch);

#endif
