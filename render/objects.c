/* SPDX-License-Identifier: MIT */
/* What calls were about, counted and listed once. */
#include "objects.h"

#include "label.h"
#include "lookup.h"
#include "mounts.h"
#include "tally.h"

#include <string.h>

enum {
	PATH_CELLS = 28 /* of a path that is told among others */
};

static const struct ct_container *container_of(const struct ct_story *story, size_t event)
{
	return ct_container_at(story->model, story->model->facts[event].container);
}

/* The call of an event; an event of another kind is about nothing. */
static const struct ct_event_call *call_of(const struct ct_story *story, size_t event)
{
	const struct ct_event *e = story->model->facts[event].event;

	return e->kind == CT_EVENT_CALL ? &e->call : NULL;
}

/* The file that a call names first. */
static const char *path_of(const struct ct_event_call *call)
{
	for (size_t i = 0; i < call->n_args; i++)
		if (call->args[i].path && *call->args[i].path)
			return call->args[i].path;
	for (size_t i = 0; i < call->n_args; i++)
		if (call->args[i].type == CT_VALUE_STR)
			return call->args[i].str;
	return "";
}

typedef void object_fn(struct ct_strbuf *out, const struct ct_story *story, size_t event);

/* A path below the container's root as those inside it see it; any other unchanged. */
static const char *inside_path(const struct ct_container *c, const char *path)
{
	size_t len = c ? strlen(c->rootfs) : 0;

	return len > 1 && !strncmp(path, c->rootfs, len) && path[len] == '/' ? path + len
									     : path;
}

static void add_target(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_mount *mount = ct_mount_of(container_of(story, event), event);
	const struct ct_event_call *call = call_of(story, event);

	ct_label_path(out, mount ? mount->target : ct_call_path(call, "target"),
		      PATH_CELLS, !story->verbose);
}

static void add_path(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_fact *fact = &story->model->facts[event];
	const struct ct_process *p = ct_process_at(story->model, fact->process);
	const struct ct_container *c = p && p->inside ? container_of(story, event) : NULL;

	ct_label_path(out, inside_path(c, path_of(call_of(story, event))), PATH_CELLS,
		      !story->verbose);
}

/* The rules of a device program that was attached; else which call of bpf(2) it was. */
static void add_program(struct ct_strbuf *out, const struct ct_container *c,
			const struct ct_event_call *call, size_t event)
{
	const struct ct_arg *cmd = ct_call_arg(call, "cmd");
	size_t n = 0;

	for (size_t i = 0; c && i < c->n_limits; i++) {
		if (c->limits[i].event != event)
			continue;
		ct_strbuf_addf(out, "%s%s",
			       n++ ? "; " : "BPF program: ", c->limits[i].value);
	}
	if (!n)
		ct_strbuf_addf(out, "bpf(%s)", cmd ? cmd->text : "");
}

/* A node that is made, or the program that decides about nodes. */
static void add_device(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_event_call *call = call_of(story, event);

	if (!strcmp(call->name, "bpf"))
		add_program(out, container_of(story, event), call, event);
	else
		add_path(out, story, event);
}

static void add_name(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	ct_strbuf_adds(out, call_of(story, event)->name);
}

/* "oom_score_adj 0" of a write into a file of that name; else nothing. */
static bool add_written(struct ct_strbuf *out, const struct ct_event_call *call)
{
	const struct ct_arg *data = ct_call_arg(call, "buf");
	size_t len;

	if (!data || data->type != CT_VALUE_STR)
		return false;
	len = data->len;
	while (len && data->str[len - 1] == '\n')
		len--;
	ct_strbuf_addf(out, "%s ", ct_basename(path_of(call)));
	ct_label_text(out, data->str, len, true);
	return true;
}

/* "RLIMIT_NOFILE 1048576" */
static void add_limit(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_event_call *call = call_of(story, event);
	const struct ct_arg *resource = ct_call_arg(call, "resource");
	const struct ct_arg *limit = ct_call_arg(call, "new_limit");

	if (add_written(out, call))
		return;
	if (!limit)
		limit = ct_call_arg(call, "rlim");
	if (!resource) {
		ct_label_arguments(out, call);
		return;
	}
	ct_strbuf_adds(out, resource->text);
	if (limit)
		ct_strbuf_addf(out, " %s",
			       limit->n_items ? limit->items[0].text : limit->text);
}

/* Runtimes name it after the container. */
static void add_keyring(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_arg *name = ct_call_arg(call_of(story, event), "arg2");

	if (name && name->type == CT_VALUE_STR)
		ct_label_text(out, name->str, name->len, !story->verbose);
	else
		ct_strbuf_adds(out, "without a name");
}

/* "net.ipv4.ip_forward = 1", as the model names it */
static void add_sysctl(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_act *act = ct_act_of(container_of(story, event), event);

	if (!act) {
		add_limit(out, story, event);
		return;
	}
	ct_strbuf_addf(out, "%s = ", act->name);
	ct_label_text(out, act->value, strlen(act->value), true);
}

static void add_signal(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	ct_label_signal(out, story->model, call_of(story, event));
}

