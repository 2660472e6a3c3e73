/* SPDX-License-Identifier: MIT */
/* What is kept, and what for. */
#include "least_privilege.h"

#include <linux/capability.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef CAP_PERFMON /* 5.8 */
#define CAP_PERFMON 38
#define CAP_BPF     39
#endif

static const struct {
	uint8_t cap;
	bool to_write;
} kept[] = {
	{ CAP_SYS_PTRACE, false },      /* other users' processes, and set-uid programs */
	{ CAP_BPF, false },             /* the second eye */
	{ CAP_PERFMON, false },         /* likewise */
	{ CAP_SYS_ADMIN, false },       /* likewise before 5.8; /proc/PID/map_files */
	{ CAP_NET_ADMIN, false },       /* in which network namespace a socket works */
	{ CAP_DAC_READ_SEARCH, false }, /* programs, layers of images, cgroup files */
	{ CAP_KILL, false },            /* a command that could not be let go */
	{ CAP_SYS_NICE, false },        /* the recorder steps back, and forward again */
	{ CAP_SYS_RESOURCE, false },    /* memory of BPF maps, before 5.11 */
	{ CAP_DAC_OVERRIDE, true },
};

void ct_least_privilege(bool writes)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { { 0 } };
	uint32_t mask[2] = { 0 };

	if (syscall(SYS_capget, &head, data))
		return;
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (writes || !kept[i].to_write)
			mask[kept[i].cap / 32] |= UINT32_C(1) << kept[i].cap % 32;
	for (int i = 0; i < 2; i++) {
		data[i].effective &= mask[i];
		data[i].permitted &= mask[i];
		data[i].inheritable = 0;
	}
	syscall(SYS_capset, &head, data);
}
