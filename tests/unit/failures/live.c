/* SPDX-License-Identifier: MIT */
/* The program in this kernel: this test's own failing calls. Nothing to test without BPF.
 */
#include "failures.h"
#include "test.h"

#include "recbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define LONG_NAME 3000

static const struct ct_plan *plan(enum ct_arch arch, int64_t nr)
{
	static const struct ct_plan any = { .n_args = 6 };
	static const struct ct_plan quiet = { .n_args = 1, .flags = CT_PLAN_QUIET };
	static const struct ct_plan path = { .n_args = 1,
					     .flags = CT_PLAN_KEEP,
					     .arg = { { CT_TAKE_PATH, -1, 0 } } };
	static const struct ct_plan write = {
		.n_args = 3, .arg = { { CT_TAKE_FD, -1, 0 }, { CT_TAKE_SIZED, 2, 0 } }
	};
	static const struct ct_plan vector = {
		.n_args = 3, .arg = { { CT_TAKE_FD, -1, 0 }, { CT_TAKE_IOV, 2, 0 } }
	};
	static const struct ct_plan three = { .n_args = 5,
					      .arg = { { CT_TAKE_PATH, -1, 0 },
						       { CT_TAKE_PATH, -1, 0 },
						       { CT_TAKE_STR, -1, 0 } } };

	if (arch != CT_ARCH_X86_64)
		return nr == 40 ? &path : &any; /* i386: rmdir */
	switch (nr) {
	case SYS_writev:
		return &vector;
	case SYS_dup:
		return &quiet;
	case SYS_rmdir:
	case SYS_chdir:
		return &path;
	case SYS_write:
		return &write;
	case SYS_mount:
		return &three;
	default:
		return &any;
	}
}

struct seen {
	struct ct_recbuf rb[8]; /* copies */
	int n, gaps;
	int64_t lost;
};

static void take(void *ctx, const struct ct_record *rec)
{
	struct seen *seen = ctx;

	if (rec->kind == CT_RECORD_GAP) {
		seen->gaps++;
		seen->lost += rec->ret;
		return;
	}
	if (seen->n == 8)
		return;
	seen->rb[seen->n].data = memcpy(malloc(rec->size), rec, rec->size);
	seen->rb[seen->n++].len = rec->size;
}

static struct ct_failures *open_with(const struct ct_failures_config *config)
{
	struct ct_error err = { 0 };
	struct ct_failures *f = ct_failures_open(config, &err);

	if (!f)
		printf("skipped: %s\n", err.text);
	return f;
}

static struct ct_failures *open_or_skip(size_t ring_bytes)
{
	return open_with(
		&(struct ct_failures_config){ .plan = plan, .ring_bytes = ring_bytes });
}

static struct ct_task_id self(void)
{
	return (struct ct_task_id){ (int32_t)syscall(SYS_gettid), 42 };
}

static void check_text(const struct ct_record *rec, enum ct_blob_kind kind,
		       unsigned int arg, const char *want)
{
	const struct ct_blob *blob = ct_record_find(rec, kind, arg);

	CHECK(blob);
	CHECK_INT(blob->len, strlen(want));
	CHECK(!memcmp(ct_blob_bytes(blob), want, blob->len));
}

static void release(struct seen *seen)
{
	for (int i = 0; i < seen->n; i++)
		free(seen->rb[i].data);
}

