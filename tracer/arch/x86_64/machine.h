/* SPDX-License-Identifier: MIT */
/* x86_64, with i386 tasks beside it. */
#ifndef CTTRACE_ARCH_MACHINE_H
#define CTTRACE_ARCH_MACHINE_H

#include <elf.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/syscall.h>

#define CT_ARCH_NATIVE CT_ARCH_X86_64
#define CT_ARCH_COMPAT CT_ARCH_I386

#define CT_MACHINE_HAS_ROWS       1 /* the table of calls has its numbers */
#define CT_MACHINE_COMPAT_SECCOMP SCMP_ARCH_X86
#define CT_MACHINE_ELF            EM_X86_64
#define CT_MACHINE_NAME           "x86_64" /* in the names of directories and loaders */
#define CT_MACHINE_RELATIVE       R_X86_64_RELATIVE

/* Calls that make tasks, here and in 32-bit code. */
#define CT_NR_VFORK         SYS_vfork
#define CT_NR_COMPAT_VFORK  190
#define CT_NR_COMPAT_CLONE  120
#define CT_NR_COMPAT_CLONE3 435

/* -------- struct pt_regs, in words -------- */

#define CT_REGS        21
#define CT_REG_NR      15 /* orig_ax */
#define CT_REG_ARG0    14 /* di: the first argument */
#define CT_REG_TRAPPED 15 /* what a filter's TRAP puts where the result would be */
#define CT_REG_RESULT  10 /* at a call's end: ax */
#define CT_REG_NONE    63

/* The words with the arguments. */
#define CT_REGS_NATIVE_ARGS 14, 13, 12, 7, 9, 8  /* di si dx r10 r8 r9 */
#define CT_REGS_COMPAT_ARGS 5, 11, 12, 13, 14, 4 /* bx cx dx si di bp */

#endif
