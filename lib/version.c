/* SPDX-License-Identifier: MIT */
/* The version, in the one object file that changes with it. */
#include "cttrace/version.h"

const char *ct_version(void)
{
	return CT_VERSION;
}
