/* SPDX-License-Identifier: MIT */
/* Reads the little language that the model's tests are written in. */
#include "script.h"

#include "alloc.h"
#include "script_reader.h"
#include "test.h"

#include <sched.h>
#include <stdlib.h>

#define LINE_NS 1000000
#define HOST_NS 100 /* the host's namespaces are 100 + type */

void script_refuse(const struct reader *r, const char *why)
{
	test_fail("script", (int)r->line, "%s in line %zu", why, r->line);
}

static struct live *find_live(struct reader *r, int tid)
{
	for (size_t i = r->n_live; i-- > 0;)
		if (r->live[i].tid == tid)
			return &r->live[i];
	return NULL;
}

struct live *script_live(struct reader *r, int tid)
{
	struct live *live = find_live(r, tid);

	if (!live)
		script_refuse(r, "no such task");
	return live;
}

static struct live *new_live(struct reader *r, int tid, const struct live *creator)
{
	struct live *live = &r->live[r->n_live++];

	if (r->n_live == SCRIPT_TASKS)
		script_refuse(r, "too many tasks");
	live->tid = tid;
	live->serial = (uint32_t)r->n_live;
	for (int i = 0; i < CT_NS_LINKS; i++)
		live->ns[i] = creator ? creator->ns[i] : HOST_NS + (uint64_t)i;
	if (!creator) {
		live->ns[CT_NS_PID_FOR_CHILDREN] = live->ns[CT_NS_PID];
		live->ns[CT_NS_TIME_FOR_CHILDREN] = live->ns[CT_NS_TIME];
	}
	return live;
}

static void read_task(struct reader *r, enum ct_birth how, uint64_t flags)
{
	bool first = how == CT_BIRTH_ROOT || how == CT_BIRTH_ATTACHED;
	int tid = (int)strtol(r->words[0], NULL, 10);
	struct live *creator = first ? NULL : script_live(r, tid);
	struct ct_task_id by = { creator ? tid : 0, creator ? creator->serial : 0 };
	int child = first ? tid : (int)script_number(r, 0);
	struct live *live = new_live(r, child, creator);

	r->event->kind = CT_EVENT_TASK;
	r->event->task = (struct ct_task_id){ child, live->serial };
	r->event->birth = (struct ct_event_task){
		.pid = how == CT_BIRTH_THREAD ? tid : child,
		.creator = by,
		.how = how,
		.flags = flags,
	};
	script_state(r, live);
}

static void read_root(struct reader *r)
{
	read_task(r, CT_BIRTH_ROOT, 0);
}

static void read_attach(struct reader *r)
{
	read_task(r, CT_BIRTH_ATTACHED, 0);
}

static void read_fork(struct reader *r)
{
	read_task(r, CT_BIRTH_FORK, 0);
}

static void read_thread(struct reader *r)
{
	read_task(r, CT_BIRTH_THREAD, CLONE_THREAD);
}

static void read_clone(struct reader *r)
{
	read_task(r, CT_BIRTH_CLONE,
		  script_word(r, 1) ? script_flags(script_word(r, 1)) : 0);
}

static void read_exec(struct reader *r)
{
	struct ct_event_exec *exec = &r->event->exec;
	const char *exe = script_key(r, "exe");

	r->event->kind = CT_EVENT_EXEC;
	exec->path = script_decode(script_word(r, 0));
	exec->call = *exec->path ? "execve" : "execveat";
	exec->exe = exe ? exe : exec->path;
	exec->argv = ct_arena_array(r->arena, const char *, SCRIPT_WORDS);
	while (script_word(r, exec->argc + 1)) {
		exec->argv[exec->argc] = script_word(r, exec->argc + 1);
		exec->argc++;
	}
	if (script_key(r, "from")) {
		int tid = (int)script_key_number(r, "from", 0);

		exec->former = (struct ct_task_id){ tid, script_live(r, tid)->serial };
	}
	script_state(r, script_live(r, r->event->task.tid));
}

static void read_exit(struct reader *r)
{
	r->event->kind = CT_EVENT_EXIT;
	r->event->exit.status = (int)script_number(r, 0);
}

static void read_kill(struct reader *r)
{
	r->event->kind = CT_EVENT_EXIT;
	r->event->exit = (struct ct_event_exit){ .status = -1,
						 .signal = (int)script_number(r, 0) };
}

