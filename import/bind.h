/* SPDX-License-Identifier: MIT */
/* Values of a log become the arguments of a call, by its row of syscalls.def. */
#ifndef CTTRACE_IMPORT_BIND_H
#define CTTRACE_IMPORT_BIND_H

#include "files.h"
#include "symbols.h"
#include "syscalls.h"

struct ct_log_binder {
	const struct ct_symbols *symbols;
	struct ct_arena *arena;
	struct ct_log_files *files;
	struct ct_log_cwd *cwd;
	int32_t tid, pid; /* of the caller: which /proc/PID is its own */
};

/* Fills call->args; row NULL: the call is not known, and neither are their names. */
void ct_log_bind(struct ct_event_call *call, const struct ct_syscall *row,
		 struct ct_span args, const struct ct_log_binder *binder);

#endif
