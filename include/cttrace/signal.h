/* SPDX-License-Identifier: MIT */
/* Names of signals. */
#ifndef CTTRACE_SIGNAL_H
#define CTTRACE_SIGNAL_H

/* "SIGKILL" for 9, "SIGRT_3" for 35 (as strace counts); "?" for no signal. Never NULL. */
const char *ct_signal_name(int signal);

#endif
