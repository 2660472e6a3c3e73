/* SPDX-License-Identifier: MIT */
/* Capabilities: root's power in 41 pieces; what an exec can gain is the bounding set. */
#include "sample.h"

#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static uint64_t effective(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	MUST(syscall(SYS_capget, &header, data));
	return data[0].effective | (uint64_t)data[1].effective << 32;
}

static void keep_only(uint64_t mask)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { { 0 }, { 0 } };

	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
		data[i].effective = data[i].permitted = (uint32_t)(mask >> (32 * i));
	MUST(syscall(SYS_capset, &header, data));
}

int main(void)
{
	say("process", (unsigned long)getpid());
	/* Without this, an exec by uid 0 would bring CAP_SYS_TIME back. */
	MUST(prctl(PR_CAPBSET_DROP, CAP_SYS_TIME));
	keep_only(UINT64_C(1) << CAP_CHOWN | UINT64_C(1) << CAP_KILL);
	say("effective", effective());
	/* The bounding set kept all but one, so this shell has nearly all again. */
	MUST(execl("/bin/sh", "sh", "-c",
		   "sed -n 's/^\\(Cap[EB]..\\):./\\1 = /p' /proc/self/status", NULL));
}
