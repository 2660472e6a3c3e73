/* SPDX-License-Identifier: MIT */
/* The mark is in si_code, which a process may choose below 0 (rt_sigqueueinfo(2)). */
#include "forward.h"

#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MARK      256 /* taken from every si_code that a process can send */
#define SECOND_NS INT64_C(1000000000)

bool ct_forward_is(int sig)
{
	static const int signals[] = { SIGINT,  SIGQUIT, SIGTERM, SIGHUP, SIGUSR1,
				       SIGUSR2, SIGTSTP, SIGTTIN, SIGTTOU };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		if (signals[i] == sig)
			return true;
	return false;
}

void ct_forward_send(pid_t command, const struct signalfd_siginfo *si)
{
	siginfo_t info = { .si_signo = (int)si->ssi_signo,
			   .si_code = si->ssi_code - MARK };

	info.si_pid = (pid_t)si->ssi_pid;
	info.si_uid = si->ssi_uid;
	info.si_value.sival_ptr = (void *)(uintptr_t)si->ssi_ptr;
	syscall(SYS_rt_sigqueueinfo, command, info.si_signo, &info);
}

static bool is_second(const struct ct_forwarded *other, pid_t sender, int64_t t_ns)
{
	return other->t_ns && other->sender == sender && t_ns - other->t_ns < SECOND_NS;
}

bool ct_forward_take(struct ct_forwarding *f, siginfo_t *info, int64_t t_ns,
		     bool *changed)
{
	int sig = info->si_signo;
	struct ct_forwarded *own, *other;

	*changed = false;
	if (!ct_forward_is(sig) || info->si_code > 0)
		return true; /* never passed on, or from the kernel */
	*changed = info->si_code <= -MARK / 2;
	if (*changed)
		info->si_code += MARK;
	own = *changed ? &f->passed[sig] : &f->direct[sig];
	other = *changed ? &f->direct[sig] : &f->passed[sig];
	if (is_second(other, info->si_pid, t_ns)) {
		*other = (struct ct_forwarded){ 0 }; /* one for one */
		return false;
	}
	*own = (struct ct_forwarded){ info->si_pid, t_ns };
	return true;
}
