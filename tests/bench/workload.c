/* SPDX-License-Identifier: MIT */
/*
 * workload WHAT N: N failing calls, N files opened for writing, N host names set, N
 * calls that cttrace, too, does not see without a stop, N short processes, or N threads
 * at once; or, with "memory", nothing. The last line of stderr says how much memory the
 * tracer has had resident at most, in KiB (0: there is none).
 */
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static bool fail_calls(long n)
{
	for (long i = 0; i < n; i++)
		if (!umount2("/no/such/mount", MNT_DETACH))
			return false;
	return true;
}

static bool open_files(long n)
{
	for (long i = 0; i < n; i++) {
		int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

		if (fd < 0)
			return false;
		close(fd);
	}
	return true;
}

/* The name that it has. */
static bool set_names(long n)
{
	char name[HOST_NAME_MAX + 1];

	if (gethostname(name, sizeof(name)))
		return false;
	for (long i = 0; i < n; i++)
		if (sethostname(name, strlen(name)))
			return false;
	return true;
}

/* The ids that it has: what a task may do afterwards is read while it stands still. */
static bool stop_often(long n)
{
	for (long i = 0; i < n; i++)
		if (setresuid((uid_t)-1, (uid_t)-1, (uid_t)-1))
			return false;
	return true;
}

static bool start_processes(long n)
{
	for (long i = 0; i < n; i++) {
		pid_t pid = fork();

		if (!pid)
			_exit(0);
		if (pid < 0 || waitpid(pid, NULL, 0) != pid)
			return false;
	}
	return true;
}

static void *meet(void *barrier)
{
	pthread_barrier_wait(barrier);
	return NULL;
}

/* All of them live when the last one comes. */
static bool start_threads(long n)
{
	pthread_t *threads = calloc((size_t)n, sizeof(*threads));
	pthread_barrier_t barrier;
	pthread_attr_t small;
	bool fine = threads != NULL;

	pthread_barrier_init(&barrier, NULL, (unsigned int)n + 1);
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 65536);
	for (long i = 0; fine && i < n; i++)
		fine = !pthread_create(&threads[i], &small, meet, &barrier);
	if (!fine)
		exit(1); /* those that wait would wait forever */
	pthread_barrier_wait(&barrier);
	for (long i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	free(threads);
	return true;
}

static bool do_nothing(long n)
{
	(void)n;
	return true;
}

/* The number behind `key` in /proc/PID/status; 0: it is not there. */
static long status_number(const char *pid, const char *key)
{
	char *path = NULL, *line = NULL;
	size_t cap = 0;
	long number = 0;
	FILE *in;

	if (asprintf(&path, "/proc/%s/status", pid) < 0)
		return 0;
	in = fopen(path, "re");
	free(path);
	while (in && getline(&line, &cap, in) > 0)
		if (!strncmp(line, key, strlen(key)))
			number = strtol(line + strlen(key), NULL, 10);
	free(line);
	if (in)
		fclose(in);
	return number;
}

static void tell_memory(void)
{
	long tracer = status_number("self", "TracerPid:");
	char *pid = NULL;

	if (tracer && asprintf(&pid, "%ld", tracer) < 0)
		return;
	fprintf(stderr, "%ld\n", pid ? status_number(pid, "VmHWM:") : 0);
	free(pid);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		bool (*run)(long n);
	} kinds[] = {
		{ "calls", fail_calls },          { "opens", open_files },
		{ "names", set_names },           { "stops", stop_often },
		{ "processes", start_processes }, { "threads", start_threads },
		{ "memory", do_nothing },
	};

	for (size_t i = 0; argc == 3 && i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(argv[1], kinds[i].name) != 0)
			continue;
		if (!kinds[i].run(strtol(argv[2], NULL, 10)))
			return 1;
		tell_memory();
		return 0;
	}
	fputs("usage: workload calls|opens|names|stops|processes|threads|memory N\n",
	      stderr);
	return 125;
}
