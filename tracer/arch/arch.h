/* SPDX-License-Identifier: MIT */
/* Which architecture a call is of. */
#ifndef CTTRACE_ARCH_ARCH_H
#define CTTRACE_ARCH_ARCH_H

#include "cttrace/event.h"

/* By AUDIT_ARCH_…; the number tells x32 from x86_64. */
enum ct_arch ct_arch_of(uint32_t audit_arch, uint64_t nr);

#endif
