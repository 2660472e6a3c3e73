/* SPDX-License-Identifier: MIT */
/* Reading memory up to the edge of what is mapped; of this process itself. */
#include "memory.h"
#include "test.h"

#include <errno.h>
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
