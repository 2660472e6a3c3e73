/* SPDX-License-Identifier: MIT */
/* Which calls set something for a container's processes, and for which container. */
#include "act.h"

#include "call.h"
#include "process.h"
#include "site.h"

#include <fnmatch.h>
#include <linux/keyctl.h>
#include <string.h>
#include <sys/prctl.h>

#define ANY (-1)

enum whose { SELF, FILE_OF, CGROUP, TARGET };
#define WHOSE_SELF   SELF
#define WHOSE_FILE   FILE_OF
#define WHOSE_CGROUP CGROUP
#define WHOSE_TARGET TARGET

struct act {
	const char *subject; /* the pattern of a file, or the name of a call */
	int64_t option;
	const char *kind, *value;
	enum whose whose;
};

static const struct act files[] = {
#define ACT_FILE(pattern, kind, whose) { pattern, ANY, kind, "buf", WHOSE_##whose },
#define ACT_CALL(call, option, kind, value, whose)
#include "act.def"
#undef ACT_FILE
#undef ACT_CALL
};

static const struct act calls[] = {
#define ACT_FILE(pattern, kind, whose)
#define ACT_CALL(call, option, kind, value, whose) \
	{ call, option, kind, value, WHOSE_##whose },
#include "act.def"
#undef ACT_FILE
#undef ACT_CALL
};

static const struct act *find_file(const char *path)
{
	if (!call_below(path, "/proc") && !call_below(path, "/sys/fs/cgroup"))
		return NULL;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (!fnmatch(files[i].subject, path, 0))
			return &files[i];
	return NULL;
}

static const struct act *find(const struct ct_event_call *call)
{
	if (!strcmp(call->name, "write") || !strcmp(call->name, "pwrite64") ||
	    !strcmp(call->name, "writev"))
		return find_file(ct_call_path(call, "fd"));
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (!strcmp(calls[i].subject, call->name) &&
		    (calls[i].option == ANY ||
		     (call->n_args && call->args[0].i == calls[i].option)))
			return &calls[i];
	return NULL;
}

/* Does the directory, below the mount point of its hierarchy, have this path? */
static bool is_cgroup(const char *dir, size_t len, const char *cgroup)
{
	size_t tail = strlen(cgroup);

	return tail > 1 && len > tail && !strncmp(dir + len - tail, cgroup, tail);
}

/* The newest container in that cgroup. */
static int site_of_cgroup(struct model *m, const struct ct_event_call *call)
{
	bool written = ct_call_arg(call, "buf") != NULL;
	const char *path = ct_call_path(call, written ? "fd" : "pathname");
	size_t len = strlen(path);

	if (!call_below(path, "/sys/fs/cgroup"))
		return -1;
	if (written)
		len = (size_t)(state_basename(path) - path) - 1;
	for (size_t i = m->n_sites; i-- > 0;)
		if (is_cgroup(path, len, site_container(m, (int)i)->cgroup))
			return (int)i;
	return -1;
}

/* The container of who is signalled; 0 only asks whether he is there. */
static int site_of_target(const struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	int64_t pid = ct_call_target(call);
	int target = process_by_pid(f->m, pid);

	/* in a container the number may mean somebody else */
	if (f->m->tasks[f->task].inside || !ct_call_int(call, "sig", 0))
		return -1;
	/* whose a pidfd is was not seen, but a runtime's command names the container */
	if (!pid && ct_call_arg(call, "pidfd"))
		return f->m->states[f->process].site;
	if (target < 0 || !f->m->tasks[f->m->states[target].leader].inside)
		return -1;
	return f->m->states[target].site;
}

/* Somebody who is not in the trace, like the container that `podman stop` ends. */
static bool signals_a_stranger(const struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	int64_t pid = ct_call_target(call);

	return pid > 0 && ct_call_int(call, "sig", 0) && !f->m->tasks[f->task].inside &&
	       process_by_pid(f->m, pid) < 0;
}

static int site_of(const struct feed *f, enum whose whose)
{
	const struct ct_event_call *call = &f->event->call;
	int process = -1, site;

	if (whose == CGROUP)
		return site_of_cgroup(f->m, call);
	if (whose == TARGET)
		return site_of_target(f);
	if (whose == FILE_OF)
		process = process_by_path(f, ct_call_path(call, "fd"));
	site = process >= 0 ? f->m->states[process].site : f->m->tasks[f->task].site;
	if (site < 0)
		site = f->m->tasks[f->task].site;
	return site >= 0 && site_building(f->m, site) ? site : -1;
}

/* All arguments, as they are printed: "0, 0, 0". */
static const char *all_arguments(struct model *m, const struct ct_event_call *call)
{
	const char *text = "";

	for (size_t i = 0; i < call->n_args; i++)
		text = ct_arena_printf(&m->arena, "%s%s%s", text, i ? ", " : "",
				       call->args[i].text);
	return text;
}

static const char *value_of(struct model *m, const struct ct_event_call *call,
			    const char *argument)
{
	const struct ct_arg *arg = argument ? ct_call_arg(call, argument) : NULL;

	if (!argument)
		return all_arguments(m, call);
	if (arg && arg->type == CT_VALUE_STR)
		return call_line(m, call, argument);
	return arg ? ct_arena_strdup(&m->arena, arg->text) : "";
}

/* "net.ipv4.ip_forward" of /proc/sys/net/ipv4/ip_forward, as sysctl(8) names it. */
static const char *sysctl_name(struct model *m, const char *path)
{
	char *name = ct_arena_strdup(&m->arena, path);

	for (char *at = name; *at; at++)
		if (*at == '/')
			*at = '.';
	return name;
}

static const char *name_of(struct model *m, const struct ct_event_call *call,
			   const struct act *row)
{
	const char *path = ct_call_path(call, "fd");
	const char *sysctl = call_below(path, "/proc/sys");

	if (row->option == PR_CAP_AMBIENT && call->n_args > 1)
		return ct_arena_strdup(&m->arena, call->args[1].text);
	if (row->option != ANY)
		return ct_arena_strdup(&m->arena, call->args[0].text);
	if (!ct_call_arg(call, "buf"))
		return call->name;
	return sysctl && *sysctl ? sysctl_name(m, sysctl + 1) : state_basename(path);
}

/* Runtimes change one capability with each call: those in a row are told as one. */
static bool goes_on(struct model *m, const struct ct_container *c,
		    const struct ct_act *now)
{
	struct ct_act *last = c->n_acts ? &c->acts[c->n_acts - 1] : NULL;

	if (!last || strncmp(now->value, "CAP_", 4) != 0 ||
	    strcmp(last->name, now->name) != 0 || last->process != now->process ||
	    last->error != now->error)
		return false;
	last->value = ct_arena_printf(&m->arena, "%s, %s", last->value, now->value);
	return true;
}

void act_note(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct act *row = find(call);
	int site = row ? site_of(f, row->whose) : -1;
	struct ct_container *c;
	struct ct_act act;

	if (row && row->whose == TARGET && signals_a_stranger(f))
		feed_fact(f)->tags |= 1u << CT_TAG_KILL;
	if (site < 0)
		return;
	c = site_container(f->m, site);
	act = (struct ct_act){
		.t_ns = f->event->t_ns,
		.event = f->index,
		.process = f->process,
		.kind = row->kind,
		.name = name_of(f->m, call, row),
		.value = value_of(f->m, call, row->value),
		.error = call->result == CT_RESULT_ERROR ? call->error : 0,
	};
	if (row->whose == TARGET)
		feed_fact(f)->tags |= 1u << CT_TAG_KILL;
	if (row->whose != SELF)
		f->site = site;
	if (!goes_on(f->m, c, &act))
		*push(f->m, c->acts, c->n_acts) = act;
}