static void check_strings(struct ct_failures *f)
{
	struct seen seen = { 0 };
	const struct ct_record *rec;
	const struct ct_blob *blob;

	if (!f)
		return;
	CHECK(ct_failures_watch(f, self(), false, false));
	rmdir("/nonexistent/one");
	CHECK(write(-1, "bytes", 5) < 0);
	syscall(SYS_mount, "source", "/nonexistent/two", "type", 0UL, NULL);
	rmdir((const char *)8);
	dup(-1);    /* quiet */
	chdir("."); /* succeeds, and the task builds nothing */
	syscall(SYS_rmdir, NULL);
	ct_failures_unwatch(f, self());
	rmdir("/nonexistent/three");
	ct_failures_drain(f, take, &seen);

	CHECK_INT(seen.n, 5);
	rec = ct_recbuf_record(&seen.rb[0]);
	CHECK_INT(rec->kind, CT_RECORD_CALL);
	CHECK_INT(rec->nr, SYS_rmdir);
	CHECK_INT(rec->arch, CT_ARCH_X86_64);
	CHECK_INT(rec->task.tid, self().tid);
	CHECK_INT(rec->task.serial, 42);
	CHECK_INT(rec->result, CT_RESULT_ERROR);
	CHECK_INT(rec->ret, -ENOENT);
	CHECK_INT(rec->dur_ns, -1);
	check_text(rec, CT_BLOB_STR, 0, "/nonexistent/one");
	rec = ct_recbuf_record(&seen.rb[1]);
	CHECK_INT((int)rec->args[0], -1);
	CHECK_INT(rec->ret, -EBADF);
	check_text(rec, CT_BLOB_MEM, 1, "bytes");
	rec = ct_recbuf_record(&seen.rb[2]);
	check_text(rec, CT_BLOB_STR, 0, "source");
	check_text(rec, CT_BLOB_STR, 1, "/nonexistent/two");
	check_text(rec, CT_BLOB_STR, 2, "type");
	rec = ct_recbuf_record(&seen.rb[3]);
	blob = ct_record_find(rec, CT_BLOB_STR, 0);
	CHECK(blob && blob->flags & CT_BLOB_UNREADABLE);
	CHECK_INT(blob->error, EFAULT);
	rec = ct_recbuf_record(&seen.rb[4]);
	CHECK(!ct_record_find(rec, CT_BLOB_STR, 0));
	for (int i = 1; i < seen.n; i++)
		CHECK(ct_recbuf_record(&seen.rb[i - 1])->t_ns <=
		      ct_recbuf_record(&seen.rb[i])->t_ns);
	release(&seen);
	ct_failures_free(f);
}

/* A string that ends where the readable memory does, without a NUL. */
static char *torn(const char *text)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), len = strlen(text);
	char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(pages != MAP_FAILED);
	CHECK(!munmap(pages + page, page));
	return memcpy(pages + page - len, text, len);
}

static void check_vectors(struct ct_failures *f)
{
	static char lots[8192], letters[] = "abcdefghijklmn", behind[] = "behind";
	struct iovec many[14], big[] = { { lots, sizeof(lots) }, { behind, 6 } };
	struct seen seen = { 0 };
	char *end = torn("no end");

	if (!f)
		return;
	memset(lots, 'l', sizeof(lots));
	for (int i = 0; i < 14; i++)
		many[i] = (struct iovec){ &letters[i], 1 };
	CHECK(ct_failures_watch(f, self(), false, false));
	CHECK(writev(-1, many, 14) < 0);
	CHECK(writev(-1, big, 2) < 0);
	CHECK(syscall(SYS_writev, -1, 8UL, 2UL) < 0);
	CHECK(rmdir(end) < 0);
	ct_failures_unwatch(f, self());
	ct_failures_drain(f, take, &seen);

	CHECK_INT(seen.n, 4);
	check_text(ct_recbuf_record(&seen.rb[0]), CT_BLOB_MEM, 1, "abcdefghijkl");
	CHECK_INT(ct_record_find(ct_recbuf_record(&seen.rb[1]), CT_BLOB_MEM, 1)->len,
		  4095);
	CHECK(ct_record_find(ct_recbuf_record(&seen.rb[2]), CT_BLOB_MEM, 1)->flags &
	      CT_BLOB_UNREADABLE);
	check_text(ct_recbuf_record(&seen.rb[3]), CT_BLOB_STR, 0, "no end");
	munmap((void *)((uintptr_t)end & ~(uintptr_t)4095), 4096);
	release(&seen);
	ct_failures_free(f);
}

TEST(failing_calls_arrive_in_order_with_their_strings)
{
	check_strings(open_or_skip(0));
}

TEST(a_vector_arrives_as_far_as_it_can_be_read)
{
	check_vectors(open_or_skip(0));
}

TEST(a_kernel_without_loops_tells_the_same)
{
	const struct ct_failures_config config = { .plan = plan, .no_loops = true };

	check_strings(open_with(&config));
	check_vectors(open_with(&config));
}

