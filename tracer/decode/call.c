/* SPDX-License-Identifier: MIT */
/* System calls and execs: the arguments by their kinds, and the result. */
#include "call.h"

#include "span.h"
#include "syscalls.h"

#include <string.h>

#define ERRNO_MAX       4095
#define ERRNO_RESTART   512 /* ERESTARTSYS, the first of them */
#define ERRNO_RESTARTED 516 /* ERESTART_RESTARTBLOCK, the last */

#define CHILD_TID 3
#define TLS       4

/* Which register has the argument, on this record's machine. */
static unsigned int register_of(const struct ct_record *rec, const struct ct_syscall *sc,
				unsigned int index)
{
	if (!(sc->plan.flags & CT_PLAN_CLONE) ||
	    !ct_arch_clones_backwards((enum ct_arch)rec->arch) ||
	    (index != CHILD_TID && index != TLS))
		return index;
	return index == TLS ? CHILD_TID : TLS;
}

static struct ct_arg_in input(const struct ct_record *rec, const struct ct_syscall *sc,
			      unsigned int index)
{
	return (struct ct_arg_in){ .rec = rec,
				   .kind = &ct_kinds[sc->arg_kind[index]],
				   .index = index,
				   .raw = rec->args[register_of(rec, sc, index)] };
}

size_t ct_decode_count_args(const struct ct_record *rec, const struct ct_syscall *sc)
{
	size_t n = sc->plan.n_args;

	while (n > 0) {
		struct ct_arg_in in = input(rec, sc, (unsigned int)n - 1);

		if (!in.kind->used || in.kind->used(&in))
			break;
		n--;
	}
	return n;
}

static void set_result(struct ct_event_call *call, const struct ct_record *rec)
{
	bool failed = rec->ret < 0 && rec->ret >= -ERRNO_MAX;

	call->result = rec->result <= CT_RESULT_ONGOING ? (enum ct_result)rec->result
							: CT_RESULT_NONE;
	call->ret = rec->ret;
	/* an error without an errno is a value that looks odd */
	if (call->result == CT_RESULT_ERROR && !failed)
		call->result = CT_RESULT_VALUE;
	if (call->result == CT_RESULT_ERROR && rec->ret <= -ERRNO_RESTART &&
	    rec->ret >= -ERRNO_RESTARTED)
		call->result = CT_RESULT_RESTART;
	if (call->result == CT_RESULT_ERROR) {
		call->ret = -1;
		call->error = (int)-rec->ret;
	}
}

static const char *call_name(const struct ct_record *rec, const struct ct_syscall *sc,
			     struct ct_arena *arena)
{
	const char *name = sc->plan.name;

	if (!name)
		name = ct_syscall_foreign_name((enum ct_arch)rec->arch, rec->nr, arena);
	if (!name)
		name = ct_arena_printf(arena, "syscall_%lld", (long long)rec->nr);
	return name;
}

void ct_decode_call(struct ct_event *event, const struct ct_record *rec,
		    struct ct_arena *arena)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_syscall *sc = ct_syscall_find((enum ct_arch)rec->arch, rec->nr);
	struct ct_event_call *call = &event->call;

	event->kind = CT_EVENT_CALL;
	call->name = call_name(rec, sc, arena);
	call->nr = rec->nr;
	call->arch =
		rec->arch < CT_ARCH_UNKNOWN ? (enum ct_arch)rec->arch : CT_ARCH_UNKNOWN;
	call->n_args = ct_decode_count_args(rec, sc);
	call->args = ct_arena_array(arena, struct ct_arg, call->n_args);
	for (unsigned int i = 0; i < call->n_args; i++) {
		struct ct_arg_in in = input(rec, sc, i);

		in.arena = arena;
		in.text = &text;
		ct_strbuf_reset(&text);
		ct_arg_decode(&call->args[i], sc->arg_name[i], &in);
	}
	set_result(call, rec);
	call->mount = ct_decode_mount(rec, CT_BLOB_TASK);
}

static void set_argv(struct ct_event_exec *exec, const struct ct_arg *argv,
		     struct ct_arena *arena)
{
	exec->argv = ct_arena_array(arena, const char *, argv->n_items + 1);
	exec->argc = argv->n_items;
	for (size_t i = 0; i < argv->n_items; i++)
		exec->argv[i] = argv->items[i].str;
	exec->argv_truncated = argv->truncated;
}

