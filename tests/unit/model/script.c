/* SPDX-License-Identifier: MIT */
/* Reads the little language that the model's tests are written in. */
#include "script.h"

#include "alloc.h"
#include "test.h"

#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>

#define WORDS   24
#define TASKS   256
#define LINE_NS 1000000
#define HOST_NS 100 /* the host's namespaces are 100 + type */

struct live {
	int tid;
	uint32_t serial;
	uint64_t ns[CT_NS_LINKS];
};

struct reader {
	struct script *script;
	struct ct_arena *arena;
	char *words[WORDS];
	size_t n_words;
	struct live live[TASKS];
	size_t n_live;
	struct ct_event *event;
	size_t line;
};

static void *allocate(struct reader *r, size_t size)
{
	return ct_arena_alloc(r->arena, size);
}

static void refuse(const struct reader *r, const char *why)
{
	test_fail("script", (int)r->line, "%s in line %zu", why, r->line);
}

/* -------- words -------- */

static char *decode_word(char *word)
{
	char *out = word;

	if (!strcmp(word, "-"))
		*word = '\0';
	for (char *in = word; *in; in++) {
		if (in[0] == '\\' && in[1] == 'n') {
			*out++ = '\n';
			in++;
		} else {
			*out++ = *in == '~' ? ' ' : *in;
		}
	}
	*out = '\0';
	return word;
}

static const char *key(const struct reader *r, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 2; i < r->n_words; i++)
		if (!strncmp(r->words[i], name, len) && r->words[i][len] == ':')
			return r->words[i] + len + 1;
	return NULL;
}

static bool is_key(const char *word)
{
	static const char *const keys[] = { "ns:",  "cg:",   "of:",   "nspid:", "caps:",
					    "nnp:", "ppid:", "comm:", "from:",  "err:",
					    "ret:", "dur:",  "exe:" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strncmp(word, keys[i], strlen(keys[i])))
			return true;
	return false;
}

/* The i-th word behind the verb that is no key; NULL. */
static char *word(const struct reader *r, size_t i)
{
	for (size_t w = 2; w < r->n_words; w++)
		if (!is_key(r->words[w]) && !i--)
			return r->words[w];
	return NULL;
}

static int64_t number(const struct reader *r, size_t i)
{
	const char *text = word(r, i);

	if (!text)
		refuse(r, "a number is missing");
	return strtoll(text, NULL, 0);
}

static int64_t key_number(const struct reader *r, const char *name, int64_t fallback)
{
	const char *text = key(r, name);

	return text ? strtoll(text, NULL, 0) : fallback;
}

static uint64_t flag_value(const char *name, size_t len)
{
	static const struct {
		const char *name;
		uint64_t value;
	} flags[] = {
		{ "NEWNS", CLONE_NEWNS },
		{ "NEWPID", CLONE_NEWPID },
		{ "NEWNET", CLONE_NEWNET },
		{ "NEWIPC", CLONE_NEWIPC },
		{ "NEWUTS", CLONE_NEWUTS },
		{ "NEWUSER", CLONE_NEWUSER },
		{ "NEWCGROUP", CLONE_NEWCGROUP },
		{ "NEWTIME", 0x80 },
		{ "PARENT", CLONE_PARENT },
		{ "INTO_CGROUP", 0x200000000ULL },
		{ "ro", MS_RDONLY },
		{ "nosuid", MS_NOSUID },
		{ "nodev", MS_NODEV },
		{ "noexec", MS_NOEXEC },
		{ "bind", MS_BIND },
		{ "rec", MS_REC },
		{ "remount", MS_REMOUNT },
		{ "move", MS_MOVE },
		{ "private", MS_PRIVATE },
		{ "slave", MS_SLAVE },
		{ "shared", MS_SHARED },
		{ "relatime", MS_RELATIME },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strlen(flags[i].name) == len && !memcmp(flags[i].name, name, len))
			return flags[i].value;
	return strtoull(name, NULL, 0);
}

static uint64_t parse_flags(const char *text)
{
	uint64_t value = 0;

	while (*text) {
		size_t len = strcspn(text, "|");

		value |= flag_value(text, len);
		text += len + (text[len] == '|');
	}
	return value;
}

/* -------- tasks -------- */

static struct live *find_live(struct reader *r, int tid)
{
	for (size_t i = r->n_live; i-- > 0;)
		if (r->live[i].tid == tid)
			return &r->live[i];
	return NULL;
}

static struct live *need_live(struct reader *r, int tid)
{
	struct live *live = find_live(r, tid);

	if (!live)
		refuse(r, "no such task");
	return live;
}

static struct live *new_live(struct reader *r, int tid, const struct live *creator)
{
	struct live *live = &r->live[r->n_live++];

