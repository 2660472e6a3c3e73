/* SPDX-License-Identifier: MIT */
/* Descriptors and names of files, with what earlier calls said about them. */
#include "convert.h"

#include "magic.h"
#include "nslink.h"
#include "resolve.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <stdlib.h>
#include <string.h>

#define MOUNT_FLAGS 3 /* number of mount's argument */

static void find_namespace(struct ct_arg *arg)
{
	if (arg->path)
		arg->ns_type = ct_proc_nslink(ct_span_of(arg->path, strlen(arg->path)),
					      &arg->ns_inode);
}

void ct_log_file(struct ct_arg *arg, const struct ct_log_convert *in)
{
	const struct ct_log_binder *binder = in->binder;
	const char *path = arg->path;

	if (arg->type != CT_VALUE_INT)
		return;
	arg->path = NULL;
	/* the kernel's descriptors are int; raw output shows them as they were passed */
	arg->i = (int32_t)arg->i;
	if (arg->i == AT_FDCWD) {
		if (path)
			ct_log_cwd_set(binder->cwd, path);
		arg->text = "AT_FDCWD";
		return;
	}
	if (!path)
		path = ct_log_files_path(binder->files, arg->i);
	arg->text = ct_arena_printf(binder->arena, "%d", (int)arg->i);
	if (!path)
		return;
	arg->text = ct_arena_printf(binder->arena, "%s<%s>", arg->text, path);
	arg->path = ct_arena_strdup(binder->arena, path);
	find_namespace(arg);
}

static struct ct_span span_or_nothing(const char *path)
{
	return path ? ct_span_of(path, strlen(path)) : ct_span_of("", 0);
}

/* Where a relative name starts: at the descriptor before it, or the working directory. */
static const char *directory(const struct ct_log_convert *in)
{
	if (in->kind != &ct_kinds[CT_KIND_path_at] || !in->before ||
	    in->before->type != CT_VALUE_INT || in->before->i == AT_FDCWD)
		return ct_log_cwd_path(in->binder->cwd);
	return in->before->path;
}

/* What /proc/self/fd/7 and /proc/self/cwd lead to, if that is known. */
static const char *target(const struct ct_arg *arg, const struct ct_log_binder *binder)
{
	size_t len = ct_magic_prefix(arg->str, arg->len);
	char *who, *rest, *link;
	long pid;

	if (!len)
		return NULL;
	who = ct_arena_strndup(binder->arena, arg->str + strlen("/proc/"),
			       len - strlen("/proc/"));
	pid = strtol(who, &rest, 10);
	if (strncmp(who, "self", 4) != 0 && strncmp(who, "thread-self", 11) != 0 &&
	    pid != binder->pid && pid != binder->tid)
		return NULL;
	link = strstr(who, "/fd/");
	if (link)
		return ct_log_files_path(binder->files, strtol(link + 4, NULL, 10));
	link = strrchr(who, '/');
	return link && !strcmp(link, "/cwd") ? ct_log_cwd_path(binder->cwd) : NULL;
}

static void resolve(struct ct_arg *arg, const struct ct_log_convert *in)
{
	struct ct_name_parts parts;

	if (arg->truncated || memchr(arg->str, '\0', arg->len))
		return;
	if (!arg->len && in->kind != &ct_kinds[CT_KIND_path_at])
		return;
	parts = (struct ct_name_parts){ .path = ct_span_of(arg->str, arg->len),
					.dir = span_or_nothing(directory(in)),
					.target = span_or_nothing(
						target(arg, in->binder)) };
	arg->path = ct_resolve(&parts, in->binder->arena);
	find_namespace(arg);
}

void ct_log_path(struct ct_arg *arg, const struct ct_log_convert *in)
{
	arg->path = NULL;
	if (arg->type == CT_VALUE_INT)
		arg->type = CT_VALUE_PTR;
	ct_log_quote(arg, in->binder->arena);
	if (arg->type == CT_VALUE_STR)
		resolve(arg, in);
}

void ct_log_mount_source(struct ct_arg *arg, const struct ct_log_convert *in)
{
	uint64_t flags = in->rec->args[MOUNT_FLAGS];
	bool names_a_file = (flags & (MS_BIND | MS_MOVE)) && !(flags & MS_REMOUNT);

	arg->path = NULL;
	ct_log_quote(arg, in->binder->arena);
	if (arg->type == CT_VALUE_STR && (names_a_file || (arg->len && *arg->str == '/')))
		resolve(arg, in);
}
