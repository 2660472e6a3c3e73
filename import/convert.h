/* SPDX-License-Identifier: MIT */
/* A value as strace wrote it becomes one as our own decoder would have made it. */
#ifndef CTTRACE_IMPORT_CONVERT_H
#define CTTRACE_IMPORT_CONVERT_H

#include "bind.h"
#include "kinds.h"

struct ct_log_convert {
	const struct ct_log_binder *binder;
	const struct ct_record *rec; /* the numbers among the arguments, nothing else */
	const struct ct_kind *kind;
	const struct ct_arg *before; /* the argument in front of it, or NULL */
	unsigned int index;
};

/* What no kind's function understands stays as the log has it. */
void ct_log_convert(struct ct_arg *arg, const struct ct_log_convert *in);

typedef void ct_log_convert_fn(struct ct_arg *arg, const struct ct_log_convert *in);
ct_log_convert_fn ct_log_file, ct_log_path, ct_log_mount_source;
ct_log_convert_fn ct_log_message, ct_log_bytes, ct_log_program;

/* Messages of netlink that strace has decoded, as our own decoder has them; false: it is
 * something else. */
bool ct_log_netlink(struct ct_arg *arg, const struct ct_log_convert *in);

/* Makes the text of a STR anew, in the form that the decoder gives it. */
void ct_log_quote(struct ct_arg *arg, struct ct_arena *arena);
/* The same of a list or a struct, of its items' texts; layout NULL: all of them. */
void ct_log_spell(struct ct_arg *arg, const struct ct_layout *layout,
		  struct ct_arena *arena);
/* The item of a struct; NULL. */
struct ct_arg *ct_log_item(const struct ct_arg *arg, const char *name);

#endif
