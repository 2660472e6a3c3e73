/* SPDX-License-Identifier: MIT */
/* The sampling thread, and how the tracing thread tells it who is where. */
#include "meter.h"

#include "alloc.h"
#include "ending.h"
#include "inbox.h"
#include "monotonic.h"
#include "places.h"
#include "recbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define TEXT_MAX 65536
/* A container that lives shortly has samples, too: the first ones follow quickly. */
#define FIRST_WAIT_NS 5000000
/* After the end of a task there is one soon, but not one for each of thousands. */
#define AFTER_END_NS 10000000

struct ct_meter {
	struct ct_meter_config config;
	pthread_t thread;
	int wake_fd;
	atomic_bool ended;    /* a task has */
	atomic_bool metering; /* there is a cgroup to sample */
	struct ct_inbox inbox;
	struct ct_ending ending;

	/* the thread's own */
	struct ct_places places;
	bool told_crowded;
	struct ct_recbuf rec;
};

/* -------- from the tracing thread -------- */

void ct_meter_see(struct ct_meter *m, const struct ct_record *rec)
{
	if (rec->kind == CT_RECORD_EXIT) {
		if (atomic_load(&m->metering) && !atomic_exchange(&m->ended, true))
			eventfd_write(m->wake_fd, 1);
		return;
	}
	if (ct_inbox_put(&m->inbox, rec))
		eventfd_write(m->wake_fd, 1);
}

/* How many bytes it has, or -errno. */
static ssize_t read_cgroups(const char *path, char text[TEXT_MAX])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -errno : read(fd, text, TEXT_MAX);

	if (n < 0 && fd >= 0)
		n = -errno;
	if (fd >= 0)
		close(fd);
	return n;
}

void ct_meter_before_end(struct ct_meter *m, pid_t tid)
{
	char path[64], text[TEXT_MAX];
	ssize_t n;

	if (!atomic_load(&m->metering))
		return;
	snprintf(path, sizeof(path), "/proc/%d/cgroup", tid);
	n = read_cgroups(path, text);
	if (n > 0 && !ct_inbox_is_own(&m->inbox, text, (size_t)n))
		ct_ending_wait(&m->ending, ct_span_of(text, (size_t)n), m->wake_fd);
}

/* -------- on the thread -------- */

static void tell(struct ct_meter *m, const struct ct_place *place, int64_t t_ns)
{
	struct ct_record *rec = ct_recbuf_start(&m->rec, CT_RECORD_METER);

	rec->t_ns = t_ns;
	rec->dur_ns = -1;
	rec->task = place->task;
	ct_recbuf_blob(&m->rec, CT_BLOB_TEXT, CT_BLOB_TASK, place->path,
		       strlen(place->path));
	ct_recbuf_blob(&m->rec, CT_BLOB_FIGURES, CT_BLOB_TASK, place->figures,
		       sizeof(place->figures));
	m->config.emit(m->config.ctx, ct_recbuf_record(&m->rec));
}

static void sample(struct ct_meter *m, struct ct_place *place)
{
	int64_t t_ns = ct_monotonic_ns();

	if (place->gone)
		return;
	if (ct_place_sample(place))
		tell(m, place, t_ns);
	place->sampled_ns = t_ns;
	if (!place->wait_ns)
		place->wait_ns = FIRST_WAIT_NS;
	else if (place->wait_ns < m->config.interval_ns)
		place->wait_ns *= 2;
	if (place->wait_ns > m->config.interval_ns)
		place->wait_ns = m->config.interval_ns;
	place->due_ns = t_ns + place->wait_ns;
}

static void tell_crowded(struct ct_meter *m)
{
	static const char text[] = "cgroups that are not metered: there are too many";
	struct ct_record *rec;

	if (m->told_crowded || !m->places.crowded)
		return;
	m->told_crowded = true;
	rec = ct_recbuf_start(&m->rec, CT_RECORD_NOTE);
	rec->t_ns = ct_monotonic_ns();
	rec->dur_ns = -1;
	ct_recbuf_blob(&m->rec, CT_BLOB_TEXT, CT_BLOB_TASK, text, sizeof(text) - 1);
	m->config.emit(m->config.ctx, ct_recbuf_record(&m->rec));
}

