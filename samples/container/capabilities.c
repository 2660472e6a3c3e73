/* SPDX-License-Identifier: MIT */
/* Step 6: root in the container keeps the capabilities of a file owner, not of a host. */
#include "runtime.h"

#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* What installing and starting ordinary software needs; podman keeps a few more. */
static const int kept[] = { CAP_CHOWN,  CAP_DAC_OVERRIDE, CAP_FOWNER,          CAP_KILL,
			    CAP_SETGID, CAP_SETUID,       CAP_NET_BIND_SERVICE };

static uint64_t kept_mask(void)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		mask |= UINT64_C(1) << kept[i];
	return mask;
}

/*
 * The bounding set is what an execve() by root can gain: without this the command would
 * get every capability back, whatever capset() took. The kernel may know capabilities
 * that our headers do not, so it is asked (PR_CAPBSET_READ) until it says that there is
 * no such one.
 */
static int drop_from_bounding_set(uint64_t mask)
{
	int has;

	for (int cap = 0; (has = prctl(PR_CAPBSET_READ, cap)) >= 0; cap++)
		if (has && !(mask & UINT64_C(1) << cap) &&
		    prctl(PR_CAPBSET_DROP, cap) < 0)
			return container_fail("drop capability %d", cap);
	return 0;
}

/* Not "are we root": root in a user namespace or a container may lack what it takes. */
bool container_is_privileged(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data) < 0)
		return false;
	return data[CAP_TO_INDEX(CAP_SYS_ADMIN)].effective & CAP_TO_MASK(CAP_SYS_ADMIN);
}

/* What we hold ourselves, now: two words of 32 bits, an accident of history. */
static int set_capabilities(uint64_t mask)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	/* One asks first: capset() cannot add, and we may never have had all of these. */
	if (syscall(SYS_capget, &header, data) < 0)
		return container_fail("capget");
	for (size_t i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
		data[i].permitted &= (uint32_t)(mask >> (32 * i));
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	return syscall(SYS_capset, &header, data) < 0 ? container_fail("capset") : 0;
}

int container_drop_capabilities(const struct container *c)
{
	(void)c;
	/* The bounding set first: changing it takes CAP_SETPCAP, which goes next. */
	if (drop_from_bounding_set(kept_mask()) < 0)
		return -1;
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return container_fail("clear the ambient capabilities");
	return set_capabilities(kept_mask());
}
