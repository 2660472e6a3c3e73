/* SPDX-License-Identifier: MIT */
/* From facts to items: what is told, and what is told together. */
#include "tell.h"

#include "alloc.h"
#include "item.h"
#include "lookup.h"

#include <errno.h>
#include <string.h>

/* How verbose a story must be to tell of a kind, and whether its events are told as one.
 */
static const struct kind {
	int verbose;
	bool folds;
} kinds[CT_ITEM_KINDS] = {
	[CT_ITEM_BORN] = { 1, false },    [CT_ITEM_CGROUP] = { 0, true },
	[CT_ITEM_MOUNT] = { 0, true },    [CT_ITEM_UNMOUNT] = { 0, true },
	[CT_ITEM_IDENTITY] = { 0, true }, [CT_ITEM_CAPABILITY] = { 0, true },
	[CT_ITEM_SECCOMP] = { 0, true },  [CT_ITEM_LIMIT] = { 0, true },
	[CT_ITEM_SYSCTL] = { 0, true },   [CT_ITEM_DEVICE] = { 0, true },
	[CT_ITEM_PIPE] = { 0, true },     [CT_ITEM_FILE] = { 1, false },
	[CT_ITEM_CALL] = { 2, false },    [CT_ITEM_SIGNAL] = { 1, false },
	[CT_ITEM_NOTE] = { 1, false },
};

static size_t *latest_of(struct ct_teller *t, int process, enum ct_item_kind kind)
{
	return &t->latest[(size_t)process * CT_ITEM_KINDS + kind];
}

/* The only change that an event made; NULL when there are more. */
static const struct ct_ns_change *only_change(const struct ct_model *model, size_t event)
{
	const struct ct_fact *fact = &model->facts[event];

	if (fact->n_ns != 1 || fact->first_ns >= model->n_ns_changes)
		return NULL;
	return &model->ns_changes[fact->first_ns];
}

/*
 * Go programs visit a namespace with one of their threads and come back: the item of the
 * visit when this event is the way back, or goes there again.
 */
static struct ct_item *returning(struct ct_teller *t, enum ct_item_kind kind, int process,
				 size_t event)
{
	struct ct_story *story = t->story;
	const struct ct_ns_change *now, *before;
	struct ct_item *item;

	if (kind != CT_ITEM_NAMESPACE || story->verbose || story->growing ||
	    !t->last[process])
		return NULL;
	item = &story->items[t->last[process] - 1];
	if (item->kind != CT_ITEM_NAMESPACE)
		return NULL;
	now = only_change(story->model, event);
	before = only_change(story->model, item->events[item->n_events - 1]);
	if (!now || !before || now->how != CT_NS_SETNS || before->how != CT_NS_SETNS ||
	    now->type != before->type || now->to != before->from ||
	    now->from != before->to)
		return NULL;
	return item;
}

#define PIECES_MAX 64 /* of one line */

/* A line that is written in pieces: the item of its beginning. */
static struct ct_item *continuing(struct ct_teller *t, enum ct_item_kind kind,
				  int process)
{
	struct ct_story *story = t->story;
	const struct ct_arg *text;
	struct ct_item *item;

	if (kind != CT_ITEM_MESSAGE || story->verbose || story->growing || process < 0 ||
	    !t->last[process])
		return NULL;
	item = &story->items[t->last[process] - 1];
	if (item->kind != CT_ITEM_MESSAGE || item->n_events == PIECES_MAX)
		return NULL;
	text = ct_message_of(
		&ct_event_at(story->model, item->events[item->n_events - 1])->call);
	return text && text->len && text->str[text->len - 1] != '\n' ? item : NULL;
}

/* An empty line, which somebody puts around what he says. */
static bool is_blank(const struct ct_event *event)
{
	const struct ct_arg *text = ct_message_of(&event->call);
	size_t blank = 0;

	while (text && blank < text->len && strchr(" \r\n", text->str[blank]) &&
	       text->str[blank])
		blank++;
	return text && blank == text->len;
}

