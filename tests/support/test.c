/* SPDX-License-Identifier: MIT */
/* Runs the registered tests: `test_x` all of them, `test_x NAME…` some, `-l` lists. */
#include "test.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define TIMEOUT_S 60

static struct test *tests;

void test_register(struct test *test)
{
	struct test **end = &tests;

	while (*end)
		end = &(*end)->next;
	*end = test;
}

void test_fail(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	_exit(1);
}

void test_check_str(const char *file, int line, const char *got, const char *want)
{
	if (!got || !want ? got != want : strcmp(got, want) != 0)
		test_fail(file, line, "got\n  %s\nwanted\n  %s", got ? got : "(null)",
			  want ? want : "(null)");
}

void test_check_int(const char *file, int line, int64_t got, int64_t want, const char *what)
{
	if (got != want)
		test_fail(file, line, "%s is %lld, wanted %lld", what, (long long)got,
			  (long long)want);
}

static int open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	if (!dir)
		return -1;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void run_child(const struct test *test)
{
	int before;

	alarm(TIMEOUT_S);
	before = open_descriptors();
	test->run();
	if (open_descriptors() != before)
		test_fail(test->file, 0, "%s leaves descriptors open", test->name);
	exit(0); /* not _exit: the leak checker runs at exit */
}

static bool run(const struct test *test)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (!pid)
		run_child(test);
	if (pid < 0 || waitpid(pid, &status, 0) < 0) {
		perror("fork");
		exit(1);
	}
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	if (WIFSIGNALED(status))
		fprintf(stderr, "%s: killed by signal %d\n", test->name, WTERMSIG(status));
	printf("not ok - %s\n", test->name);
	return false;
}

static bool wanted(const struct test *test, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++)
		if (!strcmp(*names, test->name))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	int passed = 0, failed = 0;

	(void)argc;
	if (argv[1] && !strcmp(argv[1], "-l")) {
		for (struct test *t = tests; t; t = t->next)
			puts(t->name);
		return 0;
	}
	for (struct test *t = tests; t; t = t->next)
		if (wanted(t, argv + 1)) {
			if (run(t))
				passed++;
			else
				failed++;
		}
	printf("%d passed, %d failed\n", passed, failed);
	return failed || !passed;
}
