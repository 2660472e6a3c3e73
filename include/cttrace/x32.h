/* SPDX-License-Identifier: MIT */
/* Calls of x32 have the numbers of x86_64, with a bit in them. */
#ifndef CTTRACE_X32_H
#define CTTRACE_X32_H

/* __X32_SYSCALL_BIT of arch/x86/include/uapi/asm/unistd.h */
#define CT_X32_BIT 0x40000000

#endif
