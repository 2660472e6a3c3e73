/* SPDX-License-Identifier: MIT */
/* A program of fixtures/, stopped where it calls getppid, and its stack. */
#ifndef CTTRACE_TESTS_FIXTURE_H
#define CTTRACE_TESTS_FIXTURE_H

#include "snapshot.h"

/* The chain of callers that fixtures/chain.c makes. */
#define CHAIN "getppid < chain_inner < chain_middle < chain_outer < main"

struct fixture {
	struct ct_stack *stack;
	struct stopped stopped;
	struct ct_frame *frames;
	size_t n;
	struct ct_arena arena;
};

/* Runs the program (in `root` if not NULL) up to its call. */
void fixture_open(struct fixture *f, const char *path, const char *root);
/* Gives the maps to f->stack, as image 1, and unwinds. */
void fixture_unwind(struct fixture *f);
void fixture_close(struct fixture *f);
/* The symbols up to main are these: "getppid < f < main". */
void fixture_check(const struct fixture *f, const char *chain);

#endif
