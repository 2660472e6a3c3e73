/* SPDX-License-Identifier: MIT */
/*
 * One pass over the types (Documentation/bpf/btf.rst), which numbers them, and ends when
 * all is found: what we ask for comes early among the kernel's hundred thousand.
 */
#include "btf.h"

#include "alloc.h"

#include <errno.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX    8  /* of nameless structs within each other */
#define KIND_ENUM64  19 /* not in the headers of older kernels */
#define KIND_TYPETAG 18

struct btf {
	const char *types, *strings;
	size_t types_len, strings_len;
	uint32_t *at; /* where type i begins; [0] is void */
	size_t n, cap;
	size_t end; /* of those that have a number */
};

/* What follows a struct btf_type: bytes for each of its `vlen` items, and fixed ones. */
static const struct {
	uint8_t each, fixed;
} tails[] = {
	[BTF_KIND_INT] = { 0, 4 },      [BTF_KIND_ARRAY] = { 0, 12 },
	[BTF_KIND_STRUCT] = { 12, 0 },  [BTF_KIND_UNION] = { 12, 0 },
	[BTF_KIND_ENUM] = { 8, 0 },     [BTF_KIND_FUNC_PROTO] = { 8, 0 },
	[BTF_KIND_VAR] = { 0, 4 },      [BTF_KIND_DATASEC] = { 12, 0 },
	[17 /* DECL_TAG */] = { 0, 4 }, [KIND_TYPETAG] = { 0, 0 },
	[KIND_ENUM64] = { 12, 0 },
};

static struct btf_type type_at(const struct btf *b, size_t at)
{
	struct btf_type type;

	memcpy(&type, b->types + at, sizeof(type));
	return type;
}

static bool is_struct(const struct btf_type *type)
{
	return BTF_INFO_KIND(type->info) == BTF_KIND_STRUCT ||
	       BTF_INFO_KIND(type->info) == BTF_KIND_UNION;
}

static bool is_named(const struct btf *b, uint32_t name, const char *want)
{
	size_t len = strlen(want) + 1;

	return name < b->strings_len && b->strings_len - name >= len &&
	       !memcmp(b->strings + name, want, len);
}

/* There is no such type: -ENOENT. */
static int number_until(struct btf *b, uint32_t id)
{
	while (b->n <= id) {
		struct btf_type type;
		uint32_t kind;
		size_t left = b->types_len - b->end, tail;

		if (left < sizeof(type))
			return -ENOENT;
		type = type_at(b, b->end);
		kind = BTF_INFO_KIND(type.info);
		if (kind >= sizeof(tails) / sizeof(*tails))
			return -EINVAL;
		tail = (size_t)tails[kind].each * BTF_INFO_VLEN(type.info) +
		       tails[kind].fixed;
		if (left - sizeof(type) < tail)
			return -EINVAL;
		*ct_push(b->at, b->n, b->cap) = (uint32_t)b->end;
		b->end += sizeof(type) + tail;
	}
	return 0;
}

static bool find_member(struct btf *b, uint32_t id, const char *member, uint32_t *offset,
			int depth);

/* Is it this member, or within it? */
static bool look_into(struct btf *b, const struct btf_member *m, uint32_t bits,
		      const char *member, uint32_t *offset, int depth)
{
	uint32_t inner = 0;

	if (is_named(b, m->name_off, member)) {
		*offset = bits / 8;
		return true;
	}
	if (!is_named(b, m->name_off, "") ||
	    !find_member(b, m->type, member, &inner, depth + 1))
		return false;
	*offset = bits / 8 + inner;
	return true;
}

static bool find_member(struct btf *b, uint32_t id, const char *member, uint32_t *offset,
			int depth)
{
	struct btf_type type;

	if (!id || depth > DEPTH_MAX || number_until(b, id))
		return false;
	type = type_at(b, b->at[id]);
	if (!is_struct(&type))
		return false;
	for (uint32_t i = 0; i < BTF_INFO_VLEN(type.info); i++) {
		struct btf_member m;
		uint32_t bits;

		memcpy(&m, b->types + b->at[id] + sizeof(type) + i * sizeof(m),
		       sizeof(m));
		bits = BTF_INFO_KFLAG(type.info) ? BTF_MEMBER_BIT_OFFSET(m.offset)
						 : m.offset;
		if (look_into(b, &m, bits, member, offset, depth))
			return true;
	}
	return false;
}

/* Several types may have one name: the first that has the member. */
static void find_in(struct btf *b, uint32_t id, const struct ct_btf_member *members,
		    size_t n, uint32_t *offsets, size_t *missing)
{
	struct btf_type type = type_at(b, b->at[id]);
	char first;

	if (BTF_INFO_KIND(type.info) != BTF_KIND_STRUCT ||
	    type.name_off >= b->strings_len)
		return;
	first = b->strings[type.name_off]; /* of ten thousand names, few go on */
	for (size_t i = 0; i < n; i++)
		if (offsets[i] == UINT32_MAX && first == *members[i].type &&
		    is_named(b, type.name_off, members[i].type) &&
		    find_member(b, id, members[i].member, &offsets[i], 0))
			--*missing;
}

static int open_bytes(struct btf *b, const char *bytes, size_t len)
{
	struct btf_header head;
	size_t body;

	if (len < sizeof(head))
		return -EINVAL;
	memcpy(&head, bytes, sizeof(head));
	if (head.magic != BTF_MAGIC || head.hdr_len < sizeof(head) || head.hdr_len > len)
		return -EINVAL;
	body = len - head.hdr_len;
	if (head.type_off > body || head.type_len > body - head.type_off ||
	    head.str_off > body || head.str_len > body - head.str_off)
		return -EINVAL;
	b->types = bytes + head.hdr_len + head.type_off;
	b->types_len = head.type_len;
	b->strings = bytes + head.hdr_len + head.str_off;
	b->strings_len = head.str_len;
	return 0;
}

int ct_btf_offsets(const void *bytes, size_t len, const struct ct_btf_member *members,
		   size_t n, uint32_t *offsets)
{
	struct btf b = { 0 };
	size_t missing = n;
	int r = open_bytes(&b, bytes, len);

	*ct_push(b.at, b.n, b.cap) = 0;
	for (size_t i = 0; i < n; i++)
		offsets[i] = UINT32_MAX;
	for (uint32_t id = 1; !r && missing; id++) {
		r = number_until(&b, id);
		if (!r)
			find_in(&b, id, members, n, offsets, &missing);
	}
	free(b.at);
	return r;
}
