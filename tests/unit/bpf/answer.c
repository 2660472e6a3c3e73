/* SPDX-License-Identifier: MIT */
/* Two filters, every pair of answers: the kernel shows which one counts. */
#include "answer.h"

#include "test.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NO_CALL 2000 /* no call has this number: the kernel itself says ENOSYS */

enum { KILLED = -1 };

/* For the number that no call has; everything else is allowed. */
static int install(uint32_t answer)
{
	struct sock_filter in[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NO_CALL, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, answer),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(in) / sizeof(*in), in };

	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

/* What a child gets: an errno, 0, or its end. */
static int kernel_result(uint32_t older, uint32_t newer)
{
	const struct rlimit no_core = { 0, 0 };
	int status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		setrlimit(RLIMIT_CORE, &no_core);
		signal(SIGSYS, SIG_DFL); /* a sanitizer may want to catch it */
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		if (install(older) || install(newer))
			_exit(255);
		_exit(syscall(NO_CALL) < 0 ? errno : 0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status) ? WTERMSIG(status) == SIGSYS
				  : WEXITSTATUS(status) != 255);
	return WIFSIGNALED(status) ? KILLED : WEXITSTATUS(status);
}

static int foretold(uint32_t older, uint32_t newer)
{
	struct ct_bpf_answers both = { .values = { older }, .n = 1 };
	struct ct_bpf_answers second = { .values = { newer }, .n = 1 };
	int error;

	ct_bpf_answers_combine(&both, &second);
	CHECK_INT(both.n, 1);
	switch (ct_bpf_answers_verdict(&both, &error)) {
	case CT_VERDICT_KILL_PROCESS:
	case CT_VERDICT_KILL_THREAD:
	case CT_VERDICT_TRAP:
		return KILLED;
	case CT_VERDICT_ERRNO:
		return error;
	default:
		return ENOSYS; /* the kernel's, and without a tracer or a listener too */
	}
}

TEST(the_answer_that_counts_is_the_kernels)
{
	static const uint32_t answers[] = {
		SECCOMP_RET_ALLOW,         SECCOMP_RET_LOG,
		SECCOMP_RET_TRACE | 7,     SECCOMP_RET_USER_NOTIF,
		SECCOMP_RET_ERRNO | 1,     SECCOMP_RET_ERRNO | 13,
		SECCOMP_RET_ERRNO,         SECCOMP_RET_TRAP,
		SECCOMP_RET_KILL_THREAD,   SECCOMP_RET_KILL_PROCESS,
		SECCOMP_RET_ALLOW | 5,     0x00010000 /* unknown: kills */,
		0x7ffd0000 /* the same */,
	};
	const size_t n = sizeof(answers) / sizeof(*answers);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			CHECK_INT(foretold(answers[i], answers[k]),
				  kernel_result(answers[i], answers[k]));
}

TEST(more_answers_than_are_kept_leave_the_set_open)
{
	struct ct_bpf_answers answers = { .n = 0 };
	int error;

	for (uint32_t i = 0; i < CT_BPF_ANSWERS; i++) {
		ct_bpf_answers_add(&answers, SECCOMP_RET_ERRNO | i);
		ct_bpf_answers_add(&answers, SECCOMP_RET_ERRNO | i);
	}
	CHECK(!answers.open);
	CHECK_INT(ct_bpf_answers_verdict(&answers, &error), CT_VERDICT_CONDITIONAL);
	ct_bpf_answers_add(&answers, SECCOMP_RET_ERRNO | CT_BPF_ANSWERS);
	CHECK(answers.open);
	CHECK_INT(ct_bpf_answers_verdict(&answers, &error), CT_VERDICT_UNDETERMINED);
}

TEST(a_return_value_that_no_kernel_knows_kills)
{
	int error;

	CHECK_INT(ct_bpf_verdict(0x00010000, &error), CT_VERDICT_KILL_PROCESS);
	CHECK_INT(ct_bpf_verdict(0x7ffd0000, &error), CT_VERDICT_KILL_PROCESS);
	CHECK_INT(ct_bpf_verdict(SECCOMP_RET_ERRNO | 0xffff, &error), CT_VERDICT_ERRNO);
	CHECK_INT(error, 4095);
}
