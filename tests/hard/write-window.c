/* SPDX-License-Identifier: MIT */
/* Writes to files of /proc, however they were opened and whatever number the descriptor
 * has: data and result are recorded; writes to other files are not. */
#include "hard.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/uio.h>

#define ADJ "oom_score_adj"

static void put(const char *what, int fd, const char *data)
{
	tell(what, "gives", result_of(write(fd, data, strlen(data))));
}

static void by_dup(int proc)
{
	int fd = (int)MUST(openat(proc, ADJ, O_WRONLY | O_CLOEXEC));
	int copy = (int)MUST(dup(fd)), other = (int)MUST(fcntl(fd, F_DUPFD_CLOEXEC, 50));
	int out = (int)MUST(dup(STDOUT_FILENO));

	close(fd);
	put("dup", copy, "101");
	put("F_DUPFD", other, "102");
	/* as a shell does it for "echo 103 >file" */
	MUST(dup2(copy, STDOUT_FILENO));
	close(copy);
	MUST(write(STDOUT_FILENO, "103", 3));
	MUST(dup2(out, STDOUT_FILENO));
	close(out);
	put("after the window", STDOUT_FILENO, "not recorded\n");
	close(other);
}

int main(void)
{
	struct open_how how = { .flags = O_WRONLY | O_CLOEXEC };
	int proc = (int)MUST(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC)), fd;
	struct iovec parts[2] = { { (void *)"10", 2 }, { (void *)"5\n", 2 } };

	fd = (int)MUST(openat(proc, ADJ, O_WRONLY | O_CLOEXEC));
	put("openat", fd, "100");
	put("not a number", fd, "much");
	put("too large", fd, "5000");
	tell("a bad pointer", "gives", result_of(syscall(SYS_write, fd, 16, 3)));
	close(fd);
	by_dup(proc);
	fd = (int)MUST(syscall(SYS_openat2, proc, ADJ, &how, sizeof(how)));
	put("openat2", fd, "104");
	close(fd);
	fd = (int)MUST(open("/proc/self/" ADJ, O_RDWR));
	tell("pwrite", "gives", result_of(pwrite(fd, "106", 3, 0)));
	tell("writev", "gives", result_of(writev(fd, parts, 2)));
	close(fd);
	return 0;
}
