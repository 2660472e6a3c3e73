/* SPDX-License-Identifier: MIT */
/* A look through /proc. */
#include "find.h"

#include "alloc.h"
#include "cttrace/strbuf.h"
#include "procfs.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void ct_pids_add(struct ct_pids *pids, pid_t pid)
{
	for (size_t i = 0; i < pids->n; i++)
		if (pids->pid[i] == pid)
			return;
	pids->pid = ct_realloc(pids->pid, pids->n + 1, sizeof(*pids->pid));
	pids->pid[pids->n++] = pid;
}

/* The name of its file: of a process that has named itself, or whose name is too long. */
static bool runs(pid_t pid, const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf exe = CT_STRBUF_INIT;
	const char *slash;
	ssize_t n;

	ct_strbuf_reserve(&exe, PATH_MAX);
	n = ct_procfs_link(pid, "exe", exe.data, PATH_MAX);
	if (n <= 0)
		return false;
	exe.data[n] = '\0';
	slash = strrchr(exe.data, '/');
	return slash && !strcmp(slash + 1, name);
}

size_t ct_pids_find(struct ct_pids *pids, const char *name)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	size_t found = 0;

	while (dir && (entry = readdir(dir))) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
		char comm[64];

		if (pid <= 0 || pid == getpid())
			continue;
		ct_procfs_comm(pid, comm, sizeof(comm));
		if (strcmp(comm, name) != 0 && !runs(pid, name))
			continue;
		ct_pids_add(pids, pid);
		found++;
	}
	if (dir)
		closedir(dir);
	return found;
}
