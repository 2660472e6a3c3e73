/* SPDX-License-Identifier: MIT */
/* Any bytes as a program, all of its libraries, the loader's cache and its paths: what is
 * said to be missing is something that was needed. */
/* links: ct_loader */
#include "fuzz.h"

#include "search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct files {
	const uint8_t *data;
	size_t size, opened;
};

static int file_of(const struct files *files)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, files->data, files->size) != (ssize_t)files->size)
		abort();
	return fd;
}

/* Every third path is there. */
static int open_some(void *ctx, const char *path)
{
	struct files *files = ctx;

	if (*path != '/')
		abort();
	return files->opened++ % 3 == 2 ? file_of(files) : -ENOENT;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct files files = { data, size, 0 };
	char *text = strndup((const char *)data, size);
	struct ct_search_host host = { .open = open_some,
				       .ctx = &files,
				       .cache = { data, size },
				       .musl_path = size % 2 ? text : NULL,
				       .library_path = size % 4 < 2 ? text : NULL };
	struct ct_arena arena = CT_ARENA_INIT;
	int program = file_of(&files);
	struct ct_search_result result = ct_search(&host, program, "/program", &arena);

	for (size_t i = 0; i < result.n; i++)
		if (!*result.items[i].library || !*result.items[i].needed_by)
			abort();
	close(program);
	free(text);
	ct_arena_release(&arena);
	return 0;
}
