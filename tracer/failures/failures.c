/* SPDX-License-Identifier: MIT */
/* Setting the program up, keeping its set of tasks, reading its ring. */
#include "failures.h"

#include "alloc.h"
#include "bpf.h"
#include "call_report.h"
#include "file_report.h"
#include "frame.h"
#include "monotonic.h"
#include "probe.h"
#include "shared.h"
#include "words.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define RING_BYTES  ((size_t)1 << 20)
#define PID_NS_INIT 0xeffffffcu /* PROC_PID_INIT_INO of include/linux/proc_ns.h */

/* Newest first. A program with a wrong one reports nothing, see probe(). */
static const struct ct_thread_layout layouts[] = {
#define LAYOUT(work, traced, tracepoint, status, compat) \
	{ (work), (traced), (tracepoint), (status), (compat) },
#include "thread_layouts.def"
#undef LAYOUT
};

struct ct_failures {
	struct ct_shared shared;
	int link; /* the attached program */
	const struct ct_plan *(*plan)(enum ct_arch arch, int64_t nr);
	struct ct_kernel_layout layout;
	int layout_error;
	bool files;   /* layout is known */
	bool loops;   /* the kernel has bpf_loop(), as far as we know */
	uint32_t all; /* CT_WATCHED_FAILS, or 0 */
	uint64_t lost_told;
	struct ct_recbuf rb;
	uint32_t how; /* CT_WATCHED_HALT, _WAIT */
};

static int attach(struct ct_failures *f, const struct ct_thread_layout *layout)
{
	CT_CLEANUP_FREE struct ct_asm *a = ct_alloc(sizeof(*a));
	int program;

	ct_program_assemble(a, &f->shared.maps, layout, f->files ? &f->layout : NULL,
			    f->loops);
	program = ct_bpf_program_load(a);
	if (program < 0)
		return program;
	f->link = ct_bpf_attach(program, "sys_exit");
	close(program);
	return f->link < 0 ? f->link : 0;
}

static void detach(struct ct_failures *f)
{
	close(f->link);
	f->link = -1;
}

static int attach_right_one(struct ct_failures *f)
{
	struct ct_probe probe = { f->shared.maps.tasks, &f->shared.ring, f->shared.rows };

	for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++) {
		int r = attach(f, &layouts[i]);

		if (r)
			return r;
		if (ct_probe_calls(&probe) &&
		    (!f->files || (ct_probe_names(&probe) && ct_probe_sockets(&probe))))
			return 0;
		detach(f);
	}
	return -ENOTSUP;
}

/* With the names of files, or else without: an old kernel's verifier may not follow. A
 * kernel before 5.17 has no loops. */
static int start(struct ct_failures *f)
{
	int r = -ENOTSUP;

	if (f->files)
		r = attach_right_one(f);
	if (!r)
		return r;
	f->files = false;
	ct_report_plans(f->shared.rows, f->plan, f->files);
	if (f->loops)
		r = attach_right_one(f);
	if (!r)
		return r;
	f->loops = false;
	return attach_right_one(f);
}

static void *read_layout(void *arg)
{
	struct ct_failures *f = arg;

	f->layout_error = ct_kernel_layout_read(&f->layout);
	return NULL;
}

/* What the kernel says of itself takes as long to read as all the rest: side by side. */
static int prepare(struct ct_failures *f, const struct ct_failures_config *config)
{
	pthread_t reader;
	size_t bytes = config->ring_bytes ? config->ring_bytes : RING_BYTES;
	bool parallel = f->files && !pthread_create(&reader, NULL, read_layout, f);
	int r = ct_shared_open(&f->shared, bytes);

	if (!r)
		ct_report_plans(f->shared.rows, f->plan, f->files);
	if (parallel)
		pthread_join(reader, NULL);
	else if (f->files)
		read_layout(f);
	f->files = f->files && !f->layout_error;
	return r;
}

static bool in_first_pid_namespace(void)
{
	struct stat st;

	return !stat("/proc/self/ns/pid", &st) && st.st_ino == PID_NS_INIT;
}

/* Before 5.11 maps counted as locked memory. */
static void allow_maps(void)
{
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_MEMLOCK, &all);
}

struct ct_failures *ct_failures_open(const struct ct_failures_config *config,
				     struct ct_error *err)
{
	struct ct_failures *f;
	int r;

	if (!in_first_pid_namespace()) {
		ct_error_set(err, ENOTSUP,
			     "failing calls cannot be seen by BPF from within a pid "
			     "namespace");
		return NULL;
	}
	f = ct_alloc(sizeof(*f));
	f->link = -1;
	f->how = (config->halt ? CT_WATCHED_HALT : 0) |
		 (config->wait ? CT_WATCHED_WAIT : 0);
	f->plan = config->plan;
	f->all = config->only_key ? 0 : CT_WATCHED_FAILS;
	f->loops = !config->no_loops;
	f->files = f->loops && !config->no_files;
	allow_maps();
	r = prepare(f, config);
	if (!r)
		r = start(f);
	if (!r)
		return f;
	ct_error_set(err, -r, "failing calls cannot be seen by BPF here: %s",
		     strerror(-r));
	ct_failures_free(f);
	return NULL;
}

