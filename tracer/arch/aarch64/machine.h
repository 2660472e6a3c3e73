/* SPDX-License-Identifier: MIT */
/* 64-bit ARM, with 32-bit ARM tasks beside it. */
#ifndef CTTRACE_ARCH_MACHINE_H
#define CTTRACE_ARCH_MACHINE_H

#include <elf.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/syscall.h>

#define CT_ARCH_NATIVE CT_ARCH_AARCH64
#define CT_ARCH_COMPAT CT_ARCH_ARM

#define CT_MACHINE_HAS_ROWS       0 /* the table of calls has the numbers of another one */
#define CT_MACHINE_COMPAT_SECCOMP SCMP_ARCH_ARM
#define CT_MACHINE_ELF            EM_AARCH64
#define CT_MACHINE_NAME           "aarch64" /* in the names of directories and loaders */
#define CT_MACHINE_RELATIVE       R_AARCH64_RELATIVE

/* Calls that make tasks, here and in 32-bit code. */
#define CT_NR_VFORK         (-1) /* there is none: it is a clone */
#define CT_NR_COMPAT_VFORK  190
#define CT_NR_COMPAT_CLONE  120
#define CT_NR_COMPAT_CLONE3 435

/* -------- struct pt_regs, in words -------- */

/* regs[31], sp, pc, pstate; orig_x0; s32 syscallno */
#define CT_REGS        36
#define CT_REG_NR      35
#define CT_REG_ARG0    34 /* its place has the result, at a call's end */
#define CT_REG_TRAPPED 34 /* what a filter's TRAP puts where the result would be */
#define CT_REG_RESULT  0 /* at a call's end */
#define CT_REG_NONE    63

/* The words with the arguments; 32-bit code has its registers in the same ones. */
#define CT_REGS_NATIVE_ARGS 34, 1, 2, 3, 4, 5
#define CT_REGS_COMPAT_ARGS CT_REGS_NATIVE_ARGS

#endif
