/* SPDX-License-Identifier: MIT */
/* The writer's dealings with the kernel. */
#include "fixture.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct ct_event note = {
	.kind = CT_EVENT_NOTE,
	.dur_ns = -1,
	.note = { .text = "0123456789abcdef0123456789abcdef0123456789abcdef" },
};

static off_t size_of(int fd)
{
	struct stat st;

	CHECK(!fstat(fd, &st));
	return st.st_size;
}

TEST(nothing_is_written_before_a_flush_unless_the_buffer_is_full)
{
	int fd = memfd_create("trace", MFD_CLOEXEC), copy = dup(fd);
	struct ct_trace_writer *w = ct_trace_writer_new(fd);

	CHECK(!ct_trace_writer_header(w, &fixture_header, NULL));
	CHECK_INT(size_of(copy), 0);
	CHECK(!ct_trace_writer_flush(w, NULL));
	CHECK(size_of(copy) > 0);
	for (int i = 0; i < 1000; i++)
		CHECK(!ct_trace_writer_event(w, &note, NULL));
	CHECK(size_of(copy) > 1 << 16);
	ct_trace_writer_free(w);
	close(copy);
}

TEST(a_full_disk_is_said_and_stays_an_error)
{
	struct ct_trace_writer *w =
		ct_trace_writer_new(open("/dev/full", O_WRONLY | O_CLOEXEC));
	struct ct_error err = { 0 };

	CHECK(!ct_trace_writer_header(w, &fixture_header, &err));
	CHECK_INT(ct_trace_writer_flush(w, &err), -ENOSPC);
	CHECK_STR(err.text, "cannot write the trace: No space left on device");
	CHECK_INT(err.code, ENOSPC);
	CHECK_INT(ct_trace_writer_event(w, &note, NULL), -ENOSPC);
	CHECK_INT(ct_trace_writer_footer(w, &fixture_footer, NULL), -ENOSPC);
	CHECK_INT(ct_trace_writer_header(w, &fixture_header, NULL), -ENOSPC);
	CHECK_INT(ct_trace_writer_flush(w, NULL), -ENOSPC);
	ct_trace_writer_free(w);
}

TEST(a_full_disk_is_noticed_without_a_flush)
{
	struct ct_trace_writer *w =
		ct_trace_writer_new(open("/dev/full", O_WRONLY | O_CLOEXEC));
	int r = 0;

	for (int i = 0; i < 2000 && !r; i++)
		r = ct_trace_writer_event(w, &note, NULL);
	CHECK_INT(r, -ENOSPC);
	ct_trace_writer_free(w);
}

TEST(a_pipe_that_nobody_reads_is_an_error)
{
	struct ct_trace_writer *w;
	int ends[2];

	CHECK(!pipe2(ends, O_CLOEXEC));
	signal(SIGPIPE, SIG_IGN);
	close(ends[0]);
	w = ct_trace_writer_new(ends[1]);
	CHECK(!ct_trace_writer_event(w, &note, NULL));
	CHECK_INT(ct_trace_writer_flush(w, NULL), -EPIPE);
	ct_trace_writer_free(w);
}

struct slow_reader {
	int fd;
	pthread_t writer;
	size_t bytes;
};

static void nothing(int sig)
{
	(void)sig;
}

/* Interrupts the writer at every read. */
static void *read_slowly(void *context)
{
	struct slow_reader *reader = context;
	char some[999];
	ssize_t n;

	while ((n = read(reader->fd, some, sizeof(some))) > 0) {
		reader->bytes += (size_t)n;
		pthread_kill(reader->writer, SIGUSR1);
	}
	return NULL;
}

static void check_slow_pipe(int flags)
{
	struct sigaction action = { .sa_handler = nothing };
	struct slow_reader reader = { .writer = pthread_self() };
	struct ct_trace_writer *w;
	pthread_t thread;
	int ends[2];

	CHECK(!sigaction(SIGUSR1, &action, NULL));
	CHECK(!pipe2(ends, O_CLOEXEC));
	CHECK(!fcntl(ends[1], F_SETFL, flags));
	reader.fd = ends[0];
	CHECK(!pthread_create(&thread, NULL, read_slowly, &reader));
	w = ct_trace_writer_new(ends[1]);
	for (int i = 0; i < 10000; i++)
		CHECK(!ct_trace_writer_event(w, &note, NULL));
	signal(SIGUSR1, SIG_IGN);
	ct_trace_writer_free(w);
	CHECK(!pthread_join(thread, NULL));
	close(ends[0]);
	CHECK_INT(reader.bytes,
		  10000 * (strlen("{\"ev\":\"note\",\"t\":0,\"text\":\"\"}\n") + 48));
}

TEST(short_writes_and_signals_lose_nothing)
{
	check_slow_pipe(0);
}

TEST(a_descriptor_that_does_not_block_loses_nothing)
{
	check_slow_pipe(O_NONBLOCK);
}

TEST(no_writer_is_freed_without_harm)
{
	ct_trace_writer_free(NULL);
	ct_trace_free(NULL);
}
