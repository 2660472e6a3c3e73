/* SPDX-License-Identifier: MIT */
/* The kinds of arguments: kinds.def, and the tables that it names. */
#ifndef CTTRACE_DECODE_KINDS_H
#define CTTRACE_DECODE_KINDS_H

#include "arg.h"
#include "names.h"
#include "plan.h"

enum ct_kind_id {
#define KIND(kind, take, of, size, function, ...) CT_KIND_##kind,
#include "kinds.def"
#undef KIND
	CT_KINDS,
};

struct ct_field {
	const char *name;
	uint16_t offset;
	uint8_t width;
	uint8_t kind; /* enum ct_kind_id */
	bool maybe;   /* left out of the text when it is zero */
};

struct ct_layout {
	const struct ct_field *fields;
	size_t count;
};

/* One operation of a call that is many calls in one, such as prctl. */
struct ct_op {
	uint64_t value;
	uint8_t count;   /* how many arguments it uses */
	uint8_t kind[6]; /* enum ct_kind_id of each */
};

struct ct_ops {
	unsigned int selector; /* number of the argument that names the operation */
	unsigned int first;    /* number of the argument that kind[0] is for */
	const struct ct_op *ops;
	size_t count;
};

struct ct_kind {
	ct_arg_fn *decode;
	bool (*used)(const struct ct_arg_in *in); /* NULL: always */
	const struct ct_names *names;
	const struct ct_layout *layout;
	const struct ct_layout *layout32;     /* of 32-bit tasks, where it differs */
	const struct ct_layout *layout_arm64; /* likewise of aarch64 */
	const struct ct_layout *layout6;      /* on a socket of IPv6, where it differs */
	const struct ct_ops *ops;
	bool out; /* the kernel fills it */
};

extern const struct ct_kind ct_kinds[CT_KINDS];

/* CT_TAKE_…, the size, and where the argument is that `of` means, of each kind. */
enum {
#define KIND(kind, take, of, size, function, ...) CT_KIND_TAKE_##kind = CT_TAKE_##take,
#include "kinds.def"
#undef KIND
};
enum {
#define KIND(kind, take, of, size, function, ...) CT_KIND_SIZE_##kind = (size),
#include "kinds.def"
#undef KIND
};
enum {
	CT_OF_SELF = 0,
	CT_OF_PREV = -1,
	CT_OF_NEXT = 1,
};
enum {
#define KIND(kind, take, of, size, function, ...) CT_KIND_OF_##kind = CT_OF_##of,
#include "kinds.def"
#undef KIND
};

/* The functions of kinds.def. */
ct_arg_fn ct_arg_int, ct_arg_uint, ct_arg_long, ct_arg_size, ct_arg_hex, ct_arg_ptr;
ct_arg_fn ct_arg_mode, ct_arg_node_mode, ct_arg_dev, ct_arg_rlim, ct_arg_rlim32;
ct_arg_fn ct_arg_signal, ct_arg_wait_status, ct_arg_flags, ct_arg_enum, ct_arg_keyring;
ct_arg_fn ct_arg_open_flags;
ct_arg_fn ct_arg_clone_flags, ct_arg_bit_set, ct_arg_ints;
ct_arg_fn ct_arg_fd, ct_arg_path, ct_arg_mount_source;
ct_arg_fn ct_arg_str, ct_arg_strv, ct_arg_quoted, ct_arg_sockaddr;
ct_arg_fn ct_arg_socket_protocol, ct_arg_message;
ct_arg_fn ct_arg_struct, ct_arg_cap_data, ct_arg_fprog, ct_arg_by_op;
ct_arg_fn ct_arg_insns, ct_arg_name_field, ct_arg_address_field, ct_arg_address6_field;

/* The id of the mount that a descriptor was in; CT_BLOB_TASK: the returned one. 0: not
 * known. */
int64_t ct_decode_mount(const struct ct_record *rec, unsigned int arg);

/* Appends the fields that the bytes reach to arg->items, which has room for them. */
void ct_arg_fields(struct ct_arg *arg, const struct ct_arg_in *in,
		   const struct ct_layout *layout, struct ct_span bytes);

bool ct_op_uses(const struct ct_arg_in *in);
/* What an argument is whose kind another argument decides. */
const struct ct_kind *ct_op_kind(const struct ct_arg_in *in);
bool ct_clone_uses(const struct ct_arg_in *in);
bool ct_open_uses_mode(const struct ct_arg_in *in);

#endif
