/* SPDX-License-Identifier: MIT */
/* Models made by hand. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

/* Arrays grow in the arena, by copying: a test's model is small. */
#define GROW(b, items, n) \
	((items) = grow(&(b)->arena, (items), (n), sizeof(*(items))), &(items)[(n)++])

static void *grow(struct ct_arena *arena, const void *items, size_t n, size_t size)
{
	char *more = ct_arena_alloc(arena, (n + 1) * size);

	if (n)
		memcpy(more, items, n * size);
	return more;
}

/* The parts of `text` between the separators. */
static size_t split(struct build *b, const char *text, char separator,
		    const char ***parts)
{
	size_t n = 0;

	*parts = NULL;
	while (*text) {
		const char *end = strchrnul(text, separator);

		*GROW(b, *parts, n) =
			ct_arena_strndup(&b->arena, text, (size_t)(end - text));
		text = *end ? end + 1 : end;
	}
	return n;
}

void build_init(struct build *b, const char *command)
{
	*b = (struct build){ .arena = CT_ARENA_INIT };
	b->header = (struct ct_trace_header){
		.version = CT_TRACE_VERSION,
		.start_realtime_ns = 1700000000000000000,
		.kernel = "6.18.0",
		.arch = "x86_64",
		.hostname = "box",
		.cgroup_mode = "v2",
		.boot_id = "5f1c",
		.tracer = "cttrace 0.1.0",
		.depth = "auto",
		.failures = "ptrace",
	};
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		b->header.host_ns[ns] = 4026531834 + (uint64_t)ns;
	b->header.n_command = split(b, command, ' ', &b->header.command);
	b->model = (struct ct_model){ .header = &b->header, .root = 0, .complete = true };
	b->model.exit.status = -1;
}

void build_release(struct build *b)
{
	ct_arena_release(&b->arena);
}

static size_t add_event(struct build *b, int process, int64_t t_ns,
			enum ct_event_kind kind, unsigned int tags,
			struct ct_event **event)
{
	struct ct_fact *fact = GROW(b, b->model.facts, b->model.n_facts);

	*event = ct_arena_alloc(&b->arena, sizeof(**event));
	(*event)->kind = kind;
	(*event)->t_ns = t_ns;
	(*event)->dur_ns = -1;
	if (process >= 0) {
		(*event)->task.tid = b->model.processes[process].pid;
		(*event)->task.serial = b->model.processes[process].serial;
	}
	*fact = (struct ct_fact){
		.event = *event,
		.process = process,
		.container = process < 0 ? -1 : b->model.processes[process].container,
		.tags = tags,
		.cgroup = -1
	};
	if (t_ns > b->model.end_ns)
		b->model.end_ns = t_ns;
	return b->model.n_facts - 1;
}

int build_process(struct build *b, int64_t t_ns, int pid, int creator, enum ct_role role,
		  const char *comm)
{
	struct ct_process *p = GROW(b, b->model.processes, b->model.n_processes);
	int index = (int)b->model.n_processes - 1;
	struct ct_event *e;

	*p = (struct ct_process){
		.pid = pid,
		.serial = (uint32_t)index + 1,
		.ppid_process = creator,
		.ppid = creator < 0 ? 1 : b->model.processes[creator].pid,
		.creator = creator,
		.how = creator < 0 ? CT_BIRTH_ROOT : CT_BIRTH_FORK,
		.nspid = pid,
		.role = role,
		.comm = comm,
		.born_ns = t_ns,
		.exited_ns = -1,
		.n_threads = 1,
		.container = -1,
	};
	for (int ns = 0; ns < CT_NS_TYPES; ns++)
		p->ns[ns] = p->ns_born[ns] = creator < 0
						     ? b->header.host_ns[ns]
						     : b->model.processes[creator].ns[ns];
	add_event(b, index, t_ns, CT_EVENT_TASK, TAG(PROCESS), &e);
	e->birth.pid = pid;
	e->birth.how = p->how;
	return index;
}

size_t build_exec(struct build *b, int process, int64_t t_ns, const char *path,
		  const char *command)
{
	struct ct_process *p = &b->model.processes[process];
	struct ct_exec *exec = GROW(b, p->execs, p->n_execs);
	struct ct_event *e;
	size_t event = add_event(b, process, t_ns, CT_EVENT_EXEC, TAG(PROCESS), &e);

	e->exec.call = "execve";
	e->exec.path = e->exec.exe = path;
	e->exec.argc = split(b, command, ' ', &e->exec.argv);
	*exec = (struct ct_exec){ .t_ns = t_ns,
				  .path = path,
				  .argv = e->exec.argv,
				  .argc = e->exec.argc,
				  .event = event };
	return event;
}

static void fill_arg(struct build *b, struct ct_arg *arg, const char *text)
{
	const char *equals = strchr(text, '=');
	size_t len;

	arg->name = ct_arena_strndup(&b->arena, text, (size_t)(equals - text));
	arg->text = equals + 1;
	arg->ns_type = -1;
	len = strlen(arg->text);
	arg->type = CT_VALUE_INT;
	arg->i = strtoll(arg->text, NULL, 0);
	if (*arg->text != '"')
		return;
	arg->type = CT_VALUE_STR;
	arg->str = ct_arena_strndup(&b->arena, arg->text + 1, len - 2);
	arg->len = len - 2;
	if (*arg->str == '/')
		arg->path = arg->str;
}

