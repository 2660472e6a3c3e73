/* SPDX-License-Identifier: MIT */
/* Traces that no kernel would make, and very long ones. */
#include "alloc.h"
#include "rule.h"
#include "script.h"
#include "test.h"

#include <stdlib.h>
#include <time.h>

static const char *const names[] = {
	"unshare", "setns",    "mount",         "move_mount",    "open_tree",
	"fsopen",  "fsconfig", "fsmount",       "pivot_root",    "chroot",
	"write",   "prctl",    "seccomp",       "prlimit64",     "execve",
	"clone",   "clone3",   "sethostname",   "mount_setattr", "socket",
	"umount2", "mknod",    "open_tree_attr"
};
static const char *const words[] = {
	"fd",       "flags",          "nstype",     "source",
	"target",   "filesystemtype", "mountflags", "data",
	"new_root", "put_old",        "path",       "buf",
	"option",   "arg2",           "operation",  "args",
	"cl_args",  "new_limit",      "resource",   "pid",
	"from_dfd", "from_pathname",  "to_dfd",     "to_pathname",
	"dfd",      "filename",       "uattr",      "pathname"
};
static const char *const texts[] = { "",
				     "/",
				     "//",
				     "/proc/self/uid_map",
				     "/proc/99999999999999999999/gid_map",
				     "/proc/3/setgroups",
				     "/sys/fs/cgroup/x/cgroup.procs",
				     "/sys/fs/cgroup/pids.max",
				     "4294967295 99999999999 0\n1 2",
				     "/r",
				     "overlay",
				     "runc" };

/* Where the chances come from: the same seed makes the same trace everywhere. */
struct source {
	uint64_t state;
	struct ct_arena *arena;
};

static int roll(struct source *s)
{
	s->state = s->state * 6364136223846793005u + 1442695040888963407u;
	return (int)(s->state >> 33);
}

#define PICK(s, array) (array)[(size_t)roll(s) % (sizeof(array) / sizeof((array)[0]))]

static uint32_t any_serial(struct source *s)
{
	return (uint32_t)roll(s) % 40;
}

static int64_t any_number(struct source *s)
{
	static const int64_t odd[] = { 0,         1,          -1,      INT64_MAX,
				       INT64_MIN, 0x7c020000, 0x20000, 0x40000000,
				       2,         22 };

	return roll(s) % 2 ? PICK(s, odd) : roll(s) % 50;
}

static struct ct_state *any_state(struct source *s)
{
	struct ct_state *state = ct_arena_alloc(s->arena, sizeof(*state));

	state->have = (unsigned int)roll(s) % 8;
	state->of.serial = any_serial(s);
	for (int i = 0; i < CT_NS_LINKS; i++)
		state->ns[i] = (uint64_t)roll(s) % 6;
	state->n_cgroups = (size_t)roll(s) % 100;
	state->cgroups = ct_arena_array(s->arena, struct ct_cgroup, state->n_cgroups);
	for (size_t i = 0; i < state->n_cgroups; i++)
		state->cgroups[i] = (struct ct_cgroup){ roll(s) % 90, PICK(s, texts),
							PICK(s, texts) };
	state->comm = roll(s) % 2 ? PICK(s, texts) : NULL;
	state->ppid = roll(s) % 40;
	state->n_nspid = (size_t)roll(s) % 3;
	state->nspid = ct_arena_array(s->arena, int32_t, 3);
	return state;
}

static struct ct_arg any_item(struct source *s)
{
	struct ct_arg arg = { .name = PICK(s, words),
			      .text = "",
			      .i = any_number(s),
			      .type = (enum ct_value)(roll(s) % (CT_VALUE_FIELDS + 1)),
			      .ns_type = roll(s) % 12 - 1,
			      .ns_inode = (uint64_t)roll(s) % 4 };

