/* SPDX-License-Identifier: MIT */
/* The trial of newuidmap and newgidmap: maps ids as a rootless engine does. */
#include "trials.h"

#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct idmap {
	const char *program;
	const char *ranges; /* whose ids are whose: subuid(5), subgid(5) */
};

static const struct idmap idmaps[] = { { "newuidmap", "/etc/subuid" },
				       { "newgidmap", "/etc/subgid" } };

struct person {
	uid_t uid;
	gid_t gid;
	const char *name;
};

/* Who calls, also through sudo: root has no need of these programs. */
static struct person caller(void)
{
	const char *sudo = getenv("SUDO_UID");
	uid_t uid = getuid() == 0 && sudo ? (uid_t)strtoul(sudo, NULL, 10) : getuid();
	const struct passwd *entry = getpwuid(uid);

	return (struct person){ uid, entry ? entry->pw_gid : getgid(),
				entry ? entry->pw_name : "" };
}

static int become(const struct person *who)
{
	if (getuid() != 0)
		return 0;
	if (setresgid(who->gid, who->gid, who->gid) ||
	    setresuid(who->uid, who->uid, who->uid))
		return errno;
	/* else /proc/PID is root's, and newuidmap takes the process for another user's */
	return prctl(PR_SET_DUMPABLE, 1) ? errno : 0;
}

/* The first range of a person's own; false: there is none. */
static bool find_range(const char *path, const struct person *who, unsigned int *first,
		       unsigned int *count)
{
	FILE *in = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	bool found = false;

	while (in && !found && getline(&line, &size, in) > 0) {
		char *ids = strchr(line, ':'), *end;

		if (!ids)
			continue;
		*ids++ = '\0';
		if (strcmp(line, who->name) != 0 &&
		    (strtoul(line, &end, 10) != who->uid || *end || end == line))
			continue;
		*first = (unsigned int)strtoul(ids, &ids, 10);
		*count = *ids == ':' ? (unsigned int)strtoul(ids + 1, NULL, 10) : 0;
		found = *count > 0;
	}
	free(line);
	if (in)
		fclose(in);
	return found;
}

/* A process that waits in a user namespace of its own; -errno. */
static pid_t start_sleeper(void)
{
	int fds[2], error = EIO;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		error = unshare(CLONE_NEWUSER) ? errno : 0;
		if (write(fds[1], &error, sizeof(error)) < 0 || error)
			_exit(1);
		for (;;)
			pause();
	}
	close(fds[1]);
	if (pid > 0 && read(fds[0], &error, sizeof(error)) < 0)
		error = errno;
	close(fds[0]);
	if (pid > 0 && error)
		waitpid(pid, NULL, 0);
	return pid < 0 || error ? -error : pid;
}

static int map_ids(const struct idmap *map, pid_t pid, const struct person *who,
		   struct ct_strbuf *said)
{
	unsigned int own = map == idmaps ? who->uid : who->gid, first, count;
	char numbers[4][16], line[256];
	const char *const argv[] = { map->program, numbers[0], "0", numbers[1], "1", "1",
				     numbers[2],   numbers[3], NULL };
	int status;

	if (!find_range(map->ranges, who, &first, &count)) {
		ct_strbuf_addf(said, "%s has no range for user %u", map->ranges,
			       who->uid);
		return ENODATA;
	}
	snprintf(numbers[0], sizeof(numbers[0]), "%d", (int)pid);
	snprintf(numbers[1], sizeof(numbers[1]), "%u", own);
	snprintf(numbers[2], sizeof(numbers[2]), "%u", first);
	snprintf(numbers[3], sizeof(numbers[3]), "%u", count);
	status = ct_command_run(argv, true, line, sizeof(line));
	if (status < 0)
		return -status;
	ct_strbuf_adds(said, line);
	if (status == 0)
		ct_strbuf_addf(said, "%s%s gives %u ids from %u", said->len ? ", " : "",
			       map->ranges, count, first);
	return status == 0 ? 0 : EPERM;
}

int ct_try_idmap(struct ct_strbuf *said)
{
	struct person who = caller();
	pid_t sleeper;
	int error = 0;

	for (size_t i = 0; i < sizeof(idmaps) / sizeof(*idmaps); i++)
		if (!ct_command_exists(idmaps[i].program)) {
			ct_strbuf_addf(said, "there is no %s", idmaps[i].program);
			return ENOENT;
		}
	if (who.uid == 0) {
		ct_strbuf_adds(said, "not tried: root maps ids without them");
		return 0;
	}
	error = become(&who);
	if (error)
		return error;
	sleeper = start_sleeper();
	if (sleeper < 0)
		return -sleeper;
	for (size_t i = 0; !error && i < sizeof(idmaps) / sizeof(*idmaps); i++)
		error = map_ids(&idmaps[i], sleeper, &who, said);
	kill(sleeper, SIGKILL);
	waitpid(sleeper, NULL, 0);
	return error;
}
