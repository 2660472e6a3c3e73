/* SPDX-License-Identifier: MIT */
/* Classifying a wait status: a pure function. */
#include "stop.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

static bool is_stopping(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU;
}

static struct ct_stop of_event(int event, int sig)
{
	switch (event) {
	case PTRACE_EVENT_SECCOMP:
		return (struct ct_stop){ CT_STOP_SECCOMP, 0, 0 };
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
	case PTRACE_EVENT_CLONE:
		return (struct ct_stop){ CT_STOP_NEW_TASK, 0, event };
	case PTRACE_EVENT_EXEC:
		return (struct ct_stop){ CT_STOP_EXEC, 0, 0 };
	case PTRACE_EVENT_EXIT:
		return (struct ct_stop){ CT_STOP_ENDING, 0, 0 };
	case PTRACE_EVENT_STOP:
		return (struct ct_stop){ is_stopping(sig) ? CT_STOP_GROUP : CT_STOP_TRAP,
					 sig, 0 };
	default:
		return (struct ct_stop){ CT_STOP_OTHER, sig, event };
	}
}

struct ct_stop ct_stop_classify(int wait_status)
{
	int event, sig;

	if (WIFEXITED(wait_status))
		return (struct ct_stop){ CT_STOP_EXITED, WEXITSTATUS(wait_status), 0 };
	if (WIFSIGNALED(wait_status))
		return (struct ct_stop){ CT_STOP_KILLED, WTERMSIG(wait_status), 0 };
	event = (int)((unsigned int)wait_status >> 16);
	sig = WSTOPSIG(wait_status);
	if (event)
		return of_event(event, sig);
	/* the 0x80 comes from PTRACE_O_TRACESYSGOOD: a real SIGTRAP does not have it */
	if (sig == (SIGTRAP | 0x80))
		return (struct ct_stop){ CT_STOP_SYSCALL, 0, 0 };
	return (struct ct_stop){ CT_STOP_SIGNAL, sig, 0 };
}
