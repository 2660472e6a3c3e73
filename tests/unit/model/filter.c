/* SPDX-License-Identifier: MIT */
/* Failed calls of tasks with filters: who denied them, the filter or the kernel? */
#include "cttrace/model.h"
#include "test.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define COUNT(array)  (sizeof(array) / sizeof(*(array)))
#define LOAD(offset)  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define IF(op, value) BPF_JUMP(BPF_JMP | (op) | BPF_K, (value), 0, 1)
#define DENY(error)   (SECCOMP_RET_ERRNO | (error))

static const struct sock_filter no_mount[] = {
	LOAD(0),
	IF(BPF_JEQ, SYS_mount),
	RETURN(DENY(EPERM)),
	RETURN(SECCOMP_RET_ALLOW),
};

/* With a test of the first argument, as container engines have it. */
static const struct sock_filter no_user_namespace[] = {
	LOAD(0),
	IF(BPF_JEQ, SYS_unshare),
	LOAD(16),
	IF(BPF_JSET, CLONE_NEWUSER),
	RETURN(DENY(EPERM)),
	RETURN(SECCOMP_RET_ALLOW),
};

static const struct sock_filter close_denied_by_wide_number[] = {
	LOAD(20),
	IF(BPF_JEQ, 0),
	RETURN(DENY(EPERM)),
	RETURN(SECCOMP_RET_ALLOW),
};

/* -------- traces by hand -------- */

enum { ROOT = 1 };

struct story {
	struct ct_arena arena;
	struct ct_model *model;
};

static struct ct_event *event(struct story *s, enum ct_event_kind kind, uint32_t serial)
{
	struct ct_event *e = ct_arena_alloc(&s->arena, sizeof(*e));

	e->kind = kind;
	e->task = (struct ct_task_id){ (int32_t)serial + 100, serial };
	e->dur_ns = -1;
	return e;
}

static void birth(struct story *s, uint32_t serial, uint32_t creator, enum ct_birth how,
		  int seccomp)
{
	struct ct_event *e = event(s, CT_EVENT_TASK, serial);
	bool thread = how == CT_BIRTH_THREAD;

	e->birth.pid = (int32_t)(thread ? creator : serial) + 100;
	e->birth.creator = (struct ct_task_id){ (int32_t)creator + 100, creator };
	e->birth.how = how;
	e->state = ct_arena_alloc(&s->arena, sizeof(*e->state));
	*e->state = (struct ct_state){ .have = CT_STATE_STATUS,
				       .of = e->task,
				       .comm = "",
				       .seccomp = seccomp,
				       .no_new_privs = -1 };
	ct_model_feed(s->model, e);
}

static void begin(struct story *s, int seccomp)
{
	*s = (struct story){ .arena = CT_ARENA_INIT, .model = ct_model_new(NULL) };
	birth(s, ROOT, 0, CT_BIRTH_ROOT, seccomp);
}

static void end(struct story *s)
{
	ct_model_free(s->model);
	ct_arena_release(&s->arena);
}

static struct ct_arg number(const char *name, int64_t value)
{
	return (struct ct_arg){
		.name = name, .type = CT_VALUE_INT, .i = value, .text = "", .ns_type = -1
	};
}

static struct ct_event *call(struct story *s, uint32_t serial, const char *name, long nr,
			     const struct ct_arg *args, size_t n)
{
	struct ct_event *e = event(s, CT_EVENT_CALL, serial);

	e->call.name = name;
	e->call.nr = nr;
	e->call.args = ct_arena_memdup(&s->arena, args, n * sizeof(*args));
	e->call.n_args = n;
	e->call.result = CT_RESULT_VALUE;
	return e;
}

static struct ct_arg program(struct story *s, const char *name,
			     const struct sock_filter *filter, size_t len)
{
	struct ct_arg items[2] = { number("len", (int64_t)len), number("filter", 0) };

	items[1].type = CT_VALUE_STR;
	items[1].str = (const char *)filter;
	items[1].len = len * sizeof(*filter);
	return (struct ct_arg){ .name = name,
				.type = CT_VALUE_FIELDS,
				.items = ct_arena_memdup(&s->arena, items, sizeof(items)),
				.n_items = 2,
				.text = "",
				.ns_type = -1 };
}

static struct ct_event *install_event(struct story *s, uint32_t serial,
				      const struct sock_filter *filter, size_t len,
				      int64_t flags)
{
	struct ct_arg args[] = { number("operation", SECCOMP_SET_MODE_FILTER),
				 number("flags", flags),
				 program(s, "args", filter, len) };

	return call(s, serial, "seccomp", SYS_seccomp, args, COUNT(args));
}

