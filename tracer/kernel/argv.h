/* SPDX-License-Identifier: MIT */
/* The strings that an array of pointers in a tracee's memory leads to: argv, envp. */
#ifndef CTTRACE_KERNEL_ARGV_H
#define CTTRACE_KERNEL_ARGV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct ct_argv_room {
	char *buf;
	size_t len;
};

/*
 * Copies the strings one after the other, each with its NUL; `width`: bytes of a pointer.
 * How long that is, or -errno when there is nothing that can be read. *cut is set when
 * there is more: an array without an end, a string that is too long or not readable.
 */
ssize_t ct_argv_read(pid_t tid, uint64_t addr, size_t width, struct ct_argv_room room,
		     bool *cut);

#endif