size_t build_call(struct build *b, int process, int64_t t_ns, unsigned int tags,
		  const char *name, const char *args)
{
	const char **texts;
	struct ct_event *e;
	size_t event = add_event(b, process, t_ns, CT_EVENT_CALL, tags, &e);

	e->call.name = name;
	e->call.n_args = split(b, args, '|', &texts);
	e->call.args = ct_arena_array(&b->arena, struct ct_arg, e->call.n_args);
	e->call.result = CT_RESULT_VALUE;
	for (size_t i = 0; i < e->call.n_args; i++)
		fill_arg(b, &e->call.args[i], texts[i]);
	return event;
}

size_t build_fail(struct build *b, size_t event, int error)
{
	struct ct_event *e =
		ct_arena_memdup(&b->arena, b->model.facts[event].event, sizeof(*e));

	e->call.result = CT_RESULT_ERROR;
	e->call.ret = -1;
	e->call.error = error;
	b->model.facts[event].event = e;
	b->model.facts[event].tags |= TAG(FAILED);
	b->model.processes[b->model.facts[event].process].n_failed++;
	return event;
}

void build_exit(struct build *b, int process, int64_t t_ns, int status)
{
	struct ct_event *e;

	add_event(b, process, t_ns, CT_EVENT_EXIT, TAG(PROCESS), &e);
	e->exit.status = status;
	b->model.processes[process].exited_ns = t_ns;
	b->model.processes[process].exit = e->exit;
	if (process == b->model.root) {
		b->model.exit = e->exit;
		b->model.exited = true;
	}
}

size_t build_note(struct build *b, enum ct_event_kind kind, int64_t t_ns,
		  const char *text, uint64_t count)
{
	struct ct_event *e;
	size_t event = add_event(b, -1, t_ns, kind, 0, &e);

	e->note.text = text;
	e->note.count = count;
	return event;
}

void build_ns(struct build *b, int process, size_t event, struct ct_ns_change change)
{
	struct ct_process *p = &b->model.processes[process];
	struct ct_fact *fact = &b->model.facts[event];

	change.t_ns = fact->event->t_ns;
	change.event = event;
	*GROW(b, p->ns_changes, p->n_ns_changes) = change;
	if (!fact->n_ns)
		fact->first_ns = b->model.n_ns_changes;
	fact->n_ns++;
	*GROW(b, b->model.ns_changes, b->model.n_ns_changes) = change;
	p->ns[change.type] = change.to;
}

void build_move(struct build *b, size_t event, struct ct_cgroup_change change)
{
	change.hierarchies = "";
	change.t_ns = b->model.facts[event].event->t_ns;
	change.event = event;
	*GROW(b, b->model.cgroup_changes, b->model.n_cgroup_changes) = change;
	b->model.facts[event].cgroup = (int)b->model.n_cgroup_changes - 1;
	if (change.writer != change.process)
		build_handover(b, event,
			       (struct ct_handover){ .kind = CT_HANDOVER_CGROUP,
						     .from = change.writer,
						     .to = change.process,
						     .from_event = -1,
						     .label = change.to });
}

void build_handover(struct build *b, size_t event, struct ct_handover handover)
{
	handover.event = event;
	handover.to_ns = b->model.facts[event].event->t_ns;
	handover.from_ns = handover.from_event < 0
				   ? handover.to_ns
				   : b->model.facts[handover.from_event].event->t_ns;
	*GROW(b, b->model.handovers, b->model.n_handovers) = handover;
}

struct ct_container *build_container(struct build *b, const char *id, int init)
{
	struct ct_container *c = GROW(b, b->model.containers, b->model.n_containers);
	struct ct_process *p = &b->model.processes[init];

	*c = (struct ct_container){
		.id = id,
		.engine = "",
		.runtime = "",
		.runtime_path = "",
		.bundle = "",
		.rootfs = "",
		.monitor = -1,
		.runtime_process = -1,
		.init = init,
		.init_pid = p->pid,
		.init_nspid = p->nspid,
		.outer = -1,
		.payload = -1,
		.payload_exec = -1,
		.config_event = -1,
		.config_problem = "",
		.payload_ns = -1,
		.pivot_ns = -1,
		.pivot = "",
		.exit = { .status = -1 },
		.cgroup = "",
		.oom_score_adj = "",
		.setgroups = "",
		.seccomp_instructions = -1,
		.no_new_privs = -1,
		.hostname = "",
		.lsm = "",
	};
	for (int ns = 0; ns < CT_NS_TYPES; ns++)
		c->ns[ns] = (struct ct_container_ns){ .from = b->header.host_ns[ns],
						      .to = b->header.host_ns[ns],
						      .t_ns = -1,
						      .by = -1,
						      .maker = -1 };
	p->container = (int)b->model.n_containers - 1;
	p->inside = true;
	return c;
}

void build_mount(struct build *b, struct ct_container *c, size_t event,
		 struct ct_mount mount)
{
	mount.t_ns = b->model.facts[event].event->t_ns;
	mount.event = event;
	mount.propagation = mount.data = "";
	*GROW(b, c->mounts, c->n_mounts) = mount;
}

struct ct_phase *build_phase(struct build *b, const char *name, enum ct_step step,
			     int64_t start_ns, int64_t end_ns, const char *detail)
{
	struct ct_phase *p = GROW(b, b->model.phases, b->model.n_phases);

	*p = (struct ct_phase){ .name = name,
				.step = step,
				.start_ns = start_ns,
				.end_ns = end_ns,
				.container = -1,
				.process = -1,
				.detail = detail };
	return p;
}
