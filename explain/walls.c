/* SPDX-License-Identifier: MIT */
/* Walls and limits that a program came to before it gave up, and how to open them. */
#include "walls.h"

#include "call_words.h"
#include "cttrace/errno.h"
#include "tracer.h"

#include <errno.h>
#include <string.h>

#define WALLS_TOLD 4

static const char *const remedies[CT_LAYERS] = {
	[CT_LAYER_SECCOMP] =
		"if it must be able to: allow the call in the seccomp profile "
		"(--security-opt seccomp=FILE)",
	[CT_LAYER_CAPABILITY] =
		"if it must be able to: give it the capability (--cap-add, "
		"process.capabilities)",
	[CT_LAYER_USER_NS] =
		"the host's own things stay closed to a user namespace: run it "
		"with root's, or do this outside",
	[CT_LAYER_MOUNT] =
		"mount it with other options (a volume without :ro, or a tmpfs)",
	[CT_LAYER_DEVICES] = "give it the device (--device, linux.resources.devices)",
	[CT_LAYER_LSM] = "change the profile, or choose another one (--security-opt)",
	[CT_LAYER_PERMISSION] =
		"look at the file's owner and mode, and at the user that runs (--user)",
	[CT_LAYER_TRACER] = "see whether it works without cttrace",
	[CT_LAYER_NO_NEW_PRIVS] =
		"leave no_new_privs away, if the program must gain privileges",
};

/* A program that was to gain rights is executed all the same: there is no errno then. */
static void add_wall(struct subject *s, const char *label, const struct ct_wall *w)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_strbuf_addf(&text, "%s: refused", w->what);
	if (w->error)
		ct_strbuf_addf(&text, " with %s", ct_errno_name(w->error));
	if (*w->reason)
		ct_strbuf_addf(&text, ", %s", w->reason);
	subject_remark(s, label, text.data);
}

static const char *remedy_of(const struct subject *s, const struct ct_wall *w)
{
	if (w->layer == CT_LAYER_NO_NEW_PRIVS &&
	    !tracer_others_set_no_new_privs(s->model))
		return "trace it as root (-u USER): nobody else in the trace has set "
		       "no_new_privs, but a tracer that is not root has to";
	return remedies[w->layer];
}

/* -------- limits -------- */

static const char *pids_max(const struct ct_container *c)
{
	for (size_t i = c->n_limits; i-- > 0;)
		if (!strcmp(c->limits[i].file, "pids.max") && !c->limits[i].failed)
			return c->limits[i].value;
	return NULL;
}

/* A task that the container could not make; NULL. */
static const struct ct_event_call *refused_task(const struct subject *s, int container)
{
	for (size_t i = s->model->n_facts; i-- > 0;) {
		const struct ct_event *event = s->model->facts[i].event;
		int process = s->model->facts[i].process;

		if (event->kind == CT_EVENT_CALL && process >= 0 &&
		    event->call.result == CT_RESULT_ERROR &&
		    event->call.error == EAGAIN &&
		    call_in_list("clone clone3 fork vfork", event->call.name) &&
		    s->model->processes[process].container == container &&
		    message_is_payload(s->model, process, event->t_ns))
			return &event->call;
	}
	return NULL;
}

static bool add_limit(struct subject *s, const struct ct_container *c)
{
	const struct ct_event_call *call =
		refused_task(s, (int)(c - s->model->containers));
	const char *max = pids_max(c);

	if (!call)
		return false;
	subject_remark(s, "seen",
		       ct_arena_printf(&s->diagnosis->arena,
				       "%s: refused with EAGAIN%s%s", call->name,
				       max ? ", pids.max of its cgroup is "
					   : ", a limit on tasks",
				       max ? max : ""));
	s->remedy = "raise --pids-limit (linux.resources.pids), or look for who makes so "
		    "many tasks";
	return true;
}

bool walls_add(struct subject *s, const struct ct_container *c)
{
	const struct ct_wall *last = NULL;
	size_t told = 0;

	for (size_t i = 0; i < c->n_walls && told < WALLS_TOLD; i++)
		if (c->walls[i].outcome == CT_OUTCOME_REFUSED) {
			last = &c->walls[i];
			add_wall(s, told++ ? "" : "seen", last);
		}
	if (last && told == 1)
		s->remedy = remedy_of(s, last);
	return last || add_limit(s, c);
}
