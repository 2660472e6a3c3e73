/* SPDX-License-Identifier: MIT */
/* One function per kind of line. */
#include "events.h"

#include "alloc.h"
#include "bind.h"
#include "result.h"

#include <sched.h>
#include <signal.h>
#include <string.h>

#define TEXT_MAX 4096 /* of a note: a line may be megabytes long */

/* A name that is in no table: its call has no row. */
static const struct ct_syscall *row_of(struct ct_event_call *call)
{
	const struct ct_syscall *row = ct_syscall_by_any_name(call->name);

	call->nr = row && call->arch == CT_ARCH_X86_64 ? ct_syscall_number(row) : -1;
	return row;
}

static struct ct_event event_of(const struct ct_log_importer *im,
				const struct ct_log_task *task, enum ct_event_kind kind)
{
	return (struct ct_event){
		.kind = kind, .task = task->id, .t_ns = im->now_ns, .dur_ns = -1
	};
}

void ct_log_import_words(struct ct_log_importer *im, enum ct_event_kind kind,
			 struct ct_span text, uint64_t count)
{
	struct ct_event event = {
		.kind = kind, .t_ns = im->now_ns, .dur_ns = -1, .note = { .count = count }
	};

	if (ct_span_len(text) > TEXT_MAX)
		text.end = text.at + TEXT_MAX;
	event.note.text = ct_span_copy(text, &im->emit.arena);
	ct_log_emit(&im->emit, &event, im->err);
}

static void note_strange(struct ct_log_importer *im, struct ct_span text)
{
	im->counts->strange++;
	ct_log_import_words(im, CT_EVENT_NOTE, text, 1);
}

/* -------- births -------- */

static enum ct_birth birth_of(const struct ct_log_birth *birth, uint32_t serial)
{
	if (!birth)
		return serial == 1 ? CT_BIRTH_ROOT : CT_BIRTH_ATTACHED;
	if (birth->flags & CLONE_THREAD)
		return CT_BIRTH_THREAD;
	if (birth->flags & CLONE_VFORK)
		return CT_BIRTH_VFORK;
	return (birth->flags & CSIGNAL) == SIGCHLD ? CT_BIRTH_FORK : CT_BIRTH_CLONE;
}

static struct ct_log_task *birth(struct ct_log_importer *im, uint32_t serial,
				 bool by_exec)
{
	const struct ct_log_arrival *arrival = &im->survey.arrivals[serial - 1];
	const struct ct_log_birth *b =
		arrival->birth ? &im->survey.births[arrival->birth - 1] : NULL;
	struct ct_task_id id = { arrival->pid, serial };
	struct ct_log_task *task = ct_push(im->tasks, im->n_tasks, im->cap_tasks);
	const struct ct_log_task *creator = b ? &im->tasks[b->creator - 1] : NULL;
	struct ct_event event;

	ct_log_task_init(task, id, creator, b ? b->flags : 0, &im->room);
	event = event_of(im, task, CT_EVENT_TASK);
	event.birth.pid = task->pid;
	event.birth.how = birth_of(b, serial);
	/* strace -p: it did not begin with the command's execve */
	if (event.birth.how == CT_BIRTH_ROOT && !by_exec)
		event.birth.how = CT_BIRTH_ATTACHED;
	if (creator)
		event.birth.creator = creator->id;
	event.birth.flags = b ? b->flags & ~(uint64_t)CSIGNAL : 0;
	event.state = ct_log_network_birth(&im->networks, task, creator, &event.birth);
	ct_log_emit(&im->emit, &event, im->err);
	return task;
}

/* -------- calls -------- */

static void emit_exec(struct ct_log_importer *im, struct ct_log_task *task,
		      const struct ct_event *called)
{
	const struct ct_event_call *call = &called->call;
	const struct ct_arg *path = ct_call_arg(call, "pathname");
	const struct ct_arg *argv = ct_call_arg(call, "argv");
	const struct ct_arg *dir = ct_call_arg(call, "dirfd");
	struct ct_event event = *called;

	event.kind = CT_EVENT_EXEC;
	event.exec = (struct ct_event_exec){ .call = call->name,
					     .path = "",
					     .exe = "",
					     .cwd = "",
					     .argv_truncated = true };
	if (path && path->type == CT_VALUE_STR && path->len)
		event.exec.path = path->path ? path->path : path->str;
	else if (dir && dir->path)
		event.exec.exe = dir->path;
	if (argv && argv->type == CT_VALUE_LIST) {
		event.exec.argc = argv->n_items;
		event.exec.argv_truncated = argv->truncated;
	}
	event.exec.argv =
		ct_arena_array(&im->emit.arena, const char *, event.exec.argc + 1);
	for (size_t i = 0; i < event.exec.argc; i++)
		event.exec.argv[i] = argv->items[i].str ? argv->items[i].str : "?";
	if (task->former)
		event.exec.former = im->tasks[task->former - 1].id;
	task->former = 0;
	ct_log_task_exec(task);
	ct_log_emit_later(&im->emit, &event, im->err);
}