	arg.str = roll(s) % 4 ? PICK(s, texts) : NULL;
	arg.len = arg.str ? strlen(arg.str) : 0;
	arg.path = roll(s) % 2 ? PICK(s, texts) : NULL;
	return arg;
}

static struct ct_arg any_arg(struct source *s)
{
	struct ct_arg arg = any_item(s);

	if (arg.type < CT_VALUE_LIST)
		return arg;
	arg.n_items = (size_t)roll(s) % 3;
	arg.items = ct_arena_array(s->arena, struct ct_arg, arg.n_items);
	for (size_t i = 0; i < arg.n_items; i++)
		arg.items[i] = any_item(s);
	return arg;
}

static void any_call(struct ct_event_call *call, struct source *s)
{
	call->name = PICK(s, names);
	call->n_args = 6;
	call->args = ct_arena_array(s->arena, struct ct_arg, call->n_args);
	for (size_t i = 0; i < call->n_args; i++)
		call->args[i] = any_arg(s);
	call->result = (enum ct_result)(roll(s) % 4);
	call->ret = any_number(s);
	call->error = roll(s) % 140;
}

static void any_exec(struct ct_event_exec *exec, struct source *s)
{
	static const char *const programs[] = { "/usr/bin/runc",  "/bin/conmon", "", "/a",
						"/proc/self/exe", "podman",      "/" };
	static const char *const args[] = { "run", "create", "start",    "delete",
					    "-c",  "id",     "--bundle", "-b",
					    "x",   "exec",   "" };

	exec->call = "execve";
	exec->path = PICK(s, programs);
	exec->exe = PICK(s, programs);
	exec->former.serial = any_serial(s);
	exec->argc = (size_t)roll(s) % 6;
	exec->argv = ct_arena_array(s->arena, const char *, exec->argc);
	for (size_t i = 0; i < exec->argc; i++)
		exec->argv[i] = PICK(s, args);
}

static struct ct_event_meter *any_meter(struct source *s)
{
	struct ct_event_meter *meter = ct_arena_array(s->arena, struct ct_event_meter, 1);

	meter->cgroup = PICK(s, texts);
	for (int f = 0; f < CT_FIGURES; f++)
		meter->figures[f] = roll(s) % 4 ? llabs(any_number(s) / 2) : -1;
	return meter;
}

static void any_event(struct ct_event *event, struct source *s)
{
	event->kind = (enum ct_event_kind)(roll(s) % (CT_EVENT_KINDS + 1));
	event->task = (struct ct_task_id){ roll(s) % 40, any_serial(s) };
	event->t_ns = any_number(s);
	event->dur_ns = any_number(s);
	if (roll(s) % 2)
		event->state = any_state(s);
	if (event->kind == CT_EVENT_TASK)
		event->birth = (struct ct_event_task){ roll(s) % 40,
						       { roll(s) % 40, any_serial(s) },
						       (enum ct_birth)(roll(s) % 6),
						       (uint64_t)any_number(s) };
	else if (event->kind == CT_EVENT_CALL)
		any_call(&event->call, s);
	else if (event->kind == CT_EVENT_EXEC)
		any_exec(&event->exec, s);
	else if (event->kind == CT_EVENT_EXIT)
		event->exit =
			(struct ct_event_exit){ roll(s) % 300 - 1, roll(s) % 80, false };
	else if (event->kind == CT_EVENT_GAP)
		event->note.text = "";
	else if (event->kind == CT_EVENT_METER)
		event->meter = any_meter(s);
}

