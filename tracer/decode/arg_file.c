/* SPDX-License-Identifier: MIT */
/* Arguments that stand for files: descriptors and names. */
#include "kinds.h"
#include "nslink.h"
#include "quote.h"
#include "resolve.h"

#include "cttrace/open_flags.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>

#define MOUNT_FLAGS 3 /* number of mount's argument */

/* If the file behind the argument is a namespace, which one. `link` is its name. */
static void find_namespace(struct ct_arg *arg, const struct ct_arg_in *in,
			   struct ct_span link)
{
	const struct ct_blob *blob = ct_arg_blob(in, CT_BLOB_STAT);
	struct ct_blob_stat st;

	arg->ns_type = ct_proc_nslink(link, &arg->ns_inode);
	if (arg->ns_type >= 0 || !blob || blob->len < sizeof(st))
		return;
	memcpy(&st, ct_blob_bytes(blob), sizeof(st));
	/* a namespace that is bind-mounted to a name has a link that does not tell */
	if (st.ns_type > 0 && st.ns_type <= CT_NS_TYPES) {
		arg->ns_type = (int)st.ns_type - 1;
		arg->ns_inode = st.ino;
	}
}

int64_t ct_decode_mount(const struct ct_record *rec, unsigned int arg)
{
	const struct ct_blob *blob = ct_record_find(rec, CT_BLOB_MOUNT, arg);
	int64_t id = 0;

	if (blob && blob->len == sizeof(id))
		memcpy(&id, ct_blob_bytes(blob), sizeof(id));
	return id > 0 ? id : 0;
}

/* A descriptor as strace -yy writes it: 7</run/x>, 5<net:[4026531840]>. */
void ct_arg_fd(struct ct_arg *arg, const struct ct_arg_in *in)
{
	const struct ct_blob *link = ct_arg_blob(in, CT_BLOB_LINK);
	int fd = (int)in->raw;

	arg->type = CT_VALUE_INT;
	arg->i = fd;
	if (fd == AT_FDCWD)
		ct_strbuf_adds(in->text, "AT_FDCWD");
	else
		ct_strbuf_addf(in->text, "%d", fd);
	if (!link)
		return;
	arg->path = ct_span_copy(ct_blob_span(link), in->arena);
	find_namespace(arg, in, ct_blob_span(link));
	arg->mount = ct_decode_mount(in->rec, in->index);
	ct_strbuf_addf(in->text, "<%s>", arg->path);
}

static struct ct_span blob_or_nothing(const struct ct_arg_in *in, enum ct_blob_kind kind)
{
	const struct ct_blob *blob = ct_arg_blob(in, kind);

	return blob ? ct_blob_span(blob) : ct_span_of("", 0);
}

static void resolve(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_name_parts parts = { .path = ct_span_of(arg->str, arg->len),
				       .dir = blob_or_nothing(in, CT_BLOB_DIR),
				       .target = blob_or_nothing(in, CT_BLOB_TARGET) };

	/* half a name is not the name of anything */
	if (arg->truncated)
		return;
	/* an empty one means the descriptor, where there is a descriptor */
	if (!arg->len && in->kind != &ct_kinds[CT_KIND_path_at])
		return;
	arg->path = ct_resolve(&parts, in->arena);
	if (arg->path)
		find_namespace(arg, in, ct_span_of(arg->path, strlen(arg->path)));
}

void ct_arg_path(struct ct_arg *arg, const struct ct_arg_in *in)
{
	ct_arg_str(arg, in);
	if (arg->type == CT_VALUE_STR)
		resolve(arg, in);
}

/* "/dev/sda1", or a word such as "proc" or "none" that only looks like a relative path.
 */
void ct_arg_mount_source(struct ct_arg *arg, const struct ct_arg_in *in)
{
	uint64_t flags = in->rec->args[MOUNT_FLAGS];
	bool names_a_file = (flags & (MS_BIND | MS_MOVE)) && !(flags & MS_REMOUNT);

	ct_arg_str(arg, in);
	if (arg->type == CT_VALUE_STR && (names_a_file || arg->str[0] == '/'))
		resolve(arg, in);
}

/* open and openat have a mode only if they may create a file. */
bool ct_open_uses_mode(const struct ct_arg_in *in)
{
	uint64_t flags =
		ct_open_flags((enum ct_arch)in->rec->arch, in->rec->args[in->index - 1]);

	return (flags & O_CREAT) || (flags & CT_O_TMPFILE) == CT_O_TMPFILE;
}