#define install(s, serial, filter, flags) \
	ct_model_feed((s)->model,         \
		      install_event((s), (serial), (filter), COUNT(filter), (flags)))

/* Who denied unshare(flags), mount, …: the first argument is a number. */
static const char *fails(struct story *s, uint32_t serial, long nr, int64_t arg,
			 int error)
{
	struct ct_arg args[] = { number("flags", arg) };
	struct ct_event *e = call(s, serial, "x", nr, args, COUNT(args));

	e->call.result = CT_RESULT_ERROR;
	e->call.ret = -1;
	e->call.error = error;
	ct_model_feed(s->model, e);
	return ct_answerer_name(s->model->facts[s->model->n_facts - 1].answered_by);
}

/* -------- whose answer -------- */

TEST(a_filter_answers_what_it_denies)
{
	struct story s;

	begin(&s, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "none");
	install(&s, ROOT, no_mount, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(fails(&s, ROOT, SYS_umount2, 0, EPERM), "kernel");
	/* under this filter mount cannot give EINVAL: there is something we do not know
	 */
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EINVAL), "unknown");
	end(&s);
}

TEST(arguments_decide_where_they_are_known)
{
	struct story s;

	begin(&s, 0);
	install(&s, ROOT, no_user_namespace, 0);
	CHECK_STR(fails(&s, ROOT, SYS_unshare, CLONE_NEWUSER, EPERM), "filter");
	CHECK_STR(fails(&s, ROOT, SYS_unshare, CLONE_NEWNS, EPERM), "kernel");
	CHECK_STR(fails(&s, ROOT, SYS_unshare, CLONE_NEWNS, EINVAL), "kernel");
	end(&s);
}

/* close(-1): some programs pass 32 bits of ones, and some 64. */
TEST(the_upper_half_of_a_negative_number_is_not_known)
{
	struct story s;

	begin(&s, 0);
	install(&s, ROOT, close_denied_by_wide_number, 0);
	CHECK_STR(fails(&s, ROOT, SYS_close, 1, EPERM), "filter");
	CHECK_STR(fails(&s, ROOT, SYS_close, -1, EPERM), "unknown");
	CHECK_STR(fails(&s, ROOT, SYS_close, -1, EBADF), "kernel");
	CHECK_STR(fails(&s, ROOT, SYS_close, 1L << 32, EPERM), "kernel");
	end(&s);
}

TEST(an_argument_that_is_no_number_may_be_anything)
{
	struct ct_arg text = { .name = "path",
			       .type = CT_VALUE_STR,
			       .str = "x",
			       .len = 1,
			       .text = "",
			       .ns_type = -1 };
	struct ct_event *e;
	struct story s;

	begin(&s, 0);
	install(&s, ROOT, no_user_namespace, 0);
	e = call(&s, ROOT, "unshare", SYS_unshare, &text, 1);
	e->call.result = CT_RESULT_ERROR;
	e->call.error = EPERM;
	ct_model_feed(s.model, e);
	CHECK_INT(s.model->facts[s.model->n_facts - 1].answered_by, CT_ANSWERER_UNKNOWN);
	end(&s);
}

/* 21 is access, and mount in the i386 calls that a 64-bit program can make as well. */
TEST(the_architecture_counts)
{
	static const struct sock_filter no_i386_mount[] = {
		LOAD(4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_I386, 1, 0),
		RETURN(SECCOMP_RET_ALLOW),
		LOAD(0),
		IF(BPF_JEQ, 21),
		RETURN(DENY(EPERM)),
		RETURN(SECCOMP_RET_ALLOW),
	};
	struct ct_event *e;
	struct story s;

	begin(&s, 0);
	install(&s, ROOT, no_i386_mount, 0);
	CHECK_STR(fails(&s, ROOT, 21, 0, EPERM), "kernel");
	e = call(&s, ROOT, "mount", 21, NULL, 0);
	e->call.arch = CT_ARCH_I386;
	e->call.result = CT_RESULT_ERROR;
	e->call.error = EPERM;
	ct_model_feed(s.model, e);
	CHECK_INT(s.model->facts[s.model->n_facts - 1].answered_by, CT_ANSWERER_FILTER);
	end(&s);
}

TEST(who_else_may_have_answered)
{
	static const struct sock_filter notify[] = { RETURN(SECCOMP_RET_USER_NOTIF) };
	static const struct sock_filter trace[] = { RETURN(SECCOMP_RET_TRACE | 1) };
	static const struct sock_filter log[] = { RETURN(SECCOMP_RET_LOG) };
	struct story s;

	begin(&s, 0);
	install(&s, ROOT, log, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, ENOSYS), "kernel");
	install(&s, ROOT, trace, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, ENOSYS), "filter");
	install(&s, ROOT, notify, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, ENOSYS), "unknown");
	end(&s);
}

