/* SPDX-License-Identifier: MIT */
/* The tables of kinds.def, layouts.def and ops.def. */
#include "kinds.h"

#include "each.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/if_tun.h>
#include <linux/keyctl.h>
#include <linux/loop.h>
#include <linux/mount.h>
#include <linux/nsfs.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#define ROWS(table) table, sizeof(table) / sizeof(*(table))

/* clang-format off: one row opens a brace that another one closes */
#define LAYOUT(layout) static const struct ct_field layout##_fields[] = {
#define FIELD(offset, width, name, kind) \
	{ #name, (offset), (width), CT_KIND_##kind, false },
#define MAYBE(offset, width, name, kind) \
	{ #name, (offset), (width), CT_KIND_##kind, true },
#define END(layout) \
	}           \
	;           \
	static const struct ct_layout ct_layout_##layout = { ROWS(layout##_fields) };
#include "layouts.def"
#undef END

#define KIND_AT(i, kind) CT_KIND_##kind,
#define OPS(table, selector, first)                                      \
	enum { table##_selector = (selector), table##_first = (first) }; \
	static const struct ct_op table##_rows[] = {
#define OP(value, ...) \
	{ (value), CT_COUNT(__VA_ARGS__), { CT_EACH(KIND_AT, ##__VA_ARGS__) } },
#define END(table)                                                                     \
	}                                                                              \
	;                                                                              \
	static const struct ct_ops ct_ops_##table = { table##_selector, table##_first, \
						      ROWS(table##_rows) };
#include "ops.def"
/* clang-format on */

#define KIND(kind, take, of, size, function, ...)                   \
	[CT_KIND_##kind] = { .decode = ct_arg_##function,           \
			     .out = CT_TAKE_IS_OUT(CT_TAKE_##take), \
			     __VA_ARGS__ },
const struct ct_kind ct_kinds[CT_KINDS] = {
#include "kinds.def"
};
