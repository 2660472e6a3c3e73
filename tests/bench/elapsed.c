/* SPDX-License-Identifier: MIT */
/*
 * elapsed [-m] COMMAND…: how many microseconds a command takes, without a shell in
 * between; with -m also how many KiB it, or a child that it waited for, had resident at
 * most, and how many microseconds of CPU time they took.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static long long us_of(const struct timeval *t)
{
	return t->tv_sec * 1000000LL + t->tv_usec;
}

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t files;
	struct rusage usage;
	int64_t start;
	bool memory = argc > 1 && !strcmp(argv[1], "-m");
	int error, status;
	pid_t pid;

	argc -= memory;
	argv += memory;
	if (argc < 2) {
		fputs("usage: elapsed [-m] COMMAND…\n", stderr);
		return 125;
	}
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	start = now_us();
	error = posix_spawnp(&pid, argv[1], &files, NULL, argv + 1, environ);
	if (error) {
		fprintf(stderr, "%s: %s\n", argv[1], strerror(error));
		return 127;
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return 125;
	/* The end is now: what comes after the last wait is not the command's. */
	printf("%lld", (long long)(now_us() - start));
	if (memory && !getrusage(RUSAGE_CHILDREN, &usage))
		printf(" %ld %lld", usage.ru_maxrss,
		       us_of(&usage.ru_utime) + us_of(&usage.ru_stime));
	putchar('\n');
	posix_spawn_file_actions_destroy(&files);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