static void add_cgroup(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_limit *limit = ct_limit_of(container_of(story, event), event);
	const struct ct_event_call *call = call_of(story, event);

	if (limit) {
		ct_strbuf_addf(out, "%s ", limit->file);
		ct_label_text(out, limit->value, strcspn(limit->value, "\n"), true);
	} else if (!add_written(out, call)) {
		ct_strbuf_adds(out, call->name);
	}
}

static void add_identity(struct ct_strbuf *out, const struct ct_story *story,
			 size_t event)
{
	const struct ct_event_call *call = call_of(story, event);

	if (!add_written(out, call))
		ct_label_arguments(out, call);
}

/* How the events of a kind are told together. */
static const struct phrase {
	const char *verb;
	const char *separator;
	object_fn *object;
	bool count_all;   /* "verb ×23: …": how many different objects there are */
	bool count_each;  /* "prctl ×26, capset" */
	bool alone_whole; /* one call alone is told with all its arguments */
} phrases[CT_ITEM_KINDS] = {
	[CT_ITEM_CGROUP] = { "cgroup", ", ", add_cgroup, false, true, false },
	[CT_ITEM_MOUNT] = { "mount", " ", add_target, true, false, true },
	[CT_ITEM_UNMOUNT] = { "umount", " ", add_target, true, false, false },
	[CT_ITEM_IDENTITY] = { "identity", ", ", add_identity, false, false, false },
	[CT_ITEM_CAPABILITY] = { "capabilities", ", ", add_name, false, true, true },
	[CT_ITEM_SECCOMP] = { "seccomp", ", ", add_name, false, true, true },
	[CT_ITEM_LIMIT] = { "limits", ", ", add_limit, false, false, false },
	[CT_ITEM_KILL] = { "signals the container", ", ", add_signal, false, false,
			   false },
	[CT_ITEM_KEYRING] = { "session keyring", ", ", add_keyring, true, false, false },
	[CT_ITEM_SYSCTL] = { "sysctl", ", ", add_sysctl, false, false, false },
	[CT_ITEM_DEVICE] = { "devices", " ", add_device, true, false, false },
	[CT_ITEM_PIPE] = { "fifo", " ", add_path, true, false, false },
};

/* "proc → /proc   (proc; nosuid,nodev)" */
static void add_mount(struct ct_strbuf *out, const struct ct_mount *mount, bool cut)
{
	const char *about[] = { mount->type, mount->flags, mount->propagation };
	bool any = false;

	ct_strbuf_adds(out, "mount ");
	if (*mount->source && (*mount->type || *mount->flags)) {
		ct_label_text(out, mount->source, strlen(mount->source), cut);
		ct_strbuf_adds(out, " → ");
	}
	ct_label_text(out, mount->target, strlen(mount->target), cut);
	for (size_t i = 0; i < sizeof(about) / sizeof(*about); i++) {
		if (!*about[i])
			continue;
		ct_strbuf_addf(out, "%s%s", any ? "; " : "   (", about[i]);
		any = true;
	}
	ct_strbuf_adds(out, any ? ")" : "");
}

static void add_single(struct ct_strbuf *out, const struct ct_story *story, size_t event)
{
	const struct ct_mount *mount = ct_mount_of(container_of(story, event), event);
	const struct ct_event_call *call = call_of(story, event);
	struct ct_mount asked = { .flags = "", .propagation = "" };

	if (!mount && !strcmp(call->name, "mount")) {
		asked.source = ct_call_path(call, "source");
		asked.target = ct_call_path(call, "target");
		asked.type = ct_call_path(call, "filesystemtype");
		mount = &asked;
	}
	if (mount)
		add_mount(out, mount, !story->verbose);
	else
		ct_label_arguments(out, call);
}

void ct_objects_add(struct ct_strbuf *out, const struct ct_story *story,
		    const struct ct_item *item)
{
	const struct phrase *phrase = &phrases[item->kind];
	CT_CLEANUP_TALLY struct ct_tally tally = { 0 };

	if (!call_of(story, item->events[0]))
		return;
	if (!phrase->object || story->verbose ||
	    (phrase->alone_whole && item->n_events == 1)) {
		add_single(out, story, item->events[0]);
		return;
	}
	if (item->kind == CT_ITEM_MOUNT && ct_mounts_add(out, story, item))
		return;
	for (size_t i = 0; i < item->n_events; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf object = CT_STRBUF_INIT;

		phrase->object(&object, story, item->events[i]);
		ct_tally_add(&tally, object.data);
	}
	/* signals to strangers say to whom they go */
	ct_strbuf_adds(out,
		       item->kind == CT_ITEM_KILL &&
				       ct_is_to_stranger(story->model,
							 call_of(story, item->events[0]))
			       ? "signals"
			       : phrase->verb);
	if (phrase->count_all && tally.n > 1)
		ct_strbuf_addf(out, " ×%zu%s", tally.n, tally.more ? "+" : "");
	ct_strbuf_adds(out, phrase->count_all && tally.n == 1 ? " " : ": ");
	ct_tally_print(&tally, out, phrase->separator, phrase->count_each);
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
