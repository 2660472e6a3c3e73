/* SPDX-License-Identifier: MIT */
/* Registers by libunwind's numbers, and how a function finds its caller. */
#ifndef CTTRACE_ARCH_UNWINDING_H
#define CTTRACE_ARCH_UNWINDING_H

#include <libunwind.h>

#define CT_WALK_REGS (UNW_X86_64_RIP + 1)
#define CT_WALK_IP   UNW_X86_64_RIP
#define CT_WALK_SP   UNW_X86_64_RSP
#define CT_WALK_FP   UNW_X86_64_RBP
/* A call pushes where it returns to. */
#define CT_WALK_LINK (-1)

#endif
