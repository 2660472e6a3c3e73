/* SPDX-License-Identifier: MIT */
/* Calls that a signal has interrupted only because the task is traced. */
#ifndef CTTRACE_KERNEL_RESTART_H
#define CTTRACE_KERNEL_RESTART_H

#include <sys/types.h>

/* At a signal-delivery-stop: if no handler will run, the call goes on as untraced. */
void ct_restart_if_unhandled(pid_t tid, int sig);

#endif