static void take_sighting(void *ctx, const struct ct_sighting *sighting)
{
	struct ct_meter *m = ctx;

	ct_places_enter(&m->places, sighting->task,
			ct_span_of(sighting->text, sighting->len));
	tell_crowded(m);
	if (m->places.n)
		atomic_store(&m->metering, true);
}

/* A task that is about to leave its cgroup, which others may remove in that moment. */
static void sample_ending(struct ct_meter *m)
{
	struct ct_place *place;

	if (!ct_ending_asked(&m->ending, &m->places, &place))
		return;
	if (place)
		sample(m, place);
	ct_ending_done(&m->ending);
}

/* Samples all that are due; when the next one is. */
static int64_t sample_due(struct ct_meter *m, bool ended, int64_t now)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < m->places.n; i++) {
		struct ct_place *place = m->places.place[i];

		if (ended && place->due_ns > place->sampled_ns + AFTER_END_NS)
			place->due_ns = place->sampled_ns + AFTER_END_NS;
		if (place->due_ns <= now)
			sample(m, place);
		if (!place->gone && place->due_ns < next)
			next = place->due_ns;
	}
	return next;
}

static void *run(void *arg)
{
	struct ct_meter *m = arg;

	prctl(PR_SET_NAME, "cttrace-meter");
	while (ct_inbox_take(&m->inbox, take_sighting, m)) {
		struct pollfd fd = { .fd = m->wake_fd, .events = POLLIN };
		int64_t now, next, wait;
		struct timespec ts;
		eventfd_t count;

		sample_ending(m);
		now = ct_monotonic_ns();
		next = sample_due(m, atomic_exchange(&m->ended, false), now);
		wait = next > now ? next - now : 0;
		ts = (struct timespec){ wait / 1000000000, wait % 1000000000 };
		ppoll(&fd, 1, next == INT64_MAX ? NULL : &ts, NULL);
		eventfd_read(m->wake_fd, &count);
	}
	for (size_t i = 0; i < m->places.n; i++)
		sample(m, m->places.place[i]);
	return NULL;
}

/* -------- its life -------- */

/* 0 or -errno */
static int read_own(struct ct_meter *m)
{
	char text[TEXT_MAX];
	ssize_t n = read_cgroups("/proc/self/cgroup", text);

	if (n < 0)
		return (int)n;
	ct_places_init(&m->places, ct_span_of(text, (size_t)n));
	ct_inbox_ignore(&m->inbox, text, (size_t)n);
	return 0;
}

static void meter_free(struct ct_meter *m)
{
	ct_places_release(&m->places);
	ct_recbuf_release(&m->rec);
	ct_ending_release(&m->ending);
	ct_inbox_release(&m->inbox);
	if (m->wake_fd >= 0)
		close(m->wake_fd);
	free(m);
}

struct ct_meter *ct_meter_start(const struct ct_meter_config *config,
				struct ct_error *err)
{
	struct ct_meter *m = ct_alloc(sizeof(*m));
	int code;

	m->config = *config;
	m->places.mounts = config->mounts;
	m->places.n_mounts = config->n_mounts;
	ct_inbox_init(&m->inbox);
	ct_ending_init(&m->ending);
	code = -read_own(m);
	m->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (!code && m->wake_fd < 0)
		code = errno;
	if (!code)
		code = pthread_create(&m->thread, NULL, run, m);
	if (!code)
		return m;
	ct_error_set(err, code, "--meters: %s", strerror(code));
	meter_free(m);
	return NULL;
}

void ct_meter_finish(struct ct_meter *m)
{
	if (!m)
		return;
	ct_inbox_close(&m->inbox);
	eventfd_write(m->wake_fd, 1);
	pthread_join(m->thread, NULL);
	meter_free(m);
}
