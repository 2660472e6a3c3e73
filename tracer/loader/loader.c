/* SPDX-License-Identifier: MIT */
/*
 * The task stands before its exit_group: its root directory, its mounts and its
 * environment are still those that the loader had.
 */
#include "loader.h"

#include "cttrace/strbuf.h"
#include "machine.h"
#include "procfs.h"
#include "rooted.h"
#include "search.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CACHE_MAX   ((size_t)4 << 20)
#define ENVIRON_MAX ((size_t)1 << 20)
#define MOUNTS_MAX  ((size_t)1 << 20)

static struct ct_strbuf read_all(int fd, size_t max)
{
	struct ct_strbuf text = CT_STRBUF_INIT;
	ssize_t n = 1;

	while (fd >= 0 && n > 0 && text.len < max) {
		ct_strbuf_reserve(&text, 65536);
		n = read(fd, text.data + text.len, 65536);
		text.len += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0)
		close(fd);
	ct_strbuf_addc(&text, '\0');
	text.len--;
	return text;
}

static int open_proc(pid_t tid, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", tid, name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/*
 * A file system that a process serves: if that is a tracee, it waits for us, and we must
 * not wait for it.
 */
static bool has_served_mounts(pid_t tid)
{
	static const char *const types[] = { " - fuse", " - autofs" };
	CT_CLEANUP_STRBUF struct ct_strbuf mounts =
		read_all(open_proc(tid, "mountinfo"), MOUNTS_MAX);
	bool served = !mounts.len || mounts.len >= MOUNTS_MAX;

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		served |= strstr(mounts.data, types[i]) != NULL;
	return served;
}

/* Only regular files are opened: a device may do something when it is. */
static int open_rooted(void *ctx, const char *path)
{
	const int *root = ctx;
	int looked = ct_rooted_open(*root, path, O_PATH), fd = -EACCES;
	char link[32];
	struct stat st;

	if (looked < 0)
		return looked;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", looked);
	if (!fstat(looked, &st) && S_ISREG(st.st_mode))
		fd = open(link, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	close(looked);
	return fd < 0 ? -EACCES : fd;
}

/* -------- what the loader was told -------- */

/* A program with more rights than its caller heeds nothing of the environment. */
static bool is_secure(pid_t tid)
{
	CT_CLEANUP_STRBUF struct ct_strbuf auxv =
		read_all(open_proc(tid, "auxv"), 64 * sizeof(Elf64_auxv_t));
	Elf64_auxv_t entry;

	for (size_t at = 0; at + sizeof(entry) <= auxv.len; at += sizeof(entry)) {
		memcpy(&entry, auxv.data + at, sizeof(entry));
		if (entry.a_type == AT_SECURE)
			return entry.a_un.a_val;
	}
	return false;
}

static const char *library_path_of(pid_t tid, struct ct_arena *arena)
{
	static const char name[] = "LD_LIBRARY_PATH=";
	CT_CLEANUP_STRBUF struct ct_strbuf vars =
		read_all(open_proc(tid, "environ"), ENVIRON_MAX);

	for (size_t at = 0; at < vars.len; at += strlen(vars.data + at) + 1)
		if (!strncmp(vars.data + at, name, strlen(name)))
			return is_secure(tid)
				       ? NULL
				       : ct_arena_strdup(arena,
							 vars.data + at + strlen(name));
	return NULL;
}

/* The program's path as the task sees it: links of /proc are seen from our root. */
static const char *program_of(pid_t tid, struct ct_arena *arena)
{
	char exe[PATH_MAX], root[PATH_MAX];
	ssize_t n = ct_procfs_link(tid, "exe", exe, sizeof(exe));
	ssize_t n_root = ct_procfs_link(tid, "root", root, sizeof(root));
	size_t skip = 0;

	if (n < 0 || n_root < 0)
		return "";
	if (n_root > 1 && n > n_root && !memcmp(exe, root, (size_t)n_root) &&
	    exe[n_root] == '/')
		skip = (size_t)n_root;
	return ct_arena_strndup(arena, exe + skip, (size_t)n - skip);
}

/* -------- the answer -------- */

static void add(struct ct_recbuf *rb, const struct ct_search_result *result)
{
	CT_CLEANUP_STRBUF struct ct_strbuf pairs = CT_STRBUF_INIT;

	for (size_t i = 0; i < result->n; i++) {
		ct_strbuf_add(&pairs, result->items[i].library,
			      strlen(result->items[i].library) + 1);
		ct_strbuf_add(&pairs, result->items[i].needed_by,
			      strlen(result->items[i].needed_by) + 1);
	}
	ct_recbuf_blob(rb, CT_BLOB_MISSING, CT_BLOB_TASK, pairs.data, pairs.len);
}

static bool look(struct ct_recbuf *rb, pid_t tid, int root, int program,
		 struct ct_arena *arena)
{
	CT_CLEANUP_STRBUF struct ct_strbuf cache =
		read_all(open_rooted(&root, "/etc/ld.so.cache"), CACHE_MAX);
	CT_CLEANUP_STRBUF struct ct_strbuf musl = read_all(
		open_rooted(&root, "/etc/ld-musl-" CT_MACHINE_NAME ".path"), ENVIRON_MAX);
	const struct ct_search_host host = {
		.open = open_rooted,
		.ctx = &root,
		.cache = { (const uint8_t *)cache.data, cache.len },
		.musl_path = musl.len ? musl.data : NULL,
		.library_path = library_path_of(tid, arena),
	};
	struct ct_search_result result =
		ct_search(&host, program, program_of(tid, arena), arena);

	if (result.n)
		add(rb, &result);
	return result.n;
}

bool ct_loader_find_missing(struct ct_recbuf *rb, pid_t tid)
{
	struct ct_arena arena = CT_ARENA_INIT;
	int root, program;
	bool found = false;

	if (has_served_mounts(tid))
		return false;
	root = ct_rooted_root(tid);
	program = open_proc(tid, "exe");
	if (root >= 0 && program >= 0)
		found = look(rb, tid, root, program, &arena);
	if (root >= 0)
		close(root);
	if (program >= 0)
		close(program);
	ct_arena_release(&arena);
	return found;
}
