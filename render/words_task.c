/* SPDX-License-Identifier: MIT */
/* What began and ended a task, in words: its birth, its programs, its signals, its exit.
 */
#include "words.h"

#include "cttrace/signal.h"
#include "label.h"
#include "lookup.h"

#include <string.h>

const char *ct_words_birth(enum ct_birth how)
{
	switch (how) {
	case CT_BIRTH_ROOT:
		return "is started";
	case CT_BIRTH_ATTACHED:
		return "was running already";
	default:
		return ct_birth_name(how);
	}
}

void ct_words_born(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item)
{
	const struct ct_event *e = ct_words_event(story, item);

	if (e->kind == CT_EVENT_TASK)
		ct_row_add(row, CT_STYLE_DIM, ct_words_birth(e->birth.how));
}

enum {
	LIFETIME = 10 /* cells at the right margin */
};

/* What an exec runs. An OCI runtime's command comes before what there is no room for. */
static void add_command(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item, bool cut)
{
	const struct ct_event_exec *exec = &ct_words_event(story, item)->exec;
	const struct ct_process *p = ct_process_at(story->model, item->process);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf oci = CT_STRBUF_INIT;
	int room = row->look->width - row->cells - LIFETIME;

	if (exec->argc)
		ct_label_command(&sb, exec->argv, exec->argc, cut);
	else
		ct_label_text(&sb, exec->path, strlen(exec->path), !story->verbose);
	if (cut && p && p->role == CT_ROLE_RUNTIME && ct_row_cells(row, sb.data) > room &&
	    ct_label_oci_command(&oci, exec->argv, exec->argc))
		ct_row_addn(row, CT_STYLE_PLAIN, oci.data, oci.len);
	else
		ct_row_addn(row, CT_STYLE_PLAIN, sb.data, sb.len);
	if (exec->argv_truncated)
		ct_row_add(row, CT_STYLE_PLAIN, " …");
}

void ct_words_exec(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item)
{
	static const char *const running[] = { "   ◀ running",
					       "   ◀ the container is running" };
	const struct ct_process *p = ct_process_at(story->model, item->process);
	const struct ct_exec *known = p ? ct_exec_of(p, item->events[0]) : NULL;
	bool payload = story->model->facts[item->events[0]].tags & 1U << CT_TAG_PAYLOAD;
	const char *mark;
	int room;

	if (known && known->self && !story->verbose) {
		ct_row_add(row, CT_STYLE_PLAIN, "re-executes itself from a sealed copy");
		return;
	}
	if (p && p->hook && known == &p->execs[0])
		ct_row_addf(row, CT_STYLE_PLAIN, "%s hook: ", p->hook);
	/* an attached process did its exec before the tracer came */
	ct_row_add(row, CT_STYLE_DIM,
		   strcmp(ct_words_event(story, item)->exec.call, "attach") != 0
			   ? "exec "
			   : "runs ");
	add_command(row, story, item, !payload && !story->verbose);
	if (!payload)
		return;
	/* the command may be cut, what it means may not */
	room = row->look->width - LIFETIME - row->cells;
	mark = running[ct_row_cells(row, running[1]) <= room];
	ct_row_cut(row, row->look->width - LIFETIME - ct_row_cells(row, mark));
	ct_row_add(row, CT_STYLE_GOOD, mark);
}

void ct_words_signal(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item)
{
	ct_row_addf(row, CT_STYLE_PLAIN, "receives %s",
		    ct_signal_name(ct_words_event(story, item)->signal));
}

void ct_words_exit(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item)
{
	const struct ct_event_exit *end = &ct_words_event(story, item)->exit;
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_pressure *p = story->model->facts[item->events[0]].pressure;
	bool bad = end->signal || end->status;

	ct_label_exit(&sb, end);
	if (p) {
		ct_strbuf_adds(&sb, ": ");
		ct_label_pressure_cause(&sb, story->model, p);
	}
	ct_row_add(row, bad ? CT_STYLE_BAD : CT_STYLE_PLAIN, sb.data);
}
