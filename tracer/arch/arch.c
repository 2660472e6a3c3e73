/* SPDX-License-Identifier: MIT */
/* Architectures by the kernel's numbers for them. */
#include "arch.h"

#include "cttrace/x32.h"
#include <linux/audit.h>
#include <stddef.h>

static const struct {
	uint32_t audit;
	enum ct_arch arch;
} archs[] = {
	{ AUDIT_ARCH_X86_64, CT_ARCH_X86_64 },
	{ AUDIT_ARCH_I386, CT_ARCH_I386 },
	{ AUDIT_ARCH_AARCH64, CT_ARCH_AARCH64 },
	{ AUDIT_ARCH_ARM, CT_ARCH_ARM },
};

enum ct_arch ct_arch_of(uint32_t audit_arch, uint64_t nr)
{
	/* the kernel looks at 32 bits, and a negative number is just none */
	if (audit_arch == AUDIT_ARCH_X86_64 && (nr & CT_X32_BIT) && (int32_t)nr >= 0)
		return CT_ARCH_X32;
	for (size_t i = 0; i < sizeof(archs) / sizeof(*archs); i++)
		if (archs[i].audit == audit_arch)
			return archs[i].arch;
	return CT_ARCH_UNKNOWN;
}
