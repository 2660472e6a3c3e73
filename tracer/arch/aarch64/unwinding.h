/* SPDX-License-Identifier: MIT */
/* Registers by libunwind's numbers, and how a function finds its caller. */
#ifndef CTTRACE_ARCH_UNWINDING_H
#define CTTRACE_ARCH_UNWINDING_H

#include <libunwind.h>

#define CT_WALK_REGS (UNW_AARCH64_PC + 1)
#define CT_WALK_IP   UNW_AARCH64_PC
#define CT_WALK_SP   UNW_AARCH64_SP
#define CT_WALK_FP   UNW_AARCH64_X29
/* A call puts where it returns to into a register. */
#define CT_WALK_LINK UNW_AARCH64_X30

#endif
