/* SPDX-License-Identifier: MIT */
/* What was said about the failure, by whom, and how it became the exit status. */
#include "subject.h"

#include "cttrace/errno.h"

#include "label.h"

#include <string.h>

#define REPEATED_MAX 4
#define CHAIN_MAX    6

static const char *const channels[] = {
	[CHANNEL_STDERR] = "",
	[CHANNEL_SYNC] = " told the process that waits for it",
	[CHANNEL_LOG] = " wrote in its log",
};

static const char *comm(const struct subject *s, int process)
{
	return s->model->processes[process].comm;
}

/* Names of those who said it again, once each. */
static void add_repeaters(struct subject *s, struct ct_strbuf *text,
			  const struct message *origin)
{
	int last = origin->process, n = 0;
	size_t origin_index = (size_t)(origin - s->messages->items);

	for (size_t i = origin_index + 1; i < s->messages->n && n < REPEATED_MAX; i++) {
		const struct message *m = &s->messages->items[i];

		if (m->origin != origin_index || m->process == last || m->payload)
			continue;
		ct_strbuf_addf(text, "%s%s", n ? ", " : "; repeated by ",
			       comm(s, m->process));
		last = m->process;
		n++;
	}
}

void subject_add_said(struct subject *s)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct message *origin;

	if (!s->message)
		return;
	origin = &s->messages->items[s->message->origin];
	ct_strbuf_addf(&text, "%s%s", comm(s, origin->process),
		       channels[origin->channel]);
	if (s->event && origin->t_ns >= s->event->t_ns)
		ct_strbuf_addf(&text, ", %s",
			       subject_later(s, origin->t_ns - s->event->t_ns));
	ct_strbuf_addf(&text, ": \"%s\"", origin->text);
	if (origin->number)
		ct_strbuf_addf(&text, " with the number of %s",
			       ct_errno_name(origin->number));
	add_repeaters(s, &text, origin);
	subject_remark(s, "said", text.data);
	if (origin->process != s->diagnosis->process && s->diagnosis->process >= 0)
		subject_remark(s, "",
			       "the process that speaks is not the one that failed");
}

static void add_end(struct subject *s, struct ct_strbuf *text, int process)
{
	const struct ct_process *p = &s->model->processes[process];

	if (text->len)
		ct_strbuf_adds(text, "; ");
	ct_strbuf_addf(text, "%s: ", subject_name(s, process));
	if (p->exited_ns < 0)
		ct_strbuf_adds(text, "goes on");
	else
		ct_label_exit(text, &p->exit);
}

/* From who failed up to the command that was traced: parents, not creators, wait. */
void subject_add_chain(struct subject *s)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	int process = s->diagnosis->process, n = 0;

	if (process < 0)
		return;
	for (; process >= 0 && n < CHAIN_MAX; n++) {
		int parent = s->model->processes[process].ppid_process;

		add_end(s, &text, process);
		if (process == s->model->root || parent == process)
			break;
		process = parent >= 0 ? parent : s->model->processes[process].creator;
	}
	if (n)
		subject_remark(s, "then", text.data);
}
