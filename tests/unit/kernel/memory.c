/* SPDX-License-Identifier: MIT */
/* Reading memory up to the edge of what is mapped; of this process itself. */
#include "memory.h"
#include "argv.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096

/* Two pages, the second one not readable. */
static char *edge(void)
{
	char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(pages != MAP_FAILED);
	memset(pages, 'x', PAGE);
	munmap(pages + PAGE, PAGE);
	return pages;
}

TEST(reads_up_to_the_edge)
{
	char *pages = edge(), buf[2 * PAGE];

	CHECK_INT(ct_memory_read(getpid(), (uintptr_t)pages + 10, buf, sizeof(buf)),
		  PAGE - 10);
	CHECK_INT(ct_memory_read(getpid(), (uintptr_t)pages + PAGE, buf, 1), -EFAULT);
	CHECK_INT(ct_memory_read(getpid(), 0, buf, 1), -EFAULT);
}

TEST(strings_at_the_edge)
{
	char *pages = edge(), buf[8192];
	int cut;

	CHECK_INT(ct_memory_read_string(getpid(), (uintptr_t)pages + PAGE - 5, buf,
					sizeof(buf), &cut),
		  5);
	CHECK_INT(cut, 1);
	pages[PAGE - 1] = '\0';
	CHECK_INT(ct_memory_read_string(getpid(), (uintptr_t)pages + PAGE - 5, buf,
					sizeof(buf), &cut),
		  4);
	CHECK_INT(cut, 0);
	CHECK_INT(
		ct_memory_read_string(getpid(), (uintptr_t)pages, buf, sizeof(buf), &cut),
		PAGE - 1);
	CHECK_INT(ct_memory_read_string(getpid(), (uintptr_t)pages, buf, 100, &cut), 100);
	CHECK_INT(cut, 1);
}

TEST(an_argv_is_read_whole)
{
	enum { STRINGS = 40 }; /* more than are read at once */
	char *pages = edge(), buf[4096], expected[4096], *at = expected;
	const char *argv[STRINGS + 1] = { NULL };
	struct ct_argv_room room = { buf, sizeof(buf) };
	bool cut = false;
	ssize_t n;

	for (int i = 0; i < STRINGS; i++) {
		char *string = pages + i * 20;

		sprintf(string, "argument %d", i);
		argv[i] = string;
	}
	/* a long one, one that ends with its page, and an empty one */
	memset(pages + 2000, 'x', 500);
	argv[3] = pages + 2000;
	strcpy(pages + PAGE - 5, "last");
	argv[17] = pages + PAGE - 5;
	argv[39] = "";
	for (int i = 0; i < STRINGS; i++)
		at = stpcpy(at, argv[i]) + 1;
	n = ct_argv_read(getpid(), (uintptr_t)argv, sizeof(*argv), room, &cut);
	CHECK_INT(n, at - expected);
	CHECK(!cut && !memcmp(buf, expected, (size_t)(at - expected)));
	room.len = 100;
	n = ct_argv_read(getpid(), (uintptr_t)argv, sizeof(*argv), room, &cut);
	CHECK(cut && n <= 100 && !memcmp(buf, expected, (size_t)n - 1));
	cut = false;
	room.len = sizeof(buf);
	argv[5] = pages + PAGE; /* not mapped */
	n = ct_argv_read(getpid(), (uintptr_t)argv, sizeof(*argv), room, &cut);
	CHECK(cut && n > 0 && !memcmp(buf, expected, (size_t)n));
	munmap(pages, PAGE);
}
