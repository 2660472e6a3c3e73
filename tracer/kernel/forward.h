/* SPDX-License-Identifier: MIT */
/* Signals that the front end passes on to the command: as their sender sent them, once. */
#ifndef CTTRACE_KERNEL_FORWARD_H
#define CTTRACE_KERNEL_FORWARD_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/signalfd.h>
#include <sys/types.h>

/*
 * The front end and the command are one process group, as without a tracer. Who signals
 * the front end alone means the command; who signals the group has reached it already.
 * The kernel does not say which it was. So the front end passes on everything, marked,
 * and the tracer, who sees what the command gets, leaves out the second of two: the same
 * signal from the same process, within a second.
 */
#define CT_SIGNALS 32 /* the real-time ones are never passed on */

struct ct_forwarding {
	struct ct_forwarded {
		pid_t sender;
		int64_t t_ns;
	} direct[CT_SIGNALS], passed[CT_SIGNALS]; /* the last ones, by number */
};

/* Is this a signal that is passed on? */
bool ct_forward_is(int sig);

/* Passes on what a person or a process has sent to us. */
void ct_forward_send(pid_t command, const struct signalfd_siginfo *si);

/*
 * At a signal-delivery-stop of the command, with what PTRACE_GETSIGINFO says. False: the
 * command has had it. A marked one gets back what its sender wrote: then it is `changed`.
 */
bool ct_forward_take(struct ct_forwarding *forwarding, siginfo_t *info, int64_t t_ns,
		     bool *changed);

#endif
