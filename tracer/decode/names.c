/* SPDX-License-Identifier: MIT */
/* The tables of flags/, and writing numbers with their names. */
#include "names.h"

#include "cttrace/open_flags.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/keyctl.h>
#include <linux/loop.h>
#include <linux/memfd.h>
#include <linux/mount.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <linux/openat2.h>
#include <linux/prctl.h>
#include <linux/rtnetlink.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* clang-format off: one row opens a brace that another one closes */
#define TABLE(table)        static const struct ct_name table##_names[] = {
#define FLAG(name)          { (uint64_t)(name), (uint64_t)(name), #name },
#define BITS(name, mask)    { (name), (mask), #name },
#define VALUE(name, number) { (number), (number), #name },
#define END(table)                                                            \
	}                                                                     \
	;                                                                     \
	const struct ct_names ct_names_##table = {                            \
		table##_names, sizeof(table##_names) / sizeof(*table##_names) \
	};
#include "flags.def"
/* clang-format on */

static void put(struct ct_strbuf *out, size_t start, const char *name)
{
	if (out->len > start)
		ct_strbuf_addc(out, '|');
	ct_strbuf_adds(out, name);
}

void ct_names_put_flags(const struct ct_names *table, uint64_t value,
			struct ct_strbuf *out)
{
	size_t start = out->len;
	uint64_t rest = value, done = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct ct_name *n = &table->names[i];
		bool is_zero = n->mask == 0;

		if (is_zero ? value != 0
			    : (done & n->mask) == n->mask || (rest & n->mask) != n->value)
			continue;
		put(out, start, n->name);
		rest &= ~n->mask;
		done |= n->mask;
	}
	if (out->len == start && rest == 0)
		ct_strbuf_addc(out, '0');
	else if (rest != 0) {
		put(out, start, "0x");
		ct_strbuf_addf(out, "%llx", (unsigned long long)rest);
	}
}

const char *ct_names_find(const struct ct_names *table, uint64_t value)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->names[i].value == value)
			return table->names[i].name;
	return NULL;
}
