/* SPDX-License-Identifier: MIT */
/* What is missing is what the real dynamic loader says is "not found". */
#include "search.h"

#include "cttrace/strbuf.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Names that are hidden from the search, between blanks. */
static int open_file(void *ctx, const char *path)
{
	const char *slash = strrchr(path, '/');
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
	int fd;

	ct_strbuf_addf(&name, " %s ", slash + 1);
	if (ctx && strstr(ctx, name.data))
		return -ENOENT;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* "leaf by branch" for each that is missing, by names without directories. */
static void search(struct ct_strbuf *out, const char *program, const char *library_path,
		   const char *hidden)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct ct_arena arena = CT_ARENA_INIT;
	const struct ct_search_host host = { .open = open_file,
					     .ctx = (void *)hidden,
					     .library_path = library_path };
	struct ct_search_result result;
	int fd;

	ct_strbuf_addf(&path, "%s%s", *program == '/' ? "" : FIXTURES, program);
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	CHECK(fd >= 0);
	result = ct_search(&host, fd, path.data, &arena);
	for (size_t i = 0; i < result.n; i++)
		ct_strbuf_addf(out, "%s by %s\n", result.items[i].library,
			       strrchr(result.items[i].needed_by, '/') + 1);
	close(fd);
	ct_arena_release(&arena);
}

static void expect(const char *program, const char *library_path, const char *hidden,
		   const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;

	search(&got, program, library_path, hidden);
	CHECK_STR(got.data, want);
}

/* How many libraries the loader of this machine does not find. */
static int count_not_found(const char *program, const char *library_path)
{
	CT_CLEANUP_STRBUF struct ct_strbuf command = CT_STRBUF_INIT;
	char *line = NULL;
	size_t cap = 0;
	FILE *out;
	int n = 0;

	ct_strbuf_addf(&command,
		       "LD_PRELOAD= LD_TRACE_LOADED_OBJECTS=1 LD_LIBRARY_PATH='%s' %s%s",
		       library_path ? library_path : "", FIXTURES, program);
	out = popen(command.data, "r");
	CHECK(out != NULL);
	while (getline(&line, &cap, out) > 0)
		n += strstr(line, "not found") != NULL;
	free(line);
	CHECK_INT(pclose(out), 0);
	return n;
}

static void check_as_loader(const char *program, const char *library_path,
			    const char *want)
{
	int lines = 0;

	for (const char *at = want; (at = strchr(at, '\n')); at++)
		lines++;
	CHECK_INT(count_not_found(program, library_path), lines);
	expect(program, library_path, NULL, want);
}

TEST(rpath_is_inherited_and_runpath_is_not)
{
	check_as_loader("loader_rpath", NULL, "");
	check_as_loader("loader_runpath", NULL, "libct_leaf.so by libct_branch.so\n");
	check_as_loader("loader_runpath", FIXTURES "b", "");
	check_as_loader("loader_runpath", "/no/such:" FIXTURES "b/../b", "");
	check_as_loader("loader_runpath", "/no/such",
			"libct_leaf.so by libct_branch.so\n");
}

TEST(each_missing_library_is_told_once_with_who_needs_it)
{
	expect("loader_rpath", NULL, " libct_leaf.so ",
	       "libct_leaf.so by libct_branch.so\n");
	expect("loader_rpath", NULL, " libct_branch.so ",
	       "libct_branch.so by loader_rpath\n");
	expect("loader_rpath", NULL, " libct_branch.so libc.so.6 ",
	       "libct_branch.so by loader_rpath\nlibc.so.6 by loader_rpath\n");
	expect("/bin/ls", NULL, NULL, "");
}

TEST(what_is_not_certain_is_not_told)
{
	/* a directory that is none of ours to understand */
	expect("loader_rpath", "$LIB/x", " libct_leaf.so libct_branch.so ", "");
	/* a text where a library should be: the loader has words of its own for that */
	expect("loader_runpath", FIXTURES "broken", NULL, "");
	expect("loader_runpath", "relative", NULL, "");
}
