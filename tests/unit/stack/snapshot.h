/* SPDX-License-Identifier: MIT */
/* Stops a real program at a system call and copies what the engine would copy. */
#ifndef CTTRACE_TESTS_SNAPSHOT_H
#define CTTRACE_TESTS_SNAPSHOT_H

#include "cttrace/strbuf.h"
#include "stack.h"

struct stopped {
	pid_t pid; /* stopped in the call */
	struct user_regs_struct regs;
	char stack[16384];
	struct ct_snapshot snapshot; /* of the two above */
	struct ct_strbuf maps;
};

struct run {
	const char *const *argv; /* ended by NULL */
	const char *root;        /* chroot there; NULL: stay here */
	bool detached;           /* run argv[0] from a mount that is attached nowhere */
	long nr;                 /* stop at the entry of this call … */
	/* … and when this accepts what was copied (NULL: at the first one) */
	bool (*matches)(const struct stopped *stopped, void *ctx);
	void *ctx;
};

/* Runs argv and stops it there. The test fails when the program ends before. */
void stop_at(struct stopped *stopped, const struct run *run);
/* Ends the program; what was copied stays. */
void stopped_kill(struct stopped *stopped);
void stopped_release(struct stopped *stopped);

/* The symbols, innermost first, up to and with `last`: "getppid < f < main". */
void describe(const struct ct_frame *frames, size_t n, const char *last,
	      struct ct_strbuf *text);

#endif