static void tell(struct ct_teller *t, enum ct_item_kind kind, int process, size_t event)
{
	struct ct_story *story = t->story;
	const struct ct_event *e = ct_event_at(story->model, event);
	/* nobody can know yet whether a birth will have something to tell */
	int least = story->growing && kind == CT_ITEM_BORN ? 0 : kinds[kind].verbose;
	bool folds = kinds[kind].folds && story->verbose == 0 && !story->growing &&
		     process >= 0;
	struct ct_item *item = returning(t, kind, process, event);

	if (kind == CT_ITEM_NONE || least > story->verbose)
		return;
	if (!item)
		item = continuing(t, kind, process);
	if (!item && kind == CT_ITEM_MESSAGE && story->verbose == 0 && is_blank(e))
		return;
	if (item) {
		/* the way back belongs to the visit, the rest of a line to its beginning
		 */
	} else if (folds && *latest_of(t, process, kind)) {
		item = &story->items[*latest_of(t, process, kind) - 1];
	} else {
		item = ct_push(story->items, story->n_items, story->cap_items);
		item->kind = kind;
		item->process = process;
		item->t_ns = e->t_ns;
		/* what comes later must not seem to have happened before this */
		if (!folds && process >= 0)
			memset(latest_of(t, process, 0), 0,
			       CT_ITEM_KINDS * sizeof(*t->latest));
	}
	item->end_ns = e->t_ns + (e->dur_ns > 0 ? e->dur_ns : 0);
	if (!item->cap_events) { /* most never have a second one */
		item->events = ct_alloc(sizeof(*item->events));
		item->cap_events = 1;
	}
	*ct_push(item->events, item->n_events, item->cap_events) = event;
	if (process >= 0)
		t->last[process] = (size_t)(item - story->items) + 1;
	if (folds)
		*latest_of(t, process, kind) = (size_t)(item - story->items) + 1;
}

/* A call over D-Bus stands for its answer, too. */
static bool tell_bus(struct ct_teller *t, const struct ct_fact *fact, size_t event)
{
	const struct ct_bus_message *message = ct_bus_message_at(t->story->model, fact);

	if (!message)
		return false;
	if (t->story->verbose || (message->systemd && message->kind == CT_BUS_CALL))
		tell(t, CT_ITEM_BUS, fact->process, event);
	return true;
}

/*
 * Nothing was there. Most of these are searches that go on elsewhere; which ones nobody
 * can tell before that has happened.
 */
static bool is_search(const struct ct_teller *t, const struct ct_fact *fact)
{
	const unsigned int any =
		1U << CT_TAG_FAILED | 1U << CT_TAG_FILE | 1U << CT_TAG_WALL;

	return t->story->growing && fact->event->call.error == ENOENT &&
	       !(fact->tags & ~any);
}

static void tell_failure(struct ct_teller *t, const struct ct_fact *fact, size_t event)
{
	if (t->story->verbose == 0 &&
	    ((fact->tags & 1U << CT_TAG_BENIGN) || is_search(t, fact) ||
	     ct_item_is_look_up(t->story->model, fact, event)))
		t->story->n_benign++;
	else
		tell(t, CT_ITEM_FAILURE, fact->process, event);
}

/* Namespaces and cgroups change for the one that was moved, whoever made the call. */
static bool tell_change(struct ct_teller *t, const struct ct_fact *fact, size_t event)
{
	const struct ct_model *model = t->story->model;
	int owner = t->ns_owner[event];
	bool told = false;

	if (owner >= 0) {
		tell(t, CT_ITEM_NAMESPACE, owner, event);
		told = true;
	}
	if (fact->cgroup >= 0 && (size_t)fact->cgroup < model->n_cgroup_changes) {
		const struct ct_cgroup_change *c = &model->cgroup_changes[fact->cgroup];

		/* the same move in the other hierarchies of version 1 is not told again
		 */
		if (c->event == event && ct_process_at(model, c->process))
			tell(t, CT_ITEM_MOVE, c->process, event);
		told = true;
	}
	return told;
}

