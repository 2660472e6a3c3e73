/* SPDX-License-Identifier: MIT */
/* The sampling thread, and how the tracing thread tells it who is where. */
#include "meter.h"

#include "alloc.h"
#include "cgroup.h"
#include "inbox.h"
#include "monotonic.h"
#include "place.h"
#include "recbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define PLACES_MAX 64 /* with up to 24 files each */
#define TEXT_MAX   65536
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

	/* the thread's own */
	struct ct_arena arena; /* of own */
	struct ct_state own;   /* the tracer's cgroups */
	struct ct_place **places;
	size_t n_places, cap_places;
	bool crowded; /* told that there are too many */
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

static const struct ct_cgroup *own_of(const struct ct_meter *m, int hierarchy)
{
	for (size_t i = 0; i < m->own.n_cgroups; i++)
		if (m->own.cgroups[i].hierarchy == hierarchy)
			return &m->own.cgroups[i];
	return NULL;
}

/* The place that has one of these cgroups already. */
static struct ct_place *find(const struct ct_meter *m, const struct ct_cgroup *cgroup)
{
	for (size_t i = 0; i < m->n_places; i++)
		if (!m->places[i]->gone && ct_place_has(m->places[i], cgroup))
			return m->places[i];
	return NULL;
}

static void tell_crowded(struct ct_meter *m)
{
	static const char text[] = "cgroups that are not metered: there are too many";
	struct ct_record *rec;

	if (m->crowded)
		return;
	m->crowded = true;
	rec = ct_recbuf_start(&m->rec, CT_RECORD_NOTE);
	rec->t_ns = ct_monotonic_ns();
	rec->dur_ns = -1;
	ct_recbuf_blob(&m->rec, CT_BLOB_TEXT, CT_BLOB_TASK, text, sizeof(text) - 1);
	m->config.emit(m->config.ctx, ct_recbuf_record(&m->rec));
}

/* The oldest one whose cgroup was removed makes room. */
static bool make_room(struct ct_meter *m)
{
	if (m->n_places < PLACES_MAX)
		return true;
	for (size_t i = 0; i < m->n_places; i++) {
		if (!m->places[i]->gone)
			continue;
		ct_place_free(m->places[i]);
		m->n_places--;
		memmove(m->places + i, m->places + i + 1,
			(m->n_places - i) * sizeof(*m->places));
		return true;
	}
	tell_crowded(m);
	return false;
}

static struct ct_place *add(struct ct_meter *m, const struct ct_cgroup *cgroup,
			    struct ct_task_id task)
{
	struct ct_place *place;

	if (!make_room(m))
		return NULL;
	place = ct_place_new(cgroup, task);
	*ct_push(m->places, m->n_places, m->cap_places) = place;
	atomic_store(&m->metering, true);
	return place;
}

/* One cgroup of a task. Its place is that of the one before, if it can be. */
static struct ct_place *enter(struct ct_meter *m, const struct ct_cgroup *cgroup,
			      struct ct_place *before, struct ct_task_id task)
{
	const struct ct_cgroup *own = own_of(m, cgroup->hierarchy);
	struct ct_place *place = find(m, cgroup);
	int apart = ct_hierarchy_apart(cgroup->path, own ? own->path : "/");
	char *dir;

	if (place || !apart)
		return place ? place : before;
	dir = ct_hierarchy_directory(cgroup, m->config.mounts, m->config.n_mounts);
	if (!dir)
		return before;
	place = before && ct_place_could_have(before, cgroup) ? before
							      : add(m, cgroup, task);
	if (place)
		ct_place_open(place, cgroup, dir, apart - 1);
	free(dir);
	return place ? place : before;
}

static void take_sighting(void *ctx, const struct ct_sighting *sighting)
{
	struct ct_meter *m = ctx;
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_state state = { 0 };
	struct ct_place *place = NULL;

	ct_proc_cgroup(&state, ct_span_of(sighting->text, sighting->len), &arena);
	/* the one that is known first: others may join it */
	for (size_t i = 0; i < state.n_cgroups && !place; i++)
		place = find(m, &state.cgroups[i]);
	for (size_t i = 0; i < state.n_cgroups; i++)
		place = enter(m, &state.cgroups[i], place, sighting->task);
	ct_arena_release(&arena);
}

/* Samples all that are due; when the next one is. */
static int64_t sample_due(struct ct_meter *m, bool ended, int64_t now)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < m->n_places; i++) {
		struct ct_place *place = m->places[i];
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

		now = ct_monotonic_ns();
		next = sample_due(m, atomic_exchange(&m->ended, false), now);
		wait = next > now ? next - now : 0;
		ts = (struct timespec){ wait / 1000000000, wait % 1000000000 };
		ppoll(&fd, 1, next == INT64_MAX ? NULL : &ts, NULL);
		eventfd_read(m->wake_fd, &count);
	}
	for (size_t i = 0; i < m->n_places; i++)
		sample(m, m->places[i]);
	return NULL;
}

/* -------- its life -------- */

static int read_own(struct ct_meter *m)
{
	char text[TEXT_MAX];
	int fd = open("/proc/self/cgroup", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text));
	int r = n < 0 ? -errno : 0;

	if (fd >= 0)
		close(fd);
	if (r)
		return r;
	ct_proc_cgroup(&m->own, ct_span_of(text, (size_t)n), &m->arena);
	ct_inbox_ignore(&m->inbox, text, (size_t)n);
	return 0;
}

static void meter_free(struct ct_meter *m)
{
	for (size_t i = 0; i < m->n_places; i++)
		ct_place_free(m->places[i]);
	free(m->places);
	ct_recbuf_release(&m->rec);
	ct_arena_release(&m->arena);
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
	ct_inbox_init(&m->inbox);
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
