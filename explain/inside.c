/* SPDX-License-Identifier: MIT */
/* What a container's program says of its failure fits to one of its calls, or to none. */
#include "inside.h"

#include "call_words.h"
#include "cttrace/errno.h"
#include "label.h"

#include <stdlib.h>

static const struct inside rows[] = {
#define INSIDE(...) { __VA_ARGS__ },
#include "inside.def"
#undef INSIDE
};

const struct inside *inside_row(const struct ct_event_call *call)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (call_in_list(rows[i].calls, call->name) &&
		    call_in_list(rows[i].errors, ct_errno_name(call->error)))
			return &rows[i];
	return NULL;
}

/* Its own affair: what is told must be beyond doubt. A script may go on where a command
 * of it has failed; if that was the end, the container ended like the command. */
static bool is_sure(const struct subject *s, const struct pairs *pairs,
		    const struct ct_container *c)
{
	const struct ct_event_exit *end;

	if (!pairs->n || evidence_sure(pairs, 0) < CT_SURE_MEDIUM)
		return false;
	end = &s->model->processes[pairs->items[0].process].exit;
	return end->signal == c->exit.signal && end->status == c->exit.status;
}

static void tell(struct subject *s, const struct pair *best)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	s->diagnosis->event = (long)best->fact;
	s->diagnosis->process = best->process;
	s->message = best->message;
	s->at_ns = s->model->facts[best->fact].event->t_ns;
	ct_label_fact(&text, s->model, best->fact);
	subject_remark(s, "seen", text.data);
}

void inside_add(struct subject *s, const struct ct_container *c)
{
	struct pairs pairs = pairs_of(s->model, s->messages, true);

	if (is_sure(s, &pairs, c))
		tell(s, &pairs.items[0]);
	free(pairs.items);
}