	if (r->n_live == TASKS)
		refuse(r, "too many tasks");
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

/* -------- snapshots -------- */

static void read_ns(struct reader *r, struct live *live, struct ct_state *state)
{
	const char *text = key(r, "ns");

	if (!text)
		return;
	while (*text) {
		size_t len = strcspn(text, "=");
		int link = ct_ns_from_name(text, len);
		char *end;

		if (link < 0)
			refuse(r, "no such namespace");
		live->ns[link] = strtoull(text + len + 1, &end, 10);
		if (link == CT_NS_PID)
			live->ns[CT_NS_PID_FOR_CHILDREN] = live->ns[link];
		text = end + (*end == ',');
	}
	state->have |= CT_STATE_NS;
	memcpy(state->ns, live->ns, sizeof(state->ns));
}

static int hierarchy(const char *controllers)
{
	int sum = 1;

	if (!*controllers)
		return 0;
	for (; *controllers; controllers++)
		sum = sum * 31 % 10007 + *controllers;
	return sum;
}

static void read_cgroups(struct reader *r, struct ct_state *state)
{
	const char *text = key(r, "cg");

	if (!text)
		return;
	state->cgroups = ct_arena_array(r->arena, struct ct_cgroup, WORDS);
	state->have |= CT_STATE_CGROUP;
	while (*text) {
		struct ct_cgroup *cgroup = &state->cgroups[state->n_cgroups++];
		size_t name = strcspn(text, "="), path = strcspn(text + name, ",");

		cgroup->controllers = ct_arena_strndup(r->arena, text, name);
		cgroup->hierarchy = hierarchy(cgroup->controllers);
		cgroup->path = ct_arena_strndup(r->arena, text + name + 1, path - 1);
		text += name + path + (text[name + path] == ',');
	}
}

static void read_status(struct reader *r, struct ct_state *state, int tid)
{
	uint64_t caps = (uint64_t)key_number(r, "caps", 0);

	if (!key(r, "nspid") && !key(r, "caps") && !key(r, "comm") && !key(r, "ppid"))
		return;
	state->have |= CT_STATE_STATUS;
	state->comm = key(r, "comm");
	state->ppid = (int32_t)key_number(r, "ppid", 0);
	state->tgid = tid;
	state->no_new_privs = (int)key_number(r, "nnp", 0);
	/* the number of capabilities stands for the first so many of them */
	state->caps.effective = caps ? UINT64_MAX >> (64 - caps) : 0;
	state->nspid = ct_arena_array(r->arena, int32_t, 2);
	state->nspid[0] = tid;
	state->nspid[1] = (int32_t)key_number(r, "nspid", tid);
	state->n_nspid = 2;
}

static void read_state(struct reader *r, struct live *live)
{
	struct ct_state *state = allocate(r, sizeof(*state));
	int of = (int)key_number(r, "of", live->tid);

	live = need_live(r, of);
	state->of = (struct ct_task_id){ live->tid, live->serial };
	state->seccomp = state->seccomp_filters = -1;
	read_ns(r, live, state);
	read_cgroups(r, state);
	read_status(r, state, live->tid);
	if (state->have)
		r->event->state = state;
}

/* -------- events -------- */

static void read_task(struct reader *r, enum ct_birth how, uint64_t flags)
{
	bool first = how == CT_BIRTH_ROOT || how == CT_BIRTH_ATTACHED;
	int tid = atoi(r->words[0]);
	struct live *creator = first ? NULL : need_live(r, tid);
	struct ct_task_id by = { creator ? tid : 0, creator ? creator->serial : 0 };
	int child = first ? tid : (int)number(r, 0);
	struct live *live = new_live(r, child, creator);

	r->event->kind = CT_EVENT_TASK;
	r->event->task = (struct ct_task_id){ child, live->serial };
	r->event->birth = (struct ct_event_task){
		.pid = how == CT_BIRTH_THREAD ? tid : child,
		.creator = by,
		.how = how,
		.flags = flags,
	};
	read_state(r, live);
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
	read_task(r, CT_BIRTH_CLONE, word(r, 1) ? parse_flags(word(r, 1)) : 0);
}

static void read_exec(struct reader *r)
{
	struct ct_event_exec *exec = &r->event->exec;
	const char *exe = key(r, "exe");

	r->event->kind = CT_EVENT_EXEC;
	exec->path = decode_word(word(r, 0));
	exec->call = *exec->path ? "execve" : "execveat";
	exec->exe = exe ? exe : exec->path;
	exec->argv = ct_arena_array(r->arena, const char *, WORDS);
	while (word(r, exec->argc + 1)) {
		exec->argv[exec->argc] = word(r, exec->argc + 1);
		exec->argc++;
	}
	if (key(r, "from")) {
		int tid = (int)key_number(r, "from", 0);

		exec->former = (struct ct_task_id){ tid, need_live(r, tid)->serial };
	}
	read_state(r, need_live(r, r->event->task.tid));
}

static void read_exit(struct reader *r)
{
	r->event->kind = CT_EVENT_EXIT;
	r->event->exit.status = (int)number(r, 0);
}

static void read_kill(struct reader *r)
{
	r->event->kind = CT_EVENT_EXIT;
	r->event->exit =
		(struct ct_event_exit){ .status = -1, .signal = (int)number(r, 0) };
}

static void read_gap(struct reader *r)
{
	r->event->kind = CT_EVENT_GAP;
	r->event->note.text = "the queue was full";
	r->event->note.count = (uint64_t)number(r, 0);
}

/* -------- calls -------- */

/* A letter for each argument: s string, p path, d descriptor with a path, f flags, i
 * number, l a filter's length, r an rlimit of two words, - an argument that is not looked
 * at. */
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
	{ "sethostname", "s", { "name" } },
	{ "write", "ds", { "fd", "buf" } },
	{ "mkdir", "p", { "pathname" } },
	{ "openat", "-p", { "dirfd", "pathname" } },
	{ "execve", "p", { "pathname" } },
	{ "capset", "--", { "hdrp", "datap" } },
	{ "seccomp", "iil", { "operation", "flags", "args" } },
	{ "prctl", "is", { "option", "arg2" } },
	{ "prlimit64", "isr", { "pid", "resource", "new_limit" } },
	{ "clone", "f", { "flags" } },
};