static void read_mounted(struct reader *r)
{
	struct ct_mountinfo *info = &r->mounts[r->header->n_mounts++];
	const char *root = script_key(r, "root"), *options = script_key(r, "opts");

	r->event->kind = CT_EVENT_NOTE;
	r->event->note.text = "";
	*info = (struct ct_mountinfo){
		.id = (uint64_t)script_key_number(r, "id", 0),
		.parent = (uint64_t)script_key_number(r, "parent", 0),
		.dev_minor = (uint32_t)script_key_number(r, "dev", (int)r->line),
		.root = root ? root : "/",
		.target = script_word(r, 0),
		.options = options ? options : "rw,relatime",
		.shared = (uint64_t)script_key_number(r, "shared", 0),
		.master = (uint64_t)script_key_number(r, "master", 0),
		.type = script_word(r, 1),
		.source = script_word(r, 1),
		.fs_options = "rw",
	};
}

static void read_gap(struct reader *r)
{
	r->event->kind = CT_EVENT_GAP;
	r->event->note.text = "the queue was full";
	r->event->note.count = (uint64_t)script_number(r, 0);
}

static const struct {
	const char *verb;
	void (*read)(struct reader *r);
} verbs[] = {
	{ "root", read_root },     { "attach", read_attach }, { "fork", read_fork },
	{ "thread", read_thread }, { "clone", read_clone },   { "exec", read_exec },
	{ "exit", read_exit },     { "kill", read_kill },     { "gap", read_gap },
	{ "table", read_mounted },
};

static void read_line(struct reader *r, char *line)
{
	const struct live *live;
	size_t v = 0;
	char *save;

	r->n_words = 0;
	for (char *w = strtok_r(line, " \t", &save); w && r->n_words < SCRIPT_WORDS;
	     w = strtok_r(NULL, " \t", &save))
		r->words[r->n_words++] = w;
	if (r->n_words < 2)
		script_refuse(r, "no verb");
	r->event->t_ns = (int64_t)r->line * LINE_NS;
	r->event->dur_ns = script_key_number(r, "dur", -1);
	if (r->event->dur_ns > 0)
		r->event->dur_ns *= 1000;
	live = find_live(r, (int)strtol(r->words[0], NULL, 10));
	if (live)
		r->event->task = (struct ct_task_id){ live->tid, live->serial };
	while (v < sizeof(verbs) / sizeof(verbs[0]) &&
	       strcmp(verbs[v].verb, r->words[1]) != 0)
		v++;
	if (v < sizeof(verbs) / sizeof(verbs[0]))
		verbs[v].read(r);
	else
		script_call(r);
}

static size_t count_lines(const char *text)
{
	size_t n = 1;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

struct script *script_run(const char *text)
{
	struct script *script = ct_alloc(sizeof(*script));
	struct ct_trace *trace = &script->trace;
	struct reader *r = ct_alloc(sizeof(*r));
	char *copy = ct_arena_strdup(&trace->arena, text), *save;

	r->arena = &trace->arena;
	r->header = &trace->header;
	r->mounts = ct_arena_array(r->arena, struct ct_mountinfo, count_lines(text));
	r->header->mounts = r->mounts;
	trace->events = ct_arena_array(&trace->arena, struct ct_event, count_lines(text));
	for (int i = 0; i < CT_NS_TYPES; i++)
		trace->header.host_ns[i] = HOST_NS + (uint64_t)i;
	for (char *line = strtok_r(copy, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		r->line++;
		r->event = &trace->events[trace->n_events++];
		read_line(r, line);
	}
	trace->complete = true;
	trace->footer.t_ns = (int64_t)(r->line + 1) * LINE_NS;
	free(r);
	script->model = ct_model_of_trace(trace);
	return script;
}

void script_free(struct script *script)
{
	ct_model_free(script->model);
	ct_arena_release(&script->trace.arena);
	free(script);
}

const struct ct_process *script_process(const struct script *script, int pid)
{
	for (size_t i = script->model->n_processes; i-- > 0;)
		if (script->model->processes[i].pid == pid)
			return &script->model->processes[i];
	test_fail("script", 0, "there is no process %d", pid);
}

const struct ct_fact *script_fact(const struct script *script, size_t line)
{
	if (!line || line > script->model->n_facts)
		test_fail("script", 0, "there is no line %zu", line);
	return &script->model->facts[line - 1];
}
