/* SPDX-License-Identifier: MIT */
/* Where the members of the kernel's structs are, out of its own description (BTF). */
#ifndef CTTRACE_FAILURES_BTF_H
#define CTTRACE_FAILURES_BTF_H

#include <stddef.h>
#include <stdint.h>

struct ct_btf_member {
	const char *type, *member; /* struct name; a member of its nameless parts, too */
};

/*
 * The offsets in bytes of n members. Reads nothing outside of the `len` bytes, whatever
 * they say. -EINVAL when they are no BTF, -ENOENT when one of the members is missing.
 */
int ct_btf_offsets(const void *bytes, size_t len, const struct ct_btf_member *members,
		   size_t n, uint32_t *offsets);

#endif
