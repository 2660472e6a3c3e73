/* SPDX-License-Identifier: MIT */
/* Failed calls of tasks with filters: who denied them, the filter or the kernel? */
#include "story.h"
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

/* -------- whose answer -------- */

TEST(a_filter_answers_what_it_denies)
{
	struct story s;

	story_begin(&s, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "none");
	story_install(&s, STORY_ROOT, no_mount, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_umount2, 0, EPERM), "kernel");
	/* this filter lets no mount give EINVAL: something else is at work */
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EINVAL), "unknown");
	story_end(&s);
}

TEST(arguments_decide_where_they_are_known)
{
	struct story s;

	story_begin(&s, 0);
	story_install(&s, STORY_ROOT, no_user_namespace, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_unshare, CLONE_NEWUSER, EPERM),
		  "filter");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_unshare, CLONE_NEWNS, EPERM), "kernel");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_unshare, CLONE_NEWNS, EINVAL),
		  "kernel");
	story_end(&s);
}

/* close(-1): some programs pass 32 bits of ones, and some 64. */
TEST(the_upper_half_of_a_negative_number_is_not_known)
{
	struct story s;

	story_begin(&s, 0);
	story_install(&s, STORY_ROOT, close_denied_by_wide_number, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_close, 1, EPERM), "filter");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_close, -1, EPERM), "unknown");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_close, -1, EBADF), "kernel");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_close, 1L << 32, EPERM), "kernel");
	story_end(&s);
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

	story_begin(&s, 0);
	story_install(&s, STORY_ROOT, no_user_namespace, 0);
	e = story_call(&s, STORY_ROOT, "unshare", SYS_unshare, &text, 1);
	e->call.result = CT_RESULT_ERROR;
	e->call.error = EPERM;
	ct_model_feed(s.model, e);
	CHECK_INT(s.model->facts[s.model->n_facts - 1].answered_by, CT_ANSWERER_UNKNOWN);
	story_end(&s);
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

	story_begin(&s, 0);
	story_install(&s, STORY_ROOT, no_i386_mount, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, 21, 0, EPERM), "kernel");
	e = story_call(&s, STORY_ROOT, "mount", 21, NULL, 0);
	e->call.arch = CT_ARCH_I386;
	e->call.result = CT_RESULT_ERROR;
	e->call.error = EPERM;
	ct_model_feed(s.model, e);
	CHECK_INT(s.model->facts[s.model->n_facts - 1].answered_by, CT_ANSWERER_FILTER);
	story_end(&s);
}

TEST(who_else_may_have_answered)
{
	static const struct sock_filter notify[] = { RETURN(SECCOMP_RET_USER_NOTIF) };
	static const struct sock_filter trace[] = { RETURN(SECCOMP_RET_TRACE | 1) };
	static const struct sock_filter log[] = { RETURN(SECCOMP_RET_LOG) };
	struct story s;

	story_begin(&s, 0);
	story_install(&s, STORY_ROOT, log, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, ENOSYS), "kernel");
	story_install(&s, STORY_ROOT, trace, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, ENOSYS), "filter");
	story_install(&s, STORY_ROOT, notify, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, ENOSYS), "unknown");
	story_end(&s);
}

/* -------- whose filter -------- */