static void check_indexes(const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_facts; i++) {
		CHECK(model->facts[i].process < (int)model->n_processes);
		CHECK(model->facts[i].container < (int)model->n_containers);
		CHECK(model->facts[i].cgroup < (int)model->n_cgroup_changes);
		CHECK(model->facts[i].first_ns + model->facts[i].n_ns <=
		      model->n_ns_changes);
	}
	for (size_t i = 0; i < model->n_meters; i++) {
		CHECK(model->meters[i].container < (int)model->n_containers);
		for (size_t j = 0; j < model->meters[i].n_pressures; j++)
			CHECK(model->meters[i].pressures[j].event < model->n_facts &&
			      model->meters[i].pressures[j].amount > 0);
	}
	for (size_t i = 0; i < model->n_processes; i++) {
		CHECK(model->processes[i].container < (int)model->n_containers);
		CHECK(model->processes[i].creator < (int)i);
	}
	for (size_t i = 0; i < model->n_phases; i++)
		CHECK(model->phases[i].start_ns >= 0 &&
		      model->phases[i].start_ns <= model->phases[i].end_ns &&
		      model->phases[i].busy_ns >= 0);
}

TEST(any_events_leave_a_model_that_holds_together)
{
	for (unsigned int seed = 1; seed <= 300; seed++) {
		struct ct_trace trace = { .complete = seed % 2 };
		struct source s = { seed, &trace.arena };

		trace.n_events = 200;
		trace.events =
			ct_arena_array(&trace.arena, struct ct_event, trace.n_events);
		for (size_t i = 0; i < trace.n_events; i++)
			any_event(&trace.events[i], &s);
		struct ct_model *model = ct_model_of_trace(&trace);

		check_indexes(model);
		ct_model_finish(model, NULL);
		check_indexes(model);
		ct_model_free(model);
		ct_arena_release(&trace.arena);
	}
}

/* A root that forks children without end; every child makes namespaces and a mount. */
static double seconds_for(size_t n_children)
{
	struct ct_trace trace = { 0 };
	struct ct_arg flags = { .name = "flags",
				.type = CT_VALUE_INT,
				.i = 0x20000,
				.text = "",
				.ns_type = -1 };
	struct timespec start, end;
	struct ct_model *model;

	trace.n_events = n_children * 3 + 1;
	trace.events = ct_arena_array(&trace.arena, struct ct_event, trace.n_events);
	for (size_t i = 0; i < trace.n_events; i++) {
		struct ct_event *event = &trace.events[i];
		uint32_t serial = (uint32_t)((i + 2) / 3) + 1;

		event->task = (struct ct_task_id){ (int32_t)serial, serial };
		event->t_ns = (int64_t)i;
		if (i % 3 < 2 && i % 3 != 1 && i)
			event->kind = CT_EVENT_EXIT;
		else if (!i || i % 3 == 1) {
			event->kind = CT_EVENT_TASK;
			event->birth.pid = (int32_t)serial;
			event->birth.how = i ? CT_BIRTH_FORK : CT_BIRTH_ROOT;
			event->birth.creator.serial = i ? 1 : 0;
		} else {
			event->kind = CT_EVENT_CALL;
			event->call.name = "unshare";
			event->call.args = &flags;
			event->call.n_args = 1;
			event->call.result = CT_RESULT_VALUE;
		}
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	model = ct_model_of_trace(&trace);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	CHECK_INT(model->n_processes, n_children + 1);
	CHECK_INT(model->n_ns_changes, n_children);
	ct_model_free(model);
	ct_arena_release(&trace.arena);
	return (double)(end.tv_sec - start.tv_sec) +
	       (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

TEST(ten_times_the_events_take_about_ten_times_as_long)
{
	double little = seconds_for(3000), much = seconds_for(30000);

	/* a quadratic model would need a hundred times */
	if (much > little * 40 + 0.5)
		test_fail(__FILE__, __LINE__, "%.3f s and %.3f s", little, much);
}

TEST(the_table_of_calls_is_sorted_for_its_search)
{
	size_t n;
	const struct rule *rows = rule_table(&n);

	for (size_t i = 1; i < n; i++)
		if (strcmp(rows[i - 1].name, rows[i].name) >= 0)
			test_fail(__FILE__, __LINE__, "%s, %s", rows[i - 1].name,
				  rows[i].name);
}