void ct_failures_free(struct ct_failures *f)
{
	if (!f)
		return;
	if (f->link >= 0)
		close(f->link);
	ct_shared_close(&f->shared);
	ct_recbuf_release(&f->rb);
	free(f);
}

bool ct_failures_sees_files(const struct ct_failures *f)
{
	return f->files;
}

bool ct_failures_tells_exec(const struct ct_failures *f)
{
	return f->files && f->layout.task_reads;
}

bool ct_failures_watch(struct ct_failures *f, struct ct_task_id task, bool builds,
		       bool inside)
{
	uint32_t how = builds ? f->how | CT_WATCHED_BUILDS : f->how & CT_WATCHED_WAIT;
	uint32_t where = inside ? CT_WATCHED_INSIDE : 0;
	struct ct_watched value = {
		task.serial, f->all | how | where, CT_STOPPED_NEVER, 0, 0, 0
	};

	return !ct_bpf_map_set(f->shared.maps.tasks, &task.tid, &value);
}

void ct_failures_unwatch(struct ct_failures *f, struct ct_task_id task)
{
	ct_bpf_map_delete(f->shared.maps.tasks, &task.tid);
}

bool ct_failures_must_wait(const struct ct_failures *f, struct ct_task_id task,
			   uint64_t *arg0)
{
	struct ct_watched value;

	if (ct_bpf_map_get(f->shared.maps.tasks, &task.tid, &value))
		return false;
	*arg0 = value.arg0;
	return value.stopped == CT_STOPPED_TO_WAIT;
}

bool ct_failures_has_room(const struct ct_failures *f)
{
	return ct_ring_used(&f->shared.ring) <= f->shared.ring.size / 4;
}

int ct_failures_fd(const struct ct_failures *f)
{
	return f->shared.maps.ring;
}

struct draining {
	struct ct_failures *failures;
	void (*fn)(void *ctx, const struct ct_record *rec);
	void *ctx;
};

/* Not wanted after all, or a write of data. */
static bool is_dropped(struct ct_failures *f, const struct ct_report *report,
		       const struct ct_watch_plan *row, const struct ct_plan *plan)
{
	const struct ct_record *rec = ct_recbuf_record(&f->rb);

	if (rec->result != CT_RESULT_VALUE)
		return false;
	if (row->flags & CT_WATCH_WORDS)
		return !ct_words_keep(&f->rb);
	return !ct_file_report_wanted(rec, report, row, plan);
}

static void take_report(void *ctx, const void *bytes, size_t len)
{
	const struct draining *d = ctx;
	struct ct_failures *f = d->failures;
	const struct ct_watch_plan *row;
	const struct ct_plan *plan;
	size_t end;

	if (ct_report_record(&f->rb, bytes, len, f->shared.rows))
		return;
	row = &f->shared.rows[ct_report_row(bytes)];
	plan = f->plan((enum ct_arch)ct_recbuf_record(&f->rb)->arch,
		       ct_recbuf_record(&f->rb)->nr);
	if (is_dropped(f, bytes, row, plan))
		return;
	end = ct_report_pieces_end(bytes, row);
	if (!(ct_recbuf_record(&f->rb)->flags & CT_CALL_ANSWER))
		ct_file_report_add(
			&f->rb, bytes, row, plan,
			(struct ct_names){ (const char *)bytes + end, len - end });
	d->fn(d->ctx, ct_recbuf_record(&f->rb));
}

static void tell_lost(const struct draining *d)
{
	static const char words[] = "failing calls: they came faster than they were read";
	struct ct_failures *f = d->failures;
	uint64_t lost = __atomic_load_n(f->shared.lost, __ATOMIC_RELAXED);
	struct ct_record *rec;

	if (lost == f->lost_told)
		return;
	rec = ct_recbuf_start(&f->rb, CT_RECORD_GAP);
	rec->t_ns = ct_monotonic_ns();
	rec->ret = (int64_t)(lost - f->lost_told);
	ct_recbuf_blob(&f->rb, CT_BLOB_TEXT, CT_BLOB_TASK, words, sizeof(words) - 1);
	f->lost_told = lost;
	d->fn(d->ctx, ct_recbuf_record(&f->rb));
}

void ct_failures_drain(struct ct_failures *f,
		       void (*fn)(void *ctx, const struct ct_record *rec), void *ctx)
{
	struct draining d = { f, fn, ctx };

	ct_ring_drain(&f->shared.ring, take_report, &d);
	tell_lost(&d);
}
