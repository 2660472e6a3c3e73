/* SPDX-License-Identifier: MIT */
/*
 * Linked with --wrap=_exit into the build that counts lines: a process that ends without
 * its exit handlers, as the tracer does, has its counters written, too.
 */
#include <unistd.h>

void dump_counters(void) __asm__("__gcov_dump");

#define REAL __asm__("__real__exit")
#define WRAP __asm__("__wrap__exit")

void real_exit(int status) REAL __attribute__((noreturn));
void wrap_exit(int status) WRAP __attribute__((noreturn));

void wrap_exit(int status)
{
	dump_counters();
	real_exit(status);
}