static bool is_exec(const struct ct_event_call *call)
{
	return ct_call_ok(call) &&
	       (!strcmp(call->name, "execve") || !strcmp(call->name, "execveat"));
}

static void count_cut(struct ct_log_importer *im, const struct ct_event_call *call)
{
	for (size_t i = 0; i < call->n_args; i++)
		im->counts->cut +=
			call->args[i].type == CT_VALUE_STR && call->args[i].truncated;
}

/* A whole call, of one line or of two. */
static void emit_call(struct ct_log_importer *im, struct ct_log_task *task,
		      struct ct_event *event, struct ct_span args, struct ct_span result)
{
	struct ct_log_binder binder = { im->symbols, &im->emit.arena, task->files,
					task->cwd,   task->id.tid,    task->pid };
	struct ct_event_call *call = &event->call;
	const struct ct_syscall *row;
	char *path = NULL;

	call->arch = task->arch;
	row = row_of(call);
	ct_log_bind(call, row, args, &binder);
	ct_log_network_mark(&im->networks, task, call);
	count_cut(im, call);
	/* of rt_sigreturn: the register that it has restored */
	if (row && row->plan.flags & CT_PLAN_NO_EXIT)
		result.at = NULL;
	if (result.at &&
	    !ct_log_result(result, im->symbols, call, &path, &im->emit.arena))
		note_strange(im, result);
	if (ct_call_ok(call)) {
		ct_log_files_call(task->files, task->cwd, call, path);
		event->state = ct_log_network_call(&im->networks, task, call, path);
	}
	if (is_exec(call))
		emit_exec(im, task, event);
	else
		ct_log_emit_later(&im->emit, event, im->err);
}

static void call(struct ct_log_importer *im, struct ct_log_task *task,
		 const struct ct_log_line *line)
{
	struct ct_event event = event_of(im, task, CT_EVENT_CALL);

	event.dur_ns = line->dur_ns;
	event.call.name = ct_span_copy(line->name, &im->emit.arena);
	if (line->kind == CT_LOG_CUT)
		im->counts->halves++;
	emit_call(im, task, &event, line->args, line->result);
}

/* A call that was begun, and whose end the log does not have. */
static void give_up(struct ct_log_importer *im, struct ct_log_task *task, bool ongoing)
{
	struct ct_event event = event_of(im, task, CT_EVENT_CALL);

	if (!task->begun)
		return;
	task->begun = false;
	event.t_ns = task->begun_ns;
	event.call.name = ct_arena_strdup(&im->emit.arena, task->name.data);
	event.call.result = ongoing ? CT_RESULT_ONGOING : CT_RESULT_NONE;
	if (ongoing && im->clock.ticks)
		event.dur_ns = im->now_ns - task->begun_ns;
	emit_call(im, task, &event, ct_span_of(task->args.data, task->args.len),
		  (struct ct_span){ NULL, NULL });
}

static void begin(struct ct_log_importer *im, struct ct_log_task *task,
		  const struct ct_log_line *line)
{
	if (task->begun)
		im->counts->halves++;
	give_up(im, task, false);
	task->begun = true;
	task->begun_ns = im->now_ns;
	ct_strbuf_reset(&task->name);
	ct_strbuf_reset(&task->args);
	ct_strbuf_add(&task->name, line->name.at, ct_span_len(line->name));
	ct_strbuf_add(&task->args, line->args.at, ct_span_len(line->args));
	if (line->ongoing)
		give_up(im, task, true);
}

/* The other half: what it adds to the arguments stands directly behind the first one's.
 */
static void resume(struct ct_log_importer *im, struct ct_log_task *task,
		   const struct ct_log_line *line)
{
	struct ct_event event = event_of(im, task, CT_EVENT_CALL);
	bool whole = task->begun && (line->name.at == line->name.end ||
				     ct_span_equal(line->name, task->name.data));
	struct ct_span args = line->args;

	event.call.name = ct_span_copy(line->name, &im->emit.arena);
	event.dur_ns = line->dur_ns;
	if (whole) {
		event.t_ns = task->begun_ns;
		event.call.name = ct_arena_strdup(&im->emit.arena, task->name.data);
		if (event.dur_ns < 0 && im->clock.ticks)
			event.dur_ns = im->now_ns - task->begun_ns;
		ct_strbuf_addc(&task->args, ' ');
		ct_strbuf_add(&task->args, args.at, ct_span_len(args));
		args = ct_span_of(task->args.data, task->args.len);
		task->begun = false;
	} else {
		im->counts->halves++;
		args.at = args.end; /* which ones these are, the beginning would say */
	}
	if (!*event.call.name)
		event.call.name = "?";
	emit_call(im, task, &event, args, line->result);
}

