/* SPDX-License-Identifier: MIT */
/* The rows of ioctl.def. */
#include "ioctl.h"

#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/route.h>
#include <sys/ioctl.h>

static const struct ct_ioctl rows[] = {
#define IOCTL(request, size, fills) { (request), (size), (fills) },
#include "ioctl.def"
#undef IOCTL
};

const struct ct_ioctl *ct_ioctl_find(uint64_t request)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].request == (uint32_t)request)
			return &rows[i];
	return NULL;
}

size_t ct_ioctl_device_offset(uint64_t request, size_t width)
{
	enum { OF_I386 = 68 }; /* compat_rtentry of net/socket.c */

	if ((uint32_t)request != SIOCADDRT && (uint32_t)request != SIOCDELRT)
		return 0;
	return width == sizeof(void *) ? offsetof(struct rtentry, rt_dev) : OF_I386;
}
