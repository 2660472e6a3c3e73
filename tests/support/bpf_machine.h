/* SPDX-License-Identifier: MIT */
/* Classic BPF for seccomp as plainly as it can be run: what other runs are compared with.
 */
#ifndef CTTRACE_TESTS_BPF_MACHINE_H
#define CTTRACE_TESTS_BPF_MACHINE_H

#include "program.h"

#include <linux/seccomp.h>
#include <stdint.h>

/* What the program returns for this call. */
uint32_t bpf_machine_run(const struct ct_bpf_program *program,
			 const struct seccomp_data *data);

#endif
