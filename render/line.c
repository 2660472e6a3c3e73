/* SPDX-License-Identifier: MIT */
/* One event as one line, as strace shows it. */
#include "line.h"

#include "cttrace/signal.h"
#include "label.h"

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

	ct_strbuf_addf(out, "meter of %s:", e->meter->cgroup);
	for (int f = 0; f < CT_FIGURES; f++) {
		if (e->meter->figures[f] < 0)
			continue;
		ct_strbuf_addf(out, "%s%s %lld", separator,
			       ct_figure_name((enum ct_figure)f),
			       (long long)e->meter->figures[f]);
		separator = ", ";
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