TEST(who_builds_is_seen_to_succeed)
{
	struct ct_failures *f = open_or_skip(0);
	struct seen seen = { 0 };

	if (!f)
		return;
	CHECK(ct_failures_watch(f, self(), true, false));
	CHECK(!chdir("/"));
	getpid();
	ct_failures_unwatch(f, self());
	ct_failures_drain(f, take, &seen);
	CHECK_INT(seen.n, 1);
	CHECK_INT(ct_recbuf_record(&seen.rb[0])->result, CT_RESULT_VALUE);
	CHECK_INT(ct_recbuf_record(&seen.rb[0])->ret, 0);
	check_text(ct_recbuf_record(&seen.rb[0]), CT_BLOB_STR, 0, "/");
	release(&seen);
	ct_failures_free(f);
}

TEST(a_long_string_is_cut)
{
	struct ct_failures *f = open_or_skip(0);
	struct seen seen = { 0 };
	char name[LONG_NAME + 1];
	const struct ct_blob *blob;

	if (!f)
		return;
	memset(name, 'x', LONG_NAME);
	name[LONG_NAME] = '\0';
	CHECK(ct_failures_watch(f, self(), false, false));
	rmdir(name);
	ct_failures_unwatch(f, self());
	ct_failures_drain(f, take, &seen);
	CHECK_INT(seen.n, 1);
	blob = ct_record_find(ct_recbuf_record(&seen.rb[0]), CT_BLOB_STR, 0);
	CHECK(blob && blob->flags & CT_BLOB_CUT);
	CHECK_INT(blob->len, 1023);
	CHECK(!memcmp(ct_blob_bytes(blob), name, blob->len));
	release(&seen);
	ct_failures_free(f);
}

/* int 0x80 from 64-bit code: the registers look native, the number is not. */
TEST(an_i386_call_is_known_as_one)
{
	struct ct_failures *f = open_or_skip(0);
	struct seen seen = { 0 };
	const struct ct_record *rec;
	long ret;

	if (!f)
		return;
	CHECK(ct_failures_watch(f, self(), false, false));
	/* 40: rmdir, ebx: its path, NULL */
	__asm__ volatile("int $0x80" : "=a"(ret) : "a"(40), "b"(0) : "memory");
	ct_failures_unwatch(f, self());
	ct_failures_drain(f, take, &seen);
	CHECK_INT((int)ret, -EFAULT);
	CHECK_INT(seen.n, 1);
	rec = ct_recbuf_record(&seen.rb[0]);
	CHECK_INT(rec->arch, CT_ARCH_I386);
	CHECK_INT(rec->nr, 40);
	CHECK_INT(rec->ret, -EFAULT);
	release(&seen);
	ct_failures_free(f);
}

TEST(a_full_ring_is_a_gap_and_goes_on)
{
	enum { CALLS = 1000 };
	struct ct_failures *f = open_or_skip(4096);
	struct seen seen = { 0 };
	struct pollfd readable;
	int kept;

	if (!f)
		return;
	readable = (struct pollfd){ .fd = ct_failures_fd(f), .events = POLLIN };
	CHECK_INT(poll(&readable, 1, 0), 0);
	CHECK(ct_failures_watch(f, self(), false, false));
	for (int i = 0; i < CALLS; i++)
		rmdir("/nonexistent/many");
	ct_failures_unwatch(f, self());
	CHECK_INT(poll(&readable, 1, 0), 1);
	ct_failures_drain(f, take, &seen);
	CHECK_INT(seen.gaps, 1);
	CHECK(seen.lost > 0 && seen.lost < CALLS);
	release(&seen);

	kept = seen.n;
	seen = (struct seen){ 0 };
	CHECK(kept > 0);
	CHECK(ct_failures_watch(f, self(), false, false));
	rmdir("/nonexistent/again");
	ct_failures_unwatch(f, self());
	ct_failures_drain(f, take, &seen);
	CHECK_INT(seen.gaps, 0);
	CHECK_INT(seen.n, 1);
	check_text(ct_recbuf_record(&seen.rb[0]), CT_BLOB_STR, 0, "/nonexistent/again");
	release(&seen);
	ct_failures_free(f);
}
