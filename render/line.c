/* SPDX-License-Identifier: MIT */
/* One event as one line, as strace shows it: for watching a trace while it is made. */
#include "line.h"

#include "cttrace/render.h"
#include "cttrace/signal.h"
#include "label.h"
#include "row.h"

#include <string.h>

static void say_task(struct ct_strbuf *out, const struct ct_event *e)
{
	ct_strbuf_adds(out, ct_birth_name(e->birth.how));
	if (e->birth.creator.serial)
		ct_strbuf_addf(out, " of %d", e->birth.creator.tid);
}

static void say_call(struct ct_strbuf *out, const struct ct_event *e)
{
	ct_label_call(out, &e->call);
}

static void say_exec(struct ct_strbuf *out, const struct ct_event *e)
{
	ct_strbuf_adds(out, "exec ");
	if (e->exec.argc)
		ct_label_command(out, e->exec.argv, e->exec.argc, false);
	else
		ct_strbuf_adds(out, e->exec.path);
}

static void say_exit(struct ct_strbuf *out, const struct ct_event *e)
{
	ct_label_exit(out, &e->exit);
}

static void say_signal(struct ct_strbuf *out, const struct ct_event *e)
{
	ct_strbuf_addf(out, "receives %s", ct_signal_name(e->signal));
}

static void say_gap(struct ct_strbuf *out, const struct ct_event *e)
{
	ct_strbuf_addf(out, "lost here: %llu × %s", (unsigned long long)e->note.count,
		       e->note.text);
}

static void say_note(struct ct_strbuf *out, const struct ct_event *e)
{
	ct_strbuf_addf(out, "tracer: %s", e->note.text);
}

static void say_meter(struct ct_strbuf *out, const struct ct_event *e)
{
	const char *separator = " ";

	ct_strbuf_addf(out, "meter of %s:", e->meter.cgroup);
	for (int f = 0; f < CT_FIGURES; f++) {
		if (e->meter.figures[f] < 0)
			continue;
		ct_strbuf_addf(out, "%s%s %lld", separator,
			       ct_figure_name((enum ct_figure)f),
			       (long long)e->meter.figures[f]);
		separator = ", ";
	}
}

static bool is_bad(const struct ct_event *e)
{
	switch (e->kind) {
	case CT_EVENT_CALL:
		return e->call.result == CT_RESULT_ERROR;
	case CT_EVENT_EXIT:
		return e->exit.signal || e->exit.status;
	case CT_EVENT_GAP:
		return true;
	default:
		return false;
	}
}

void ct_line_add(struct ct_strbuf *out, const struct ct_event *event)
{
	static void (*const say[CT_EVENT_KINDS])(struct ct_strbuf *,
						 const struct ct_event *) = {
		[CT_EVENT_TASK] = say_task,     [CT_EVENT_CALL] = say_call,
		[CT_EVENT_EXEC] = say_exec,     [CT_EVENT_EXIT] = say_exit,
		[CT_EVENT_SIGNAL] = say_signal, [CT_EVENT_GAP] = say_gap,
		[CT_EVENT_NOTE] = say_note,     [CT_EVENT_METER] = say_meter,
	};

	if ((unsigned int)event->kind < CT_EVENT_KINDS)
		say[event->kind](out, event);
}

void ct_render_event(struct ct_strbuf *out, const struct ct_event *event,
		     const struct ct_render_options *options)
{
	enum { TIME = 10, WHAT = 20 };
	struct ct_look look = ct_look_of(options);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&look);

	if ((unsigned int)event->kind >= CT_EVENT_KINDS)
		return;
	ct_label_ms(&sb, event->t_ns);
	ct_row_right(&row, TIME, CT_STYLE_DIM, sb.data);
	ct_row_addf(&row, CT_STYLE_NAME, "  %d", event->task.tid);
	ct_row_seek(&row, WHAT);
	ct_strbuf_reset(&sb);
	ct_line_add(&sb, event);
	ct_row_addn(&row, is_bad(event) ? CT_STYLE_BAD : CT_STYLE_PLAIN, sb.data, sb.len);
	ct_row_finish(&row, out);
}