TEST(children_inherit_and_parents_do_not)
{
	struct story s;

	story_begin(&s, 0);
	story_birth(&s, 2, STORY_ROOT, CT_BIRTH_FORK, 0);
	story_install(&s, 2, no_mount, 0);
	story_birth(&s, 3, 2, CT_BIRTH_FORK, 2);
	story_birth(&s, 4, 2, CT_BIRTH_THREAD, 2);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "none");
	CHECK_STR(story_fails(&s, 2, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(story_fails(&s, 3, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(story_fails(&s, 4, SYS_mount, 0, EPERM), "filter");
	/* what the child adds is its own */
	story_install(&s, 3, no_user_namespace, 0);
	CHECK_STR(story_fails(&s, 3, SYS_unshare, CLONE_NEWUSER, EPERM), "filter");
	CHECK_STR(story_fails(&s, 2, SYS_unshare, CLONE_NEWUSER, EPERM), "kernel");
	story_end(&s);
}

TEST(filters_stay_when_a_program_is_executed)
{
	struct ct_event *exec;
	struct story s;

	story_begin(&s, 0);
	story_birth(&s, 2, STORY_ROOT, CT_BIRTH_THREAD, 0);
	story_install(&s, 2, no_mount, 0);
	exec = story_event(&s, CT_EVENT_EXEC, STORY_ROOT);
	exec->exec.call = "execve";
	exec->exec.path = exec->exec.exe = "/bin/true";
	exec->exec.former = (struct ct_task_id){ 102, 2 };
	ct_model_feed(s.model, exec);
	/* the thread has become the process */
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "filter");
	story_end(&s);
}

TEST(threads_are_synchronized_on_demand)
{
	struct story s;

	story_begin(&s, 0);
	story_birth(&s, 2, STORY_ROOT, CT_BIRTH_THREAD, 0);
	story_birth(&s, 3, STORY_ROOT, CT_BIRTH_FORK, 0);
	story_install(&s, 2, no_mount, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "none");
	story_install(&s, 2, no_user_namespace, SECCOMP_FILTER_FLAG_TSYNC);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(story_fails(&s, 3, SYS_mount, 0, EPERM), "none");
	story_end(&s);
}

/* The call returns the thread that stood in the way, which is no errno. */
TEST(a_failed_synchronization_installs_nothing)
{
	struct ct_event *e;
	struct story s;

	story_begin(&s, 0);
	e = story_install_event(&s, STORY_ROOT, no_mount, COUNT(no_mount),
				SECCOMP_FILTER_FLAG_TSYNC);
	e->call.ret = 102;
	ct_model_feed(s.model, e);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "none");
	/* but the descriptor of a listener is a success */
	e = story_install_event(&s, STORY_ROOT, no_mount, COUNT(no_mount),
				SECCOMP_FILTER_FLAG_NEW_LISTENER);
	e->call.ret = 3;
	ct_model_feed(s.model, e);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "filter");
	story_end(&s);
}

TEST(prctl_installs_filters_too)
{
	struct ct_arg args[3] = { story_number("option", PR_SET_SECCOMP),
				  story_number("arg2", SECCOMP_MODE_FILTER) };
	struct story s;

	story_begin(&s, 0);
	args[2] = story_program(&s, "arg3", no_mount, COUNT(no_mount));
	ct_model_feed(s.model,
		      story_call(&s, STORY_ROOT, "prctl", SYS_prctl, args, COUNT(args)));
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "filter");
	story_end(&s);
}

/* -------- what the trace does not know -------- */

TEST(older_filters_may_have_denied_what_ours_allow)
{
	struct story s;

	story_begin(&s, 2);
	story_install(&s, STORY_ROOT, no_mount, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_umount2, 0, EPERM), "unknown");
	story_end(&s);
}

TEST(programs_that_are_not_all_there_are_filters_nevertheless)
{
	struct ct_event *e;
	struct story s;

	story_begin(&s, 0);
	story_install(&s, STORY_ROOT, no_mount, 0);
	e = story_install_event(&s, STORY_ROOT, no_user_namespace,
				COUNT(no_user_namespace), 0);
	e->call.args[2].items[1].truncated = true;
	ct_model_feed(s.model, e);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "filter");
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_umount2, 0, EPERM), "unknown");
	story_end(&s);
}

/* More than the kernel allows can only be a trace that somebody made up. */
TEST(filters_without_end_are_cut)
{
	static struct sock_filter large[BPF_MAXINSNS];
	struct story s;

	for (size_t i = 0; i < COUNT(large); i++)
		large[i] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
	story_begin(&s, 0);
	for (int i = 0; i < 7; i++)
		story_install(&s, STORY_ROOT, large, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "kernel");
	story_install(&s, STORY_ROOT, large, 0);
	CHECK_STR(story_fails(&s, STORY_ROOT, SYS_mount, 0, EPERM), "unknown");
	story_end(&s);
}
