/* SPDX-License-Identifier: MIT */
/*
 * The status line: in the terminal's last row, which is taken out of what scrolls
 * (DECSTBM) for as long as it is there. So others may write as they like, and no copy of
 * it is left in what they have written. The cursor stays where it is.
 */
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

enum { CELLS = 48, NARROWEST = 80, LOWEST = 6, SHORT_RUN_S = 2 };

/* In memory that the tracer's process and the front end share. */
struct status {
	atomic_ullong events, processes;
	atomic_int row; /* that it has, the terminal's last one; 0: it is not shown */
	time_t start;   /* seconds of CLOCK_MONOTONIC */
};

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* False: there is no room, or no terminal of ours. */
static bool has_place(struct winsize *ws)
{
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, ws) || ws->ws_col < NARROWEST ||
	    ws->ws_row < LOWEST)
		return false;
	/* a job in the background leaves the screen to others */
	return tcgetpgrp(STDERR_FILENO) == getpgrp();
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

/* Lets everything scroll again; the status goes. */
static void give_back(struct ct_strbuf *out, int row)
{
	ct_strbuf_addf(out, "\0337\033[r\033[%d;1H\033[2K\0338", row);
}

/* A cursor in the last row goes up with what is there. Margins move it, so it is saved.
 */
static void take(struct ct_strbuf *out, int row)
{
	ct_strbuf_addf(out, "\033D\0337\033[1;%dr\0338\033[A", row - 1);
}

static void add_text(struct ct_strbuf *out, const struct status *status)
{
	long long seconds = (long long)(now() - status->start);
	unsigned long long processes = atomic_load(&status->processes);
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_strbuf_addf(&text, "cttrace: %lld s, %llu process%s, %llu events", seconds,
		       processes, processes == 1 ? "" : "es",
		       atomic_load(&status->events));
	ct_strbuf_addf(out, "\033[2m%*.*s\033[0m", CELLS, CELLS, text.data);
}

void status_show(struct status *status)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct winsize ws;
	int before;

	if (now() - status->start < SHORT_RUN_S || !has_place(&ws))
		return;
	before = atomic_exchange(&status->row, ws.ws_row);
	/* a terminal of another size has forgotten its margins, or has wrong ones */
	if (before && before != ws.ws_row)
		ct_strbuf_adds(&out, "\0337\033[r\0338");
	if (before != ws.ws_row)
		take(&out, ws.ws_row);
	ct_strbuf_addf(&out, "\0337\033[%d;1H\033[2K\033[%d;%dH", ws.ws_row, ws.ws_row,
		       ws.ws_col - CELLS + 1);
	add_text(&out, status);
	ct_strbuf_adds(&out, "\0338");
	output_write_fd(STDERR_FILENO, "stderr", out.data, out.len, NULL);
}

void status_hide(struct status *status)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	int row = status ? atomic_exchange(&status->row, 0) : 0;

	if (!row)
		return;
	give_back(&out, row);
	output_write_fd(STDERR_FILENO, "stderr", out.data, out.len, NULL);
}

void status_free(struct status *status)
{
	if (!status)
		return;
	status_hide(status);
	munmap(status, sizeof(*status));
}