/* -------- signals and ends -------- */

static void signalled(struct ct_log_importer *im, struct ct_log_task *task,
		      const struct ct_log_line *line)
{
	struct ct_event event = event_of(im, task, CT_EVENT_SIGNAL);
	uint64_t number;

	if (!ct_symbols_find(im->symbols, line->name, &number) || number > 127) {
		note_strange(im, line->args);
		return;
	}
	event.signal = (int)number;
	ct_log_emit(&im->emit, &event, im->err);
}

static void ended(struct ct_log_importer *im, struct ct_log_task *task,
		  const struct ct_log_line *line)
{
	struct ct_event event;
	uint64_t number = 0;

	give_up(im, task, false);
	ct_log_emit_flush(&im->emit, im->err);
	event = event_of(im, task, CT_EVENT_EXIT);
	event.exit.status = line->kind == CT_LOG_EXITED ? (int)line->number : -1;
	if (line->kind == CT_LOG_KILLED &&
	    ct_symbols_find(im->symbols, line->name, &number) && number < 128)
		event.exit.signal = (int)number;
	event.exit.core = line->core;
	ct_log_emit(&im->emit, &event, im->err);
	ct_log_task_release(task);
}

static void frame(struct ct_log_importer *im, struct ct_log_task *task,
		  const struct ct_log_line *line)
{
	(void)task;
	ct_log_emit_frame(&im->emit, line->args);
}

static void told(struct ct_log_importer *im, struct ct_log_task *task,
		 const struct ct_log_line *line)
{
	(void)task;
	ct_log_import_words(im, CT_EVENT_NOTE, line->args, 0);
}

static void (*const by_kind[])(struct ct_log_importer *im, struct ct_log_task *task,
			       const struct ct_log_line *line) = {
	[CT_LOG_CALL] = call,      [CT_LOG_CUT] = call,         [CT_LOG_BEGUN] = begin,
	[CT_LOG_RESUMED] = resume, [CT_LOG_SIGNAL] = signalled, [CT_LOG_EXITED] = ended,
	[CT_LOG_KILLED] = ended,   [CT_LOG_FRAME] = frame,      [CT_LOG_TOOL] = told,
	[CT_LOG_EMPTY] = NULL,
};

static void set_arch(struct ct_log_importer *im, const struct ct_log_line *line)
{
	uint32_t serial = ct_log_who_has(&im->who, line->prefix.pid);

	if (!serial)
		return;
	im->tasks[serial - 1].arch = line->number == 32   ? CT_ARCH_I386
				     : line->number == 64 ? CT_ARCH_X86_64
							  : CT_ARCH_X32;
}

void ct_log_import_line(struct ct_log_importer *im, const struct ct_log_line *line)
{
	struct ct_log_task *task = NULL;
	uint32_t serial, former;

	im->counts->lines++;
	if (line->kind != CT_LOG_FRAME)
		ct_log_emit_flush(&im->emit, im->err);
	im->now_ns = ct_log_clock_at(&im->clock, &line->prefix);
	serial = ct_log_who_is(&im->who, line);
	if (serial > im->n_tasks)
		birth(im, serial, ct_span_equal(line->name, "execve"));
	if (serial)
		task = &im->tasks[serial - 1];
	im->counts->newer += line->by_number && line->kind != CT_LOG_RESUMED;
	if (line->kind == CT_LOG_STRANGE)
		note_strange(im, line->args);
	else if (line->kind == CT_LOG_BITS)
		set_arch(im, line);
	else if (by_kind[line->kind])
		by_kind[line->kind](im, task, line);
	former = ct_log_who_ends(&im->who, serial, line);
	if (former) {
		/* the leader's own call never returns */
		give_up(im, task, false);
		ct_log_task_take_call(task, &im->tasks[former - 1]);
	}
}

void ct_log_import_end(struct ct_log_importer *im)
{
	for (size_t i = 0; i < im->n_tasks; i++) {
		ct_log_emit_flush(&im->emit, im->err);
		im->counts->halves += im->tasks[i].begun;
		give_up(im, &im->tasks[i], false);
	}
	ct_log_emit_flush(&im->emit, im->err);
}
