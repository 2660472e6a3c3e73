/* SPDX-License-Identifier: MIT */
/* System calls of a script. */
#include "script_reader.h"

#include <stdlib.h>
#include <string.h>

/* A letter for each argument: s string, p path, d descriptor with a path, f flags, i
 * number, l a filter's length, r an rlimit of two words, - an
 * argument that is not looked at. */
static const struct form {
	const char *call, *kinds;
	const char *names[6];
} forms[] = {
	{ "unshare", "f", { "flags" } },
	{ "setns", "if", { "fd", "nstype" } },
	{ "mount",
	  "sppfs",
	  { "source", "target", "filesystemtype", "mountflags", "data" } },
	{ "umount2", "pf", { "target", "flags" } },
	{ "open_tree", "ipi", { "dfd", "filename", "flags" } },
	{ "move_mount",
	  "ipip",
	  { "from_dfd", "from_pathname", "to_dfd", "to_pathname" } },
	{ "fsopen", "s", { "fsname" } },
	{ "fsconfig", "iiss", { "fd", "cmd", "key", "value" } },
	{ "fsmount", "iii", { "fs_fd", "flags", "attr_flags" } },
	{ "pivot_root", "pp", { "new_root", "put_old" } },
	{ "chroot", "p", { "path" } },
	{ "chdir", "p", { "path" } },
	{ "sethostname", "s", { "name" } },
	{ "write", "ds", { "fd", "buf" } },
	{ "mkdir", "p", { "pathname" } },
	{ "open", "pf", { "pathname", "flags" } },
	{ "rmdir", "p", { "pathname" } },
	{ "unlink", "p", { "pathname" } },
	{ "unlinkat", "isi", { "dirfd", "pathname", "flags" } },
	{ "symlink", "sp", { "target", "linkpath" } },
	{ "rename", "pp", { "oldpath", "newpath" } },
	{ "openat", "-p", { "dirfd", "pathname" } },
	{ "execve", "p", { "pathname" } },
	{ "capset", "--", { "hdrp", "datap" } },
	{ "seccomp", "iil", { "operation", "flags", "args" } },
	{ "prctl", "is", { "option", "arg2" } },
	{ "prlimit64", "isr", { "pid", "resource", "new_limit" } },
	{ "clone", "f", { "flags" } },
	{ "connect", "dp", { "sockfd", "addr" } },
	{ "sendmsg", "d", { "sockfd" } },
	{ "mknod", "ps", { "pathname", "mode" } },
	{ "ptrace", "ii", { "op", "pid" } },
	{ "process_vm_readv", "i", { "pid" } },
	{ "socket", "iii", { "domain", "type", "protocol" } },
	{ "bpf", "i", { "cmd" } },
};

static struct ct_arg named(const char *name, int64_t value)
{
	return (struct ct_arg){
		.name = name, .type = CT_VALUE_INT, .i = value, .text = "", .ns_type = -1
	};
}

static void set_text(struct ct_arg *arg, char *text)
{
	char *end;
	int64_t value = strtoll(text, &end, 0);

	if (*text && !*end && strcmp(arg->name, "buf") != 0) {
		*arg = named(arg->name, value);
		return;
	}
	arg->type = CT_VALUE_STR;
	arg->str = script_decode(text);
	arg->len = strlen(text);
	arg->text = arg->str;
}

static void set_struct(struct reader *r, struct ct_arg *arg, const char *first,
		       const char *second, size_t from)
{
	arg->type = CT_VALUE_FIELDS;
	arg->items = ct_arena_array(r->arena, struct ct_arg, 2);
	arg->items[arg->n_items++] = named(first, script_number(r, from));
	if (second)
		arg->items[arg->n_items++] = named(second, script_number(r, from + 1));
}

static void read_arg(struct reader *r, const struct form *form, size_t i)
{
	struct ct_arg *arg = &r->event->call.args[i];
	char *text = script_word(r, i);

	*arg = (struct ct_arg){ .name = form->names[i], .text = "", .ns_type = -1 };
	if (!text)
		script_refuse(r, "an argument is missing");
	switch (form->kinds[i]) {
	case 'd':
		arg->path = script_decode(text);
		arg->type = CT_VALUE_INT;
		arg->i = 7;
		break;
	case 'p':
		set_text(arg, text);
		arg->path = *text == '/' ? text : script_key(r, "cwd");
		break;
	case 's':
		set_text(arg, text);
		break;
	case 'f':
	case 'i':
		arg->type = CT_VALUE_INT;
		arg->i = (int64_t)script_flags(text);
		break;
	case 'l':
		set_struct(r, arg, "len", NULL, i);
		break;
	case 'r':
		set_struct(r, arg, "rlim_cur", "rlim_max", i);
		break;
	default:
		break;
	}
}

void script_call(struct reader *r)
{
	struct ct_event_call *call = &r->event->call;
	const struct form *form = NULL;
	int error = (int)script_key_number(r, "err", 0);

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (!strcmp(forms[i].call, r->words[1]))
			form = &forms[i];
	if (!form)
		script_refuse(r, "no such call");
	r->event->kind = CT_EVENT_CALL;
	script_state(r, script_live(r, r->event->task.tid));
	call->name = form->call;
	call->n_args = strlen(form->kinds);
	call->args = ct_arena_array(r->arena, struct ct_arg, call->n_args);
	for (size_t i = 0; i < call->n_args; i++)
		read_arg(r, form, i);
	call->result = error ? CT_RESULT_ERROR : CT_RESULT_VALUE;
	call->error = error;
	call->ret = error ? -1 : script_key_number(r, "ret", 0);
	if (script_key(r, "peer")) {
		r->event->peer = ct_arena_array(r->arena, struct ct_peer, 1);
		*r->event->peer =
			(struct ct_peer){ .pid = 1, .exe = script_key(r, "peer") };
	}
	if (call->ret > 0)
		call->mount = script_key_number(r, "mount", 0);
	else if (call->n_args)
		call->args[0].mount = script_key_number(r, "mount", 0);
}