static void tell_exit(struct ct_teller *t, const struct ct_fact *fact, size_t event)
{
	const struct ct_model *model = t->story->model;
	const struct ct_process *p = ct_process_at(model, fact->process);

	if (!p || p->exited_ns != fact->event->t_ns || t->exit_told[fact->process])
		return;
	t->exit_told[fact->process] = true;
	if (t->story->verbose || p->exit.signal || p->exit.status ||
	    fact->process == model->root || ct_is_init(model, fact->process))
		tell(t, CT_ITEM_EXIT, fact->process, event);
}

/* What a sample shows and no other event of the trace does: in the payload's lane. */
static void tell_pressure(struct ct_teller *t, const struct ct_fact *fact, size_t event)
{
	const struct ct_model *model = t->story->model;
	const struct ct_meter *meter =
		fact->pressure ? ct_meter_at(model, fact->pressure->meter) : NULL;
	const struct ct_container *c =
		meter ? ct_container_at(model, meter->container) : NULL;

	if (c && ct_process_at(model, c->payload))
		tell(t, CT_ITEM_PRESSURE, c->payload, event);
}

/*
 * crun and runc mount a directory for the sealed copy of themselves, and unmount it: that
 * is part of the exec which follows.
 */
static void absorb_copy(struct ct_teller *t, const struct ct_fact *fact, size_t event)
{
	struct ct_story *story = t->story;
	const struct ct_process *p = ct_process_at(story->model, fact->process);
	const struct ct_exec *exec = p ? ct_exec_of(p, event) : NULL;

	if (!exec || !exec->self || story->verbose || story->growing)
		return;
	for (size_t i = story->n_items; i-- > 0;) {
		struct ct_item *item = &story->items[i];

		if (item->process != fact->process)
			continue;
		if (item->kind != CT_ITEM_MOUNT && item->kind != CT_ITEM_UNMOUNT)
			break;
		item->kind = CT_ITEM_NONE;
	}
}

void ct_teller_tell(struct ct_teller *t, size_t event)
{
	const struct ct_fact *fact = &t->story->model->facts[event];
	bool told = tell_change(t, fact, event);

	switch (fact->event->kind) {
	case CT_EVENT_TASK:
		if (fact->event->birth.how != CT_BIRTH_THREAD && !told)
			tell(t, CT_ITEM_BORN, fact->process, event);
		break;
	case CT_EVENT_CALL:
		if (fact->tags & 1U << CT_TAG_FAILED)
			tell_failure(t, fact, event);
		else if (!told && t->story->verbose > 1)
			tell(t, CT_ITEM_CALL, fact->process, event);
		else if (tell_bus(t, fact, event))
			break;
		else if (!told && ct_wall_of(t->story->model, event) &&
			 ct_item_says_allowed(fact))
			tell(t, CT_ITEM_WALL, fact->process, event);
		/* what has not returned yet is told at the end */
		else if (!told && fact->event->call.result != CT_RESULT_ONGOING &&
			 !(t->story->verbose == 0 &&
			   ct_is_run_of_filter(t->story->model, event)))
			tell(t, ct_item_kind_of(fact), fact->process, event);
		break;
	case CT_EVENT_EXEC:
		absorb_copy(t, fact, event);
		tell(t, CT_ITEM_EXEC, fact->process, event);
		break;
	case CT_EVENT_EXIT:
		tell_exit(t, fact, event);
		break;
	case CT_EVENT_SIGNAL:
		tell(t, CT_ITEM_SIGNAL, fact->process, event);
		break;
	case CT_EVENT_GAP:
		tell(t, CT_ITEM_GAP, fact->process, event);
		break;
	case CT_EVENT_NOTE:
		tell(t, CT_ITEM_NOTE, fact->process, event);
		break;
	case CT_EVENT_METER:
		tell_pressure(t, fact, event);
		break;
	case CT_EVENT_KINDS:
		break;
	}
}
