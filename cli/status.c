/* SPDX-License-Identifier: MIT */
/* The status line: drawn beside the cursor's line without moving the cursor. */
#include "status.h"

#include "output.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { CELLS = 48, NARROWEST = 80, SHORT_RUN_S = 2 };

/* In memory that the tracer's process and the front end share. */
struct status {
	atomic_ullong events, processes;
	atomic_int shown; /* the terminal's columns when it was drawn; 0: it is not */
	time_t start;     /* seconds of CLOCK_MONOTONIC */
};

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* 0: there is no room, or no terminal of ours. */
static int columns(void)
{
	struct winsize ws;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &ws) || ws.ws_col < NARROWEST)
		return 0;
	/* a job in the background leaves the screen to others */
	return tcgetpgrp(STDERR_FILENO) == getpgrp() ? ws.ws_col : 0;
}

static bool is_wanted(const struct options *options)
{
	const char *term = getenv("TERM");
	bool attached = options->pids || options->exec_names;

	if (options->quiet || !isatty(STDERR_FILENO) || !term || !strcmp(term, "dumb"))
		return false;
	/* a command that has the screen keeps it, unless lines are written between its
	 * own in any case */
	return options->live || attached || !isatty(STDOUT_FILENO);
}

struct status *status_new(const struct options *options)
{
	struct status *status;

	if (!is_wanted(options))
		return NULL;
	status = mmap(NULL, sizeof(*status), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (status == MAP_FAILED)
		return NULL;
	status->start = now();
	return status;
}

void status_count(struct status *status, const struct ct_event *event)
{
	atomic_fetch_add(&status->events, 1);
	if (event->kind == CT_EVENT_TASK && event->birth.how != CT_BIRTH_THREAD)
		atomic_fetch_add(&status->processes, 1);
}

/* Saves the cursor, goes to where the status stands, clears it. */
static void add_place(struct ct_strbuf *out, int wide)
{
	ct_strbuf_addf(out, "\0337\033[%dG\033[K", wide - CELLS + 1);
}

void status_show(struct status *status)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT, out = CT_STRBUF_INIT;
	long long seconds = (long long)(now() - status->start);
	unsigned long long processes;
	int wide = columns();

	if (!wide || seconds < SHORT_RUN_S)
		return;
	processes = atomic_load(&status->processes);
	ct_strbuf_addf(&text, "cttrace: %lld s, %llu process%s, %llu events", seconds,
		       processes, processes == 1 ? "" : "es",
		       atomic_load(&status->events));
	if (text.len > CELLS) {
		text.len = CELLS;
		text.data[CELLS] = '\0';
	}
	atomic_store(&status->shown, wide);
	add_place(&out, wide);
	ct_strbuf_addf(&out, "\033[2m%*s\033[0m\0338", CELLS, text.data);
	output_write_fd(STDERR_FILENO, "stderr", out.data, out.len, NULL);
}

void status_hide(struct status *status, struct ct_strbuf *out)
{
	int wide = status ? atomic_exchange(&status->shown, 0) : 0;

	if (!wide)
		return;
	add_place(out, wide);
	ct_strbuf_adds(out, "\0338");
}

void status_free(struct status *status)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;

	if (!status)
		return;
	status_hide(status, &out);
	if (out.len)
		output_write_fd(STDERR_FILENO, "stderr", out.data, out.len, NULL);
	munmap(status, sizeof(*status));
}