/* -------- whose filter -------- */

TEST(children_inherit_and_parents_do_not)
{
	struct story s;

	begin(&s, 0);
	birth(&s, 2, ROOT, CT_BIRTH_FORK, 0);
	install(&s, 2, no_mount, 0);
	birth(&s, 3, 2, CT_BIRTH_FORK, 2);
	birth(&s, 4, 2, CT_BIRTH_THREAD, 2);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "none");
	CHECK_STR(fails(&s, 2, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(fails(&s, 3, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(fails(&s, 4, SYS_mount, 0, EPERM), "filter");
	/* what the child adds is its own */
	install(&s, 3, no_user_namespace, 0);
	CHECK_STR(fails(&s, 3, SYS_unshare, CLONE_NEWUSER, EPERM), "filter");
	CHECK_STR(fails(&s, 2, SYS_unshare, CLONE_NEWUSER, EPERM), "kernel");
	end(&s);
}

TEST(filters_stay_when_a_program_is_executed)
{
	struct ct_event *exec;
	struct story s;

	begin(&s, 0);
	birth(&s, 2, ROOT, CT_BIRTH_THREAD, 0);
	install(&s, 2, no_mount, 0);
	exec = event(&s, CT_EVENT_EXEC, ROOT);
	exec->exec.call = "execve";
	exec->exec.path = exec->exec.exe = "/bin/true";
	exec->exec.former = (struct ct_task_id){ 102, 2 };
	ct_model_feed(s.model, exec);
	/* the thread has become the process */
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "filter");
	end(&s);
}

TEST(threads_are_synchronized_on_demand)
{
	struct story s;

	begin(&s, 0);
	birth(&s, 2, ROOT, CT_BIRTH_THREAD, 0);
	birth(&s, 3, ROOT, CT_BIRTH_FORK, 0);
	install(&s, 2, no_mount, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "none");
	install(&s, 2, no_user_namespace, SECCOMP_FILTER_FLAG_TSYNC);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(fails(&s, 3, SYS_mount, 0, EPERM), "none");
	end(&s);
}

/* The call returns the thread that stood in the way, which is no errno. */
TEST(a_failed_synchronization_installs_nothing)
{
	struct ct_event *e;
	struct story s;

	begin(&s, 0);
	e = install_event(&s, ROOT, no_mount, COUNT(no_mount), SECCOMP_FILTER_FLAG_TSYNC);
	e->call.ret = 102;
	ct_model_feed(s.model, e);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "none");
	/* but the descriptor of a listener is a success */
	e = install_event(&s, ROOT, no_mount, COUNT(no_mount),
			  SECCOMP_FILTER_FLAG_NEW_LISTENER);
	e->call.ret = 3;
	ct_model_feed(s.model, e);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "filter");
	end(&s);
}

TEST(prctl_installs_filters_too)
{
	struct ct_arg args[3] = { number("option", PR_SET_SECCOMP),
				  number("arg2", SECCOMP_MODE_FILTER) };
	struct story s;

	begin(&s, 0);
	args[2] = program(&s, "arg3", no_mount, COUNT(no_mount));
	ct_model_feed(s.model, call(&s, ROOT, "prctl", SYS_prctl, args, COUNT(args)));
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "filter");
	end(&s);
}

/* -------- what the trace does not know -------- */

TEST(older_filters_may_have_denied_what_ours_allow)
{
	struct story s;

	begin(&s, 2);
	install(&s, ROOT, no_mount, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(fails(&s, ROOT, SYS_umount2, 0, EPERM), "unknown");
	end(&s);
}

TEST(programs_that_are_not_all_there_are_filters_nevertheless)
{
	struct ct_event *e;
	struct story s;

	begin(&s, 0);
	install(&s, ROOT, no_mount, 0);
	e = install_event(&s, ROOT, no_user_namespace, COUNT(no_user_namespace), 0);
	e->call.args[2].items[1].truncated = true;
	ct_model_feed(s.model, e);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(fails(&s, ROOT, SYS_umount2, 0, EPERM), "unknown");
	end(&s);
}

/* More than the kernel allows can only be a trace that somebody made up. */
TEST(filters_without_end_are_cut)
{
	static struct sock_filter large[BPF_MAXINSNS];
	struct story s;

	for (size_t i = 0; i < COUNT(large); i++)
		large[i] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
	begin(&s, 0);
	for (int i = 0; i < 7; i++)
		install(&s, ROOT, large, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "kernel");
	install(&s, ROOT, large, 0);
	CHECK_STR(fails(&s, ROOT, SYS_mount, 0, EPERM), "unknown");
	end(&s);
}
