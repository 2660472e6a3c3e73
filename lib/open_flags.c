/* SPDX-License-Identifier: MIT */
/* ARM has four flags of open(2) where others of x86 are. */
#include "cttrace/open_flags.h"

/* arch/arm/include/uapi/asm/fcntl.h, which arm64 has, too */
static const struct {
	uint64_t arm, x86;
} moved[] = {
	{ 040000, CT_O_DIRECTORY },
	{ 0100000, CT_O_NOFOLLOW },
	{ 0200000, CT_O_DIRECT },
	{ 0400000, CT_O_LARGEFILE },
};

uint64_t ct_open_flags(enum ct_arch arch, uint64_t flags)
{
	uint64_t common = flags;

	if (arch != CT_ARCH_AARCH64 && arch != CT_ARCH_ARM)
		return flags;
	for (size_t i = 0; i < sizeof(moved) / sizeof(*moved); i++)
		common &= ~moved[i].arm;
	for (size_t i = 0; i < sizeof(moved) / sizeof(*moved); i++)
		if (flags & moved[i].arm)
			common |= moved[i].x86;
	return common;
}
