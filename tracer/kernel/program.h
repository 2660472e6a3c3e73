/* SPDX-License-Identifier: MIT */
/* Why an execve failed: what the file is, and whether its interpreter exists. */
#ifndef CTTRACE_KERNEL_PROGRAM_H
#define CTTRACE_KERNEL_PROGRAM_H

#include "recbuf.h"

/* Adds what the file is that the call in `rb` could not execute. */
void ct_program_capture(struct ct_recbuf *rb, pid_t tid);

#endif
