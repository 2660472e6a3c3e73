/* SPDX-License-Identifier: MIT */
/* What was read while the task stood at the call, told for the errnos that it explains.
 */
#include "circumstances.h"

#include "call_words.h"

#include <errno.h>
#include <string.h>

/* -------- limits -------- */

/* Which of the kernel's words a resource or an errno is about. */
static const struct {
	const char *resource, *name;
} resources[] = {
	{ "RLIMIT_CPU", "Max cpu time" },
	{ "RLIMIT_FSIZE", "Max file size" },
	{ "RLIMIT_DATA", "Max data size" },
	{ "RLIMIT_STACK", "Max stack size" },
	{ "RLIMIT_CORE", "Max core file size" },
	{ "RLIMIT_RSS", "Max resident set" },
	{ "RLIMIT_NPROC", "Max processes" },
	{ "RLIMIT_NOFILE", "Max open files" },
	{ "RLIMIT_MEMLOCK", "Max locked memory" },
	{ "RLIMIT_AS", "Max address space" },
	{ "RLIMIT_LOCKS", "Max file locks" },
	{ "RLIMIT_SIGPENDING", "Max pending signals" },
	{ "RLIMIT_MSGQUEUE", "Max msgqueue size" },
	{ "RLIMIT_NICE", "Max nice priority" },
	{ "RLIMIT_RTPRIO", "Max realtime priority" },
	{ "RLIMIT_RTTIME", "Max realtime timeout" },
};

static const struct {
	int error;
	const char *name;
} by_errno[] = {
	{ EMFILE, "Max open files" },    { EAGAIN, "Max processes" },
	{ ENOMEM, "Max address space" }, { ENOMEM, "Max locked memory" },
	{ EFBIG, "Max file size" },
};

static bool is_about(const struct ct_event_call *call, const struct ct_limit_pair *limit)
{
	const struct ct_arg *resource = ct_call_arg(call, "resource");

	for (size_t i = 0; resource && i < sizeof(resources) / sizeof(*resources); i++)
		if (!strcmp(resources[i].resource, resource->text))
			return !strcmp(resources[i].name, limit->name);
	for (size_t i = 0; i < sizeof(by_errno) / sizeof(*by_errno); i++)
		if (by_errno[i].error == call->error &&
		    !strcmp(by_errno[i].name, limit->name))
			return true;
	return false;
}

static const char *value_words(struct ct_arena *arena, int64_t value)
{
	return value == CT_LIMIT_NONE ? "unlimited"
				      : ct_arena_printf(arena, "%lld", (long long)value);
}

static void add_limits(struct subject *s, const struct ct_circumstances *c)
{
	struct ct_arena *arena = &s->diagnosis->arena;

	for (size_t i = 0; i < c->n_limits; i++) {
		const struct ct_limit_pair *limit = &c->limits[i];

		/* what has no limit was not the reason */
		if (!is_about(subject_call(s), limit) ||
		    (limit->soft == CT_LIMIT_NONE && limit->hard == CT_LIMIT_NONE))
			continue;
		subject_remark(s, "limit",
			       ct_arena_printf(arena, "%s: %s now, at most %s",
					       limit->name,
					       value_words(arena, limit->soft),
					       value_words(arena, limit->hard)));
		if (subject_call(s)->error == EAGAIN)
			subject_remark(s, "",
				       "it counts the user's tasks everywhere; a tracer "
				       "of the same user is some of them");
	}
}

/* -------- where the path lies -------- */

static bool mount_matters(int error)
{
	return error == EPERM || error == EACCES || error == EROFS || error == EXDEV ||
	       error == ENOSPC || error == EDQUOT || error == EBUSY || error == EINVAL;
}

static void add_mount(struct subject *s, const struct ct_mountinfo *mount)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (!mount || !mount_matters(subject_call(s)->error))
		return;
	ct_strbuf_addf(&text, "the path lies on %s", mount->type);
	/* a source without a path says nothing: "none", "tmpfs" */
	if (strchr(mount->source, '/'))
		ct_strbuf_addf(&text, " (%s)", mount->source);
	ct_strbuf_addf(&text, ", mounted at %s with %s", mount->target, mount->options);
	if (mount->shared)
		ct_strbuf_addf(&text, ", shared");
	subject_remark(s, "mount", text.data);
}

/* -------- label and cgroup -------- */

static void add_label(struct subject *s, const char *lsm)
{
	int error = subject_call(s)->error;

	if (lsm && *lsm && strcmp(lsm, "unconfined") != 0 &&
	    (error == EPERM || error == EACCES))
		subject_remark(s, "label",
			       ct_arena_printf(&s->diagnosis->arena,
					       "a security module confines it: %s", lsm));
}

/* Which controller refuses with that errno. */
static bool is_cgroup_of(const struct ct_cgroup *cgroup, int error)
{
	if (!*cgroup->path || !strcmp(cgroup->path, "/"))
		return false;
	if (!cgroup->hierarchy)
		return true;
	return strstr(cgroup->controllers, error == EAGAIN ? "pids" : "memory") != NULL;
}

static void add_cgroup(struct subject *s, const struct ct_state *state)
{
	int error = subject_call(s)->error;

	if (!state || !(state->have & CT_STATE_CGROUP) ||
	    (error != EAGAIN && error != ENOMEM))
		return;
	for (size_t i = 0; i < state->n_cgroups; i++)
		if (is_cgroup_of(&state->cgroups[i], error))
			subject_remark(s, "cgroup",
				       ct_arena_printf(&s->diagnosis->arena,
						       "it is in %s, whose limit counts "
						       "as well",
						       state->cgroups[i].path));
}

void circumstances_add(struct subject *s, const struct ct_state *state)
{
	const struct ct_circumstances *c = s->event->circumstances;

	if (!c)
		return;
	add_limits(s, c);
	add_mount(s, c->mount);
	add_label(s, c->lsm);
	add_cgroup(s, state);
}