static void decode_set_id(struct ct_event_exec *exec, const struct ct_record *rec)
{
	const struct ct_blob *blob = ct_record_find(rec, CT_BLOB_SET_ID, CT_BLOB_TASK);
	struct ct_blob_set_id file;

	if (!blob || blob->len != sizeof(file))
		return;
	memcpy(&file, ct_blob_bytes(blob), sizeof(file));
	exec->mode = file.mode;
	exec->owner = file.uid;
	exec->group = file.gid;
}

/* The strings of a vector, each ended by a NUL. */
static const char **take_strings(const struct ct_blob *blob, struct ct_arena *arena,
				 size_t *n)
{
	struct ct_span rest = ct_span_of(ct_blob_bytes(blob), blob->len);
	const char **strings =
		ct_arena_array(arena, const char *, ct_count_strings(rest) + 1);

	*n = 0;
	while (rest.at < rest.end)
		strings[(*n)++] = ct_span_copy(ct_span_until(&rest, '\0'), arena);
	return strings;
}

/* What the program of a container starts with. */
static void decode_start(struct ct_event_exec *exec, const struct ct_record *rec,
			 struct ct_arena *arena)
{
	const struct ct_blob *env = ct_record_find(rec, CT_BLOB_ENV, CT_BLOB_TASK);
	const struct ct_blob *cwd = ct_record_find(rec, CT_BLOB_CWD, CT_BLOB_TASK);

	exec->cwd = "";
	if (cwd && !(cwd->flags & CT_BLOB_UNREADABLE))
		exec->cwd = ct_arena_strndup(arena, ct_blob_bytes(cwd), cwd->len);
	if (!env || env->flags & CT_BLOB_UNREADABLE)
		return;
	exec->env_truncated = env->flags & CT_BLOB_CUT;
	exec->env = take_strings(env, arena, &exec->n_env);
}

void ct_decode_exec(struct ct_event *event, const struct ct_record *rec,
		    struct ct_arena *arena)
{
	const struct ct_blob *exe = ct_record_find(rec, CT_BLOB_EXE, CT_BLOB_TASK);
	const struct ct_arg *path, *argv;
	struct ct_event called = { 0 };
	struct ct_event_exec *exec = &event->exec;

	ct_decode_call(&called, rec, arena);
	path = ct_call_arg(&called.call, "pathname");
	argv = ct_call_arg(&called.call, "argv");
	event->kind = CT_EVENT_EXEC;
	exec->call = called.call.name;
	exec->path = exec->exe = "";
	/* an empty name means the descriptor: then only exe says what runs */
	if (path && path->len)
		exec->path = path->path ? path->path : path->str;
	if (exe && !(exe->flags & CT_BLOB_UNREADABLE))
		exec->exe = ct_arena_strndup(arena, ct_blob_bytes(exe), exe->len);
	exec->argv_truncated = true;
	if (argv && argv->type == CT_VALUE_LIST)
		set_argv(exec, argv, arena);
	else
		exec->argv = ct_arena_array(arena, const char *, 1);
	exec->former = rec->creator;
	decode_set_id(exec, rec);
	decode_start(exec, rec, arena);
}

/* The kernel's mark on the link of a file that has been replaced since. */
static size_t len_without_mark(const char *exe)
{
	static const char mark[] = " (deleted)";
	size_t len = strlen(exe), cut = sizeof(mark) - 1;

	return len > cut && !strcmp(exe + len - cut, mark) ? len - cut : len;
}

void ct_decode_attach(struct ct_event *event, const struct ct_record *rec,
		      struct ct_arena *arena)
{
	const struct ct_blob *exe = ct_record_find(rec, CT_BLOB_EXE, CT_BLOB_TASK);
	const struct ct_blob *argv = ct_record_find(rec, CT_BLOB_STRV, CT_BLOB_TASK);
	struct ct_event_exec *exec = &event->exec;

	event->kind = CT_EVENT_EXEC;
	*exec = (struct ct_event_exec){ .call = "attach", .path = "", .exe = "" };
	if (exe && !(exe->flags & CT_BLOB_UNREADABLE)) {
		exec->exe = ct_arena_strndup(arena, ct_blob_bytes(exe), exe->len);
		exec->path =
			ct_arena_strndup(arena, exec->exe, len_without_mark(exec->exe));
	}
	exec->argv_truncated = !argv || argv->flags;
	exec->cwd = "";
	if (argv)
		exec->argv = take_strings(argv, arena, &exec->argc);
	else
		exec->argv = ct_arena_array(arena, const char *, 1);
}
