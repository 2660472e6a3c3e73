/* SPDX-License-Identifier: MIT */
/*
 * SCM_RIGHTS: which descriptors, the sender's /proc has said; to whom, the socket: who is
 * at its other end, or has made the pair (SO_PEERCRED).
 */
#include "handover_rights.h"

#include "handover.h"

#include "cttrace/strbuf.h"

#include <string.h>

/* "seccomp notify" of "anon_inode:seccomp notify" */
static const char *kind_of(const char *name)
{
	static const char anonymous[] = "anon_inode:";

	if (!*name)
		return "?";
	return strncmp(name, anonymous, strlen(anonymous)) ? name
							   : name + strlen(anonymous);
}

static const char *label_of(struct model *m, const struct ct_event *event)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_strbuf_adds(&sb, event->n_passed > 1 ? "descriptors: " : "descriptor: ");
	for (size_t i = 0; i < event->n_passed; i++)
		ct_strbuf_addf(&sb, "%s%s", i ? ", " : "", kind_of(event->passed[i]));
	return ct_arena_strndup(&m->results, sb.data, sb.len);
}

/* Who had that pid then. */
static int process_of(const struct model *m, int32_t pid, int64_t t_ns)
{
	for (int i = (int)m->pub.n_processes - 1; i >= 0; i--) {
		const struct ct_process *p = &m->pub.processes[i];

		if (p->pid == pid && p->born_ns <= t_ns &&
		    (p->exited_ns < 0 || p->exited_ns >= t_ns))
			return i;
	}
	return -1;
}

void handover_rights(struct model *m, size_t index)
{
	const struct ct_fact *fact = &m->pub.facts[index];
	const struct ct_event *event = fact->event;
	int to = event->peer ? process_of(m, event->peer->pid, event->t_ns) : -1;

	/* who has made the pair keeps one end and may be the one who sends */
	if (!event->n_passed || to < 0 || to == fact->process)
		return;
	handover_add(m, &(struct ct_handover){
				.kind = CT_HANDOVER_MESSAGE,
				.from = fact->process,
				.to = to,
				.from_ns = event->t_ns,
				.to_ns = event->t_ns,
				.from_event = -1,
				.event = index,
				.label = label_of(m, event),
			});
}
