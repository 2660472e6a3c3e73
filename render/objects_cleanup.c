/* SPDX-License-Identifier: MIT */
/* What was done away with when a container had ended, counted. */
#include "objects.h"

#include "label.h"
#include "tally.h"

#include <string.h>

struct cleanup {
	struct ct_tally programs;
	size_t failed, unmounts, removed;
};

static void count_cleanup(struct cleanup *done, const struct ct_model *model,
			  const struct ct_fact *fact)
{
	const struct ct_event *e = fact->event;
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	if (e->kind == CT_EVENT_EXEC)
		ct_label_name(&name, model, fact->process);
	ct_tally_add(&done->programs, name.data);
	if (e->kind == CT_EVENT_EXIT && (e->exit.status || e->exit.signal))
		done->failed++;
	if (e->kind == CT_EVENT_CALL && !strcmp(e->call.name, "umount2"))
		done->unmounts++;
	if (e->kind == CT_EVENT_CALL && !strcmp(e->call.name, "rmdir") &&
	    fact->tags & 1U << CT_TAG_CGROUP)
		done->removed++;
}

void ct_objects_add_cleanup(struct ct_strbuf *out, const struct ct_story *story,
			    const struct ct_item *item)
{
	struct cleanup done = { 0 };
	size_t programs;

	for (size_t i = 0; i < item->n_events; i++)
		count_cleanup(&done, story->model, &story->model->facts[item->events[i]]);
	programs = done.programs.n;
	ct_tally_print(&done.programs, out, ", ", true);
	if (done.unmounts)
		ct_strbuf_addf(out, "%s%zu unmounted", programs ? ", " : "",
			       done.unmounts);
	if (done.removed)
		ct_strbuf_addf(out, "%s%zu cgroup%s removed",
			       programs || done.unmounts ? ", " : "", done.removed,
			       done.removed == 1 ? "" : "s");
	if (!programs && !done.unmounts && !done.removed)
		ct_strbuf_addf(out, "%zu call%s", item->n_events,
			       item->n_events == 1 ? "" : "s");
	if (done.failed)
		ct_strbuf_addf(out, "; %zu end with a failure status", done.failed);
	ct_tally_release(&done.programs);
}
