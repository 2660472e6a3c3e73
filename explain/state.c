/* SPDX-License-Identifier: MIT */
/* The state of the task that failed: so that EPERM says what was missing. */
#include "subject.h"

#include "call_words.h"
#include "cttrace/errno.h"

#include <errno.h>
#include <string.h>

#define CAPS_ALL     ((UINT64_C(1) << 41) - 1)
#define FRAMES_SHOWN 6

/* The capability that a call asks for, in the user namespace that owns the object. */
static const struct {
	const char *calls;
	unsigned int cap;
} needs[] = {
	{ "mount umount2 pivot_root unshare setns sethostname setdomainname open_tree "
	  "move_mount fsopen fsmount fsconfig mount_setattr swapon quotactl clone clone3",
	  21 },
	{ "prlimit64 setrlimit", 24 },
	{ "mknod mknodat", 27 },
	{ "chown fchown lchown fchownat", 0 },
	{ "setuid setresuid setreuid setfsuid", 7 },
	{ "setgid setresgid setregid setfsgid setgroups", 6 },
	{ "chroot", 18 },
	{ "capset", 8 },
	{ "bpf", 39 },
	{ "kill tkill tgkill pidfd_send_signal", 5 },
	{ "sched_setscheduler sched_setattr setpriority sched_setaffinity ioprio_set",
	  23 },
	{ "reboot", 22 },
	{ "ptrace", 19 },
	{ "bind", 10 },
	{ "settimeofday clock_settime adjtimex", 25 },
	{ "socket", 13 },
	{ "setxattr lsetxattr fsetxattr", 21 },
	{ "chmod fchmod fchmodat", 3 },
};

static int needed_cap(const struct ct_event_call *call)
{
	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (call_in_list(needs[i].calls, call->name))
			return (int)needs[i].cap;
	return -1;
}

/* The last status of the process that the trace has, up to the event. */
static const struct ct_state *status_of(const struct subject *s)
{
	const struct ct_model *model = s->model;

	if (s->event->state && s->event->state->have & CT_STATE_STATUS)
		return s->event->state;
	for (long i = s->diagnosis->event; i >= 0; i--) {
		const struct ct_state *state = model->facts[i].event->state;

		if (model->facts[i].process == s->diagnosis->process && state &&
		    state->have & CT_STATE_STATUS &&
		    state->of.serial == model->facts[i].event->task.serial)
			return state;
	}
	return NULL;
}

static const char *missing_words(struct ct_arena *arena, uint64_t effective, int cap)
{
	const char *name = ct_cap_name((unsigned int)cap);
	int missing = __builtin_popcountll(CAPS_ALL & ~effective);

	if (effective & UINT64_C(1) << cap)
		return ct_arena_printf(
			arena,
			"this task has %s, but that counts only for what its own "
			"user namespace owns",
			name);
	if (missing == 1)
		return ct_arena_printf(arena,
				       "this needs %s; the task has every capability "
				       "but that one",
				       name);
	if (missing == 41)
		return ct_arena_printf(arena, "this needs %s; the task has no capability",
				       name);
	return ct_arena_printf(arena, "this needs %s; the task has %d other capabilities",
			       name, 41 - missing);
}

/* Then it does not matter what the task may do: the kernel never saw the call. */
static bool add_filter(struct subject *s, const struct ct_event_call *call)
{
	if (s->model->facts[s->diagnosis->event].answered_by != CT_ANSWERER_FILTER)
		return false;
	subject_remark(s, "state",
		       ct_arena_printf(&s->diagnosis->arena,
				       "a seccomp filter of the task answers %s with %s: "
				       "the kernel has not executed the call",
				       call->name, ct_errno_name(call->error)));
	return true;
}

void subject_add_state(struct subject *s)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_event_call *call = subject_call(s);
	const struct ct_state *state = call ? status_of(s) : NULL;
	int cap;

	if (call && add_filter(s, call))
		return;
	if (!state || (call->error != EPERM && call->error != EACCES))
		return;
	cap = needed_cap(call);
	if (cap >= 0 && call->error == EPERM)
		ct_strbuf_addf(
			&text, "%s; ",
			missing_words(&s->diagnosis->arena, state->caps.effective, cap));
	ct_strbuf_addf(&text, "uid %u, gid %u, %d of 41 capabilities",
		       state->uid.effective, state->gid.effective,
		       __builtin_popcountll(state->caps.effective & CAPS_ALL));
	if (state->have & CT_STATE_NS && s->model->header &&
	    s->model->header->host_ns[CT_NS_USER] && state->ns[CT_NS_USER])
		ct_strbuf_adds(&text,
			       state->ns[CT_NS_USER] ==
					       s->model->header->host_ns[CT_NS_USER]
				       ? ", in the host's user namespace"
				       : ", in a user namespace of its own");
	if (state->no_new_privs == 1)
		ct_strbuf_adds(&text, ", no_new_privs");
	/* one filter is the tracer's own */
	if (state->seccomp == 2 && state->seccomp_filters > 1)
		ct_strbuf_adds(&text, ", a seccomp filter");
	subject_remark(s, "state", text.data);
}

void subject_add_stack(struct subject *s)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	size_t shown = 0;

	if (!s->event)
		return;
	for (size_t i = 0; i < s->event->n_stack && shown < FRAMES_SHOWN; i++) {
		const struct ct_frame *frame = &s->event->stack[i];

		if (!*frame->symbol)
			continue;
		ct_strbuf_addf(&text, "%s%s", shown++ ? " ← " : "", frame->symbol);
	}
	subject_remark(s, "stack", text.data);
}
