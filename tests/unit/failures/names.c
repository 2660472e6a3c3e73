/* SPDX-License-Identifier: MIT */
/* Names of files that the program has found, against what /proc says of the same ones. */
#include "failures.h"
#include "plans.h"
#include "test.h"

#include "recbuf.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct ct_plan *plan(enum ct_arch arch, int64_t nr)
{
	static const struct ct_plan none = { .n_args = 0 };
	static const struct ct_plan open = { .name = "openat",
					     .n_args = 4,
					     .when = CT_WHEN_WRITE_OPEN,
					     .flags = CT_PLAN_OPEN | CT_PLAN_CHANGES,
					     .arg = { { CT_TAKE_FD, -1, 0 },
						      { CT_TAKE_PATH, 0, 0 } } };
	static const struct ct_plan write = { .name = "write",
					      .n_args = 3,
					      .when = CT_WHEN_STDERR,
					      .flags = CT_PLAN_WRITE,
					      .arg = { { CT_TAKE_FD, -1, 0 },
						       { CT_TAKE_SIZED, 2, 0 } } };
	static const struct ct_plan rmdir = { .name = "rmdir",
					      .n_args = 1,
					      .arg = { { CT_TAKE_PATH, -1, 0 } } };
	static const struct ct_plan change = { .name = "mkdirat",
					       .n_args = 3,
					       .flags = CT_PLAN_CHANGES,
					       .arg = { { CT_TAKE_FD, -1, 0 },
							{ CT_TAKE_PATH, 0, 0 } } };

	if (arch != CT_ARCH_X86_64)
		return &none;
	if (nr == SYS_mkdirat || nr == SYS_fchmodat || nr == SYS_utimensat ||
	    nr == SYS_unlinkat)
		return &change;
	if (nr == SYS_mount)
		return &plan_mount;
	if (nr == SYS_openat)
		return &open;
	if (nr == SYS_write)
		return &write;
	return nr == SYS_rmdir ? &rmdir : &none;
}

struct seen {
	struct ct_recbuf rb[8]; /* copies */
	int n;
};

static void take(void *ctx, const struct ct_record *rec)
{
	struct seen *seen = ctx;

	if (seen->n == 8)
		return;
	seen->rb[seen->n].data = memcpy(malloc(rec->size), rec, rec->size);
	seen->rb[seen->n++].len = rec->size;
}

static struct ct_failures *open_or_skip(void)
{
	struct ct_failures_config config = { .plan = plan };
	struct ct_error err = { 0 };
	struct ct_failures *f = ct_failures_open(&config, &err);

	if (f && ct_failures_sees_files(f))
		return f;
	printf("skipped: %s\n", f ? "no names of files on this kernel" : err.text);
	ct_failures_free(f);
	return NULL;
}

static void check_name(const struct seen *seen, int i, enum ct_blob_kind kind,
		       unsigned int arg, const char *want)
{
	const struct ct_blob *blob;

	CHECK(i < seen->n);
	blob = ct_record_find(ct_recbuf_record(&seen->rb[i]), kind, arg);
	CHECK(blob);
	CHECK_INT(blob->len, strlen(want));
	CHECK(!memcmp(ct_blob_bytes(blob), want, blob->len));
}

static void name_of(int fd, char name[PATH_MAX])
{
	char link[32];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, name, PATH_MAX - 1);
	CHECK(n > 0);
	name[n] = '\0';
}

/* Of who lives in a container also what changes a file, and what may: not what reads. */
TEST(changes_of_files_are_told_of_who_is_inside)
{
	struct ct_failures *f = open_or_skip();
	struct ct_task_id self = { (int32_t)syscall(SYS_gettid), 7 };
	char dir[] = "/tmp/cttrace-changes.XXXXXX", cwd[PATH_MAX];
	struct seen seen = { 0 };
	static const struct {
		int nr;
		const char *path;
	} want[] = {
		{ SYS_openat, "made" },       { SYS_fchmodat, "made" },
		{ SYS_utimensat, "made" },    { SYS_unlinkat, "made" },
		{ SYS_mkdirat, "directory" },
	};

	if (!f)
		return;
	CHECK(mkdtemp(dir) && !chdir(dir) && getcwd(cwd, sizeof(cwd)));
	for (int inside = 0; inside < 2; inside++) {
		CHECK(ct_failures_watch(f, self, false, inside));
		close(openat(AT_FDCWD, "made", O_RDWR | O_CREAT | O_CLOEXEC, 0600));
		close(openat(AT_FDCWD, "made", O_RDONLY | O_CLOEXEC));
		syscall(SYS_fchmodat, AT_FDCWD, "made", 0644);
		syscall(SYS_utimensat, AT_FDCWD, "made", NULL, 0);
		syscall(SYS_unlinkat, AT_FDCWD, "made", 0);
		syscall(SYS_mkdirat, AT_FDCWD, "directory", 0755);
		ct_failures_unwatch(f, self);
		rmdir("directory");
	}
	ct_failures_drain(f, take, &seen);
	CHECK(!chdir("/") && !rmdir(dir));

	CHECK_INT(seen.n, sizeof(want) / sizeof(want[0]));
	for (int i = 0; i < seen.n; i++) {
		CHECK_INT(ct_recbuf_record(&seen.rb[i])->nr, want[i].nr);
		check_name(&seen, i, CT_BLOB_STR, 1, want[i].path);
		check_name(&seen, i, CT_BLOB_DIR, 1, cwd);
		free(seen.rb[i].data);
	}
	ct_failures_free(f);
}