static struct ct_arg named(const char *name, int64_t value)
{
	return (struct ct_arg){
		.name = name, .type = CT_VALUE_INT, .i = value, .text = "", .ns_type = -1
	};
}

static void set_text(struct ct_arg *arg, char *text)
{
	arg->type = CT_VALUE_STR;
	arg->str = decode_word(text);
	arg->len = strlen(text);
	arg->text = arg->str;
	if (arg->str[0] >= '0' && arg->str[0] <= '9' && strcmp(arg->name, "buf") != 0)
		*arg = named(arg->name, strtoll(text, NULL, 0));
}

static void set_struct(struct reader *r, struct ct_arg *arg, const char *first,
		       const char *second, size_t from)
{
	arg->type = CT_VALUE_FIELDS;
	arg->items = ct_arena_array(r->arena, struct ct_arg, 2);
	arg->items[arg->n_items++] = named(first, number(r, from));
	if (second)
		arg->items[arg->n_items++] = named(second, number(r, from + 1));
}

static void read_arg(struct reader *r, const struct form *form, size_t i)
{
	struct ct_arg *arg = &r->event->call.args[i];
	char *text = word(r, i);

	*arg = (struct ct_arg){ .name = form->names[i], .text = "", .ns_type = -1 };
	if (!text)
		refuse(r, "an argument is missing");
	switch (form->kinds[i]) {
	case 'd':
		arg->path = decode_word(text);
		arg->type = CT_VALUE_INT;
		arg->i = 7;
		break;
	case 'p':
		set_text(arg, text);
		arg->path = *text == '/' ? text : NULL;
		break;
	case 's':
		set_text(arg, text);
		break;
	case 'f':
	case 'i':
		arg->type = CT_VALUE_INT;
		arg->i = (int64_t)parse_flags(text);
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

static void read_call(struct reader *r)
{
	struct ct_event_call *call = &r->event->call;
	const struct form *form = NULL;
	int error = (int)key_number(r, "err", 0);

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (!strcmp(forms[i].call, r->words[1]))
			form = &forms[i];
	if (!form)
		refuse(r, "no such call");
	r->event->kind = CT_EVENT_CALL;
	read_state(r, need_live(r, r->event->task.tid));
	call->name = form->call;
	call->n_args = strlen(form->kinds);
	call->args = ct_arena_array(r->arena, struct ct_arg, call->n_args);
	for (size_t i = 0; i < call->n_args; i++)
		read_arg(r, form, i);
	call->result = error ? CT_RESULT_ERROR : CT_RESULT_VALUE;
	call->error = error;
	call->ret = error ? -1 : key_number(r, "ret", 0);
}

static const struct {
	const char *verb;
	void (*read)(struct reader *r);
} verbs[] = {
	{ "root", read_root },     { "attach", read_attach }, { "fork", read_fork },
	{ "thread", read_thread }, { "clone", read_clone },   { "exec", read_exec },
	{ "exit", read_exit },     { "kill", read_kill },     { "gap", read_gap },
};

static void read_line(struct reader *r, char *line)
{
	const struct live *live;
	size_t v = 0;
	char *save;

	r->n_words = 0;
	for (char *w = strtok_r(line, " \t", &save); w && r->n_words < WORDS;
	     w = strtok_r(NULL, " \t", &save))
		r->words[r->n_words++] = w;
	if (r->n_words < 2)
		refuse(r, "no verb");
	r->event->t_ns = (int64_t)r->line * LINE_NS;
	r->event->dur_ns = key_number(r, "dur", -1);
	if (r->event->dur_ns > 0)
		r->event->dur_ns *= 1000;
	live = find_live(r, atoi(r->words[0]));
	if (live)
		r->event->task = (struct ct_task_id){ live->tid, live->serial };
	while (v < sizeof(verbs) / sizeof(verbs[0]) &&
	       strcmp(verbs[v].verb, r->words[1]) != 0)
		v++;
	if (v < sizeof(verbs) / sizeof(verbs[0]))
		verbs[v].read(r);
	else
		read_call(r);
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

	r->script = script;
	r->arena = &trace->arena;
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
