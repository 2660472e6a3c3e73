/* SPDX-License-Identifier: MIT */
/* Looks for the libraries of a program as its dynamic loader does: glibc's or musl's. */
#ifndef CTTRACE_LOADER_SEARCH_H
#define CTTRACE_LOADER_SEARCH_H

#include "needs.h"

struct ct_search_host {
	/* Opens a regular file by its absolute path to read it; or -errno. */
	int (*open)(void *ctx, const char *path);
	void *ctx;
	struct ct_bytes cache;    /* of /etc/ld.so.cache; empty: there is none */
	const char *musl_path;    /* text of musl's /etc/ld-musl-ARCH.path; NULL */
	const char *library_path; /* LD_LIBRARY_PATH; NULL: not set, or not heeded */
};

struct ct_missing {
	const char *library, *needed_by; /* a name; the path of who asks for it */
};

struct ct_search_result {
	struct ct_missing *items; /* the arena's */
	size_t n;
};

/*
 * What the program lacks, and who needs it. Nothing is said if anything is not certain: a
 * file of another kind where a library should be, a name that is not absolute.
 */
struct ct_search_result ct_search(const struct ct_search_host *host, int program,
				  const char *path, struct ct_arena *arena);

#endif