TEST(names_are_those_that_proc_tells)
{
	struct ct_failures *f = open_or_skip();
	struct ct_task_id self = { (int32_t)syscall(SYS_gettid), 7 };
	int dir, comm, null, pipes[2];
	char cwd[PATH_MAX], name[PATH_MAX];
	struct seen seen = { 0 };

	if (!f)
		return;
	dir = open("/proc/sys/kernel", O_DIRECTORY | O_CLOEXEC);
	CHECK(getcwd(cwd, sizeof(cwd)) && !pipe(pipes));
	CHECK(ct_failures_watch(f, self, false, false));
	rmdir("no/such/name");                    /* 0: from the working directory */
	CHECK(openat(dir, "none", O_RDONLY) < 0); /* 1: from a descriptor */
	comm = open("/proc/self/comm", O_WRONLY); /* 2: a key call */
	CHECK(write(comm, "tested", 6) == 6);     /* 3: to a file of the kernel */
	null = open("/dev/null", O_RDONLY);       /* no key call */
	CHECK(write(pipes[1], "data", 4) == 4);   /* to nobody's interest */
	CHECK(write(null, "data", 4) < 0);        /* 4: fails */
	ct_failures_unwatch(f, self);
	ct_failures_drain(f, take, &seen);

	CHECK_INT(seen.n, 5);
	check_name(&seen, 0, CT_BLOB_DIR, 0, cwd);
	check_name(&seen, 1, CT_BLOB_DIR, 1, "/proc/sys/kernel");
	check_name(&seen, 1, CT_BLOB_LINK, 0, "/proc/sys/kernel");
	CHECK_INT(ct_recbuf_record(&seen.rb[2])->ret, comm);
	name_of(comm, name);
	check_name(&seen, 3, CT_BLOB_LINK, 0, name);
	check_name(&seen, 3, CT_BLOB_MEM, 1, "tested");
	check_name(&seen, 4, CT_BLOB_LINK, 0, "/dev/null");
	for (int i = 0; i < seen.n; i++)
		free(seen.rb[i].data);
	for (int i = 0; i < 2; i++)
		close(pipes[i]);
	close(dir);
	close(comm);
	close(null);
	ct_failures_free(f);
}

static bool has_target(const struct seen *seen, int i, unsigned int arg)
{
	return ct_record_find(ct_recbuf_record(&seen->rb[i]), CT_BLOB_TARGET, arg);
}

TEST(magic_links_to_descriptors_are_followed)
{
	struct ct_failures *f = open_or_skip();
	struct ct_task_id self = { (int32_t)syscall(SYS_gettid), 7 };
	char source[64], target[64];
	struct seen seen = { 0 };
	int dir;

	if (!f)
		return;
	dir = open("/proc/sys/kernel", O_DIRECTORY | O_CLOEXEC);
	snprintf(source, sizeof(source), "/proc/thread-self/fd/%d/none", dir);
	snprintf(target, sizeof(target), "/proc/self/fd/%d", dir);
	CHECK(ct_failures_watch(f, self, false, false));
	CHECK(mount(source, target, "fuse", MS_BIND, "data") < 0); /* 0 */
	CHECK(mount("/proc/self/fd/99999999", "/proc/self/fd/", "", MS_BIND, "") <
	      0);                                                            /* 1: none */
	CHECK(mount("/proc/none", "/proc/self/fd/1x", "", MS_BIND, "") < 0); /* 2: none */
	ct_failures_unwatch(f, self);
	ct_failures_drain(f, take, &seen);

	CHECK_INT(seen.n, 3);
	check_name(&seen, 0, CT_BLOB_TARGET, 0, "/proc/sys/kernel");
	check_name(&seen, 0, CT_BLOB_TARGET, 1, "/proc/sys/kernel");
	check_name(&seen, 0, CT_BLOB_STR, 2, "fuse");
	check_name(&seen, 0, CT_BLOB_STR, 4, "data");
	for (int i = 1; i < 3; i++)
		CHECK(!has_target(&seen, i, 0) && !has_target(&seen, i, 1));
	for (int i = 0; i < seen.n; i++)
		free(seen.rb[i].data);
	close(dir);
	ct_failures_free(f);
}
