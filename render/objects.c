/* SPDX-License-Identifier: MIT */
/* What calls were about, counted and listed once. */
#include "objects.h"

#include "alloc.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

/* Names in the order of their first appearance, with how often each appeared. */
struct tally {
	struct {
		char *name;
		size_t count;
	} * rows;
	size_t n, cap;
	bool more; /* not every name is in it */
};

enum {
	TALLY_MAX = 48 /* no line shows as many; a trace may hold a million names */
};

static void tally_add(struct tally *tally, const char *name)
{
	for (size_t i = 0; i < tally->n; i++)
		if (!strcmp(tally->rows[i].name, name)) {
			tally->rows[i].count++;
			return;
		}
	if (tally->n == TALLY_MAX) {
		tally->more = true;
		return;
	}
	(void)ct_push(tally->rows, tally->n, tally->cap);
	tally->rows[tally->n - 1].name = ct_strdup(name);
	tally->rows[tally->n - 1].count = 1;
}

static void tally_print(struct tally *tally, struct ct_strbuf *out, const char *separator,
			bool counts)
{
	for (size_t i = 0; i < tally->n; i++) {
		if (i)
			ct_strbuf_adds(out, separator);
		ct_strbuf_adds(out, tally->rows[i].name);
		if (counts && tally->rows[i].count > 1)
			ct_strbuf_addf(out, " ×%zu", tally->rows[i].count);
		free(tally->rows[i].name);
	}
	if (tally->more)
		ct_strbuf_addf(out, "%s…", separator);
	free(tally->rows);
}

/* Both arrays of a container are in the order of events. */
static const struct ct_mount *mount_of(const struct ct_container *c, size_t event)
{
	size_t low = 0, high = c->n_mounts;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c->mounts[middle].event < event)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->n_mounts && c->mounts[low].event == event ? &c->mounts[low]
								  : NULL;
}

static const struct ct_limit *limit_of(const struct ct_container *c, size_t event)
{
	for (size_t i = 0; i < c->n_limits; i++)
		if (c->limits[i].event == event)
			return &c->limits[i];
	return NULL;
}

static bool is_object(const struct ct_arg *arg)
{
	return (arg->path && *arg->path) || arg->type == CT_VALUE_STR;
}

/* The argument that a call is about, where that is not its first file or string. */
static const struct ct_arg *object_arg(const struct ct_event_call *call)
{
	static const struct {
		const char *call, *arg;
	} objects[] = {
		{ "mount", "target" },       { "move_mount", "to_pathname" },
		{ "prlimit64", "resource" }, { "setrlimit", "resource" },
		{ "prctl", "option" },       { "seccomp", "operation" },
	};

	for (size_t i = 0; i < sizeof(objects) / sizeof(*objects); i++) {
		const struct ct_arg *arg;

		if (strcmp(objects[i].call, call->name) != 0)
			continue;
		arg = ct_call_arg(call, objects[i].arg);
		if (arg)
			return arg;
	}
	for (size_t i = 0; i < call->n_args; i++)
		if (is_object(&call->args[i]))
			return &call->args[i];
	return NULL;
}

static void add_object(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_fact *fact = &story->model->facts[event];
	const struct ct_container *c = ct_container_at(story->model, fact->container);
	const struct ct_mount *mount = c ? mount_of(c, event) : NULL;
	const struct ct_limit *limit = c ? limit_of(c, event) : NULL;
	const struct ct_arg *arg;

	if (mount) {
		ct_label_text(out, mount->target, strlen(mount->target), !story->verbose);
		return;
	}
	if (limit) {
		ct_strbuf_addf(out, "%s ", limit->file);
		ct_label_text(out, limit->value, strcspn(limit->value, "\n"), true);
		return;
	}
	arg = fact->event->kind == CT_EVENT_CALL ? object_arg(&fact->event->call) : NULL;
	if (arg && arg->path && *arg->path)
		ct_label_text(out, arg->path, strlen(arg->path), !story->verbose);
	else if (arg && arg->type == CT_VALUE_STR)
		ct_label_text(out, arg->str, arg->len, !story->verbose);
	else if (arg)
		ct_strbuf_adds(out, arg->text ? arg->text : "?");
}

/* "proc → /proc  (proc; nosuid,nodev)" */
static void add_mount(struct ct_strbuf *out, const struct ct_mount *mount, bool cut)
{
	const char *about[] = { mount->type, mount->flags, mount->propagation };
	const char *separator = "   (";

	ct_strbuf_adds(out, "mount ");
	if (*mount->source && (*mount->type || *mount->flags)) {
		ct_label_text(out, mount->source, strlen(mount->source), cut);
		ct_strbuf_adds(out, " → ");
	}
	ct_label_text(out, mount->target, strlen(mount->target), cut);
	for (size_t i = 0; i < sizeof(about) / sizeof(*about); i++) {
		if (!about[i] || !*about[i])
			continue;
		ct_strbuf_addf(out, "%s%s", separator, about[i]);
		separator = "; ";
	}
	if (strcmp(separator, "; ") == 0)
		ct_strbuf_addc(out, ')');
}

