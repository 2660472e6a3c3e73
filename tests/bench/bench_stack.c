/* SPDX-License-Identifier: MIT */
/*
 * What a stack costs: bench_stack COMMAND [ARG…] copies the stack at every openat(2) of
 * the command, for which the task stands, then unwinds all copies, first with empty
 * caches. Status 1 if copying and unwinding, once warm, take more than they may; not with
 * --any, which shows that it works on a machine that is not a quiet one.
 */
#include "alloc.h"
#include "stack.h"

#include "cttrace/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STACK_SIZE 16384
#define ROUNDS     20
#define MOST_US    60 /* of a stack */

struct copy {
	pid_t tid;
	struct user_regs_struct regs;
	void *stack;
	size_t len;
	struct ct_strbuf maps;
};

struct copies {
	struct copy *items;
	size_t n, cap;
	double copying_us; /* of all */
};

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void read_maps(struct copy *copy)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	ssize_t n = 1;
	int fd;

	copy->maps = (struct ct_strbuf)CT_STRBUF_INIT;
	ct_strbuf_addf(&path, "/proc/%d/maps", (int)copy->tid);
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && n > 0) {
		ct_strbuf_reserve(&copy->maps, 4096);
		n = read(fd, copy->maps.data + copy->maps.len, 4096);
		copy->maps.len += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0)
		close(fd);
}

static void take(struct copies *copies, pid_t tid, const struct user_regs_struct *regs)
{
	struct copy *copy = ct_push(copies->items, copies->n, copies->cap);
	struct iovec local = { ct_alloc(STACK_SIZE), STACK_SIZE };
	struct iovec remote = { (void *)(uintptr_t)regs->rsp, STACK_SIZE };
	double start = now_us();
	ssize_t len = process_vm_readv(tid, &local, 1, &remote, 1, 0);

	copies->copying_us += now_us() - start;

	copy->tid = tid;
	copy->regs = *regs;
	copy->stack = local.iov_base;
	copy->len = len > 0 ? (size_t)len : 0;
	read_maps(copy);
}

static void on_stop(struct copies *copies, pid_t tid, int status)
{
	struct user_regs_struct regs = { 0 };
	int sig = WSTOPSIG(status);

	if (sig == (SIGTRAP | 0x80)) {
		ptrace(PTRACE_GETREGS, tid, 0, &regs);
		if (regs.orig_rax == SYS_openat && regs.rax == (unsigned long)-ENOSYS)
			take(copies, tid, &regs);
	}
	if (status >> 16 || sig == SIGSTOP || (sig & ~0x80) == SIGTRAP)
		sig = 0; /* a stop of ptrace only */
	ptrace(PTRACE_SYSCALL, tid, 0, sig);
}

static void trace(struct copies *copies, char **argv)
{
	pid_t tid = fork();
	int status;

	if (!tid) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (tid < 0 || waitpid(tid, &status, 0) < 0 || !WIFSTOPPED(status)) {
		fprintf(stderr, "%s cannot be traced\n", argv[0]);
		exit(1);
	}
	ptrace(PTRACE_SETOPTIONS, tid, 0,
	       PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE);
	ptrace(PTRACE_SYSCALL, tid, 0, 0);
	while ((tid = waitpid(-1, &status, __WALL)) > 0)
		if (WIFSTOPPED(status))
			on_stop(copies, tid, status);
}

/* One image of the last maps: those of all libraries, which is what the copies need. */
static double unwind_all(struct ct_stack *stack, const struct copies *copies,
			 size_t *n_frames)
{
	struct ct_arena arena = CT_ARENA_INIT;
	double start = now_us();

	*n_frames = 0;
	for (size_t i = 0; i < copies->n; i++) {
		const struct copy *copy = &copies->items[i];
		const struct ct_snapshot snapshot = { &copy->regs, copy->stack,
						      copy->len };
		struct ct_frame *frames;

		*n_frames += ct_stack_unwind(stack, 1, &snapshot, &frames, &arena);
		ct_arena_reset(&arena);
	}
	ct_arena_release(&arena);
	return (now_us() - start) / (double)copies->n;
}

static bool report(const struct copies *copies)
{
	const struct copy *last = &copies->items[copies->n - 1];
	struct ct_stack *stack = ct_stack_new();
	double start = now_us(), best = 1e9;
	double copying = copies->copying_us / (double)copies->n;
	size_t n_frames;

	ct_stack_add_maps(stack, 1, last->tid, last->maps.data, last->maps.len);
	printf("copying: %.1f us per stack\n", copying);
	printf("reading the files: %.0f us\n", now_us() - start);
	printf("first time: %.1f us per stack\n", unwind_all(stack, copies, &n_frames));
	for (int i = 0; i < ROUNDS; i++) {
		double us = unwind_all(stack, copies, &n_frames);

		best = us < best ? us : best;
	}
	printf("warm: %.1f us per stack (%zu stacks, %.1f frames each)\n", best,
	       copies->n, (double)n_frames / (double)copies->n);
	ct_stack_free(stack);
	return copying + best <= MOST_US;
}

int main(int argc, char **argv)
{
	struct copies copies = { 0 };
	bool fits, any = argc > 1 && !strcmp(argv[1], "--any");

	argc -= any;
	argv += any;
	if (argc < 2) {
		fprintf(stderr, "usage: bench_stack [--any] COMMAND [ARG...]\n");
		return 125;
	}
	trace(&copies, argv + 1);
	if (!copies.n) {
		fprintf(stderr, "%s opens no file\n", argv[1]);
		return 1;
	}
	fits = report(&copies);
	for (size_t i = 0; i < copies.n; i++) {
		free(copies.items[i].stack);
		ct_strbuf_release(&copies.items[i].maps);
	}
	free(copies.items);
	return fits || any ? 0 : 1;
}