/* What mount(2) was asked for, where that concerns no container. */
static bool mount_from_call(struct ct_mount *mount, const struct ct_event *e)
{
	if (e->kind != CT_EVENT_CALL || strcmp(e->call.name, "mount") != 0)
		return false;
	*mount = (struct ct_mount){
		.source = ct_call_path(&e->call, "source"),
		.target = ct_call_path(&e->call, "target"),
		.type = ct_call_path(&e->call, "filesystemtype"),
		.flags = "",
		.propagation = "",
	};
	return true;
}

static void add_single(struct ct_strbuf *out, const struct ct_story *story,
		       const struct ct_item *item)
{
	const struct ct_fact *fact = &story->model->facts[item->events[0]];
	const struct ct_container *c = ct_container_at(story->model, fact->container);
	const struct ct_mount *mount = c ? mount_of(c, item->events[0]) : NULL;

	struct ct_mount made = { 0 };

	if (!mount && mount_from_call(&made, fact->event))
		mount = &made;
	if (mount)
		add_mount(out, mount, !story->verbose);
	else if (c && limit_of(c, item->events[0])) {
		ct_strbuf_adds(out, "cgroup limit ");
		add_object(out, story, item->events[0]);
	} else if (fact->event->kind == CT_EVENT_CALL)
		ct_label_arguments(out, &fact->event->call);
}

void ct_objects_add(struct ct_strbuf *out, const struct ct_story *story,
		    const struct ct_item *item)
{
	static const char *const verbs[CT_ITEM_KINDS] = {
		[CT_ITEM_CGROUP] = "cgroup",
		[CT_ITEM_MOUNT] = "mount",
		[CT_ITEM_UNMOUNT] = "umount",
		[CT_ITEM_IDENTITY] = "identity",
		[CT_ITEM_CAPABILITY] = "capabilities",
		[CT_ITEM_SECCOMP] = "seccomp",
		[CT_ITEM_LIMIT] = "limits",
		[CT_ITEM_DEVICE] = "devices",
	};
	struct tally tally = { 0 };

	if (item->n_events == 1) {
		add_single(out, story, item);
		return;
	}
	for (size_t i = 0; i < item->n_events; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf object = CT_STRBUF_INIT;

		add_object(&object, story, item->events[i]);
		if (object.len)
			tally_add(&tally, object.data);
	}
	ct_strbuf_addf(out, "%s ×%zu%s", verbs[item->kind] ? verbs[item->kind] : "calls",
		       item->n_events, tally.n ? ": " : "");
	tally_print(&tally, out, " ", false);
}

void ct_objects_add_runs(struct ct_strbuf *out, const struct ct_story *story,
			 const struct ct_item *item)
{
	const struct ct_model *model = story->model;
	int32_t low = INT32_MAX, high = 0;
	size_t failed = 0;

	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		if (story->members[i].fold != item->process)
			continue;
		low = p->pid < low ? p->pid : low;
		high = p->pid > high ? p->pid : high;
		failed += p->exited_ns >= 0 && (p->exit.status || p->exit.signal);
	}
	ct_strbuf_addf(out, "%d runs, pids %d–%d", story->members[item->process].n_folded,
		       low, high);
	if (failed)
		ct_strbuf_addf(out, ", %zu of them with a failure status", failed);
}

void ct_objects_add_cleanup(struct ct_strbuf *out, const struct ct_story *story,
			    const struct ct_item *item)
{
	const struct ct_model *model = story->model;
	struct tally tally = { 0 };
	size_t failed = 0;

	for (size_t i = 0; i < item->n_events; i++) {
		const struct ct_fact *fact = &model->facts[item->events[i]];
		const struct ct_event *e = fact->event;
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

		if (e->kind == CT_EVENT_EXEC)
			ct_label_name(&name, model, fact->process);
		else if (e->kind == CT_EVENT_CALL)
			ct_strbuf_adds(&name, e->call.name);
		else if (e->kind == CT_EVENT_EXIT && (e->exit.status || e->exit.signal))
			failed++;
		if (name.len)
			tally_add(&tally, name.data);
	}
	tally_print(&tally, out, ", ", true);
	if (failed)
		ct_strbuf_addf(out, "; %zu end with a failure status", failed);
}
