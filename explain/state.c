/* SPDX-License-Identifier: MIT */
/* The state of the task that failed: so that EPERM says what was missing. */
#include "subject.h"

#include "call_words.h"
#include "circumstances.h"
#include "cttrace/errno.h"

#include <errno.h>
#include <string.h>

#define CAPS_KNOWN 41
#define CAPS_ALL   ((UINT64_C(1) << CAPS_KNOWN) - 1)

/* The host's user namespace, whatever namespace the object lies in. */
#define OF_HOST CT_NS_TYPES

/* The capability that a call asks for, and whose owner must have given it. */
static const struct need {
	const char *calls;
	unsigned int cap;
	int of; /* enum ct_ns: in the user namespace that owns the task's one; OF_HOST */
} needs[] = {
	{ "mount umount2 pivot_root open_tree move_mount fsopen fsmount fsconfig "
	  "mount_setattr",
	  21, CT_NS_MNT },
	{ "sethostname setdomainname", 21, CT_NS_UTS },
	{ "unshare setns clone clone3", 21, CT_NS_USER },
	{ "setxattr lsetxattr fsetxattr", 21, OF_HOST },
	{ "swapon swapoff quotactl", 21, OF_HOST },
	{ "prlimit64 setrlimit", 24, OF_HOST },
	{ "mknod mknodat", 27, OF_HOST },
	{ "chown fchown lchown fchownat", 0, CT_NS_USER },
	{ "setuid setresuid setreuid setfsuid", 7, CT_NS_USER },
	{ "setgid setresgid setregid setfsgid setgroups", 6, CT_NS_USER },
	{ "chroot", 18, CT_NS_USER },
	{ "capset", 8, CT_NS_USER },
	{ "bpf", 39, OF_HOST },
	{ "kill tkill tgkill pidfd_send_signal", 5, CT_NS_USER },
	{ "sched_setscheduler sched_setattr setpriority sched_setaffinity ioprio_set", 23,
	  OF_HOST },
	{ "reboot", 22, CT_NS_PID },
	{ "ptrace", 19, CT_NS_USER },
	{ "socket", 13, CT_NS_NET },
	{ "settimeofday clock_settime adjtimex", 25, OF_HOST },
	{ "chmod fchmod fchmodat", 3, CT_NS_USER },
};

/* bind(2) to a low port is another capability than a raw socket(2). */
static const struct need low_port = { "bind", 10, CT_NS_NET };

static const struct need *need_of(const struct ct_event_call *call)
{
	if (call_in_list(low_port.calls, call->name))
		return &low_port;
	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (call_in_list(needs[i].calls, call->name))
			return &needs[i];
	return NULL;
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

/* Who has to have given the capability; 0: not known. */
static uint64_t owner_of(const struct subject *s, const struct ct_state *state,
			 const struct need *need)
{
	const struct ct_trace_header *header = s->model->header;

	if (need->of == OF_HOST)
		return header ? header->host_ns[CT_NS_USER] : 0;
	if (need->of == CT_NS_USER)
		return state->ns[CT_NS_USER];
	return s->event->circumstances ? s->event->circumstances->owners[need->of] : 0;
}

static const char *where_words(const struct subject *s, const struct need *need,
			       uint64_t owner)
{
	struct ct_arena *arena = &s->diagnosis->arena;

	if (need->of == OF_HOST)
		return "in the host's user namespace";
	if (need->of == CT_NS_USER)
		return "in its user namespace";
	if (s->model->header && s->model->header->host_ns[CT_NS_USER] == owner && owner)
		return ct_arena_printf(arena,
				       "in the user namespace that owns the %s namespace "
				       "(the host's)",
				       ct_ns_name((enum ct_ns)need->of));
	return ct_arena_printf(arena, "in the user namespace that owns the %s namespace",
			       ct_ns_name((enum ct_ns)need->of));
}

static const char *has_words(const struct subject *s, const struct ct_state *state,
			     const struct need *need, uint64_t owner)
{
	struct ct_arena *arena = &s->diagnosis->arena;
	int n = __builtin_popcountll(state->caps.effective & CAPS_ALL);
	bool elsewhere = owner && state->ns[CT_NS_USER] && owner != state->ns[CT_NS_USER];

	if (state->caps.effective & UINT64_C(1) << need->cap) {
		if (elsewhere)
			return ct_arena_printf(arena,
					       "this task has it only in its own "
					       "(user:[%llu])",
					       (unsigned long long)state->ns[CT_NS_USER]);
		return owner ? "this task has it, so something else forbids it"
			     : "this task has it in its own user namespace, which may "
			       "not be the right one";
	}
	if (!n)
		return "the task has no capability";
	if (n == CAPS_KNOWN - 1)
		return "the task has every capability but that one";
	return ct_arena_printf(arena, "the task has %d other capabilities", n);
}

static void add_need(struct subject *s, const struct ct_state *state,
		     const struct ct_event_call *call)
{
	const struct need *need = call->error == EPERM ? need_of(call) : NULL;
	uint64_t owner = need ? owner_of(s, state, need) : 0;

	if (!need)
		return;
	subject_remark(s, "state",
		       ct_arena_printf(&s->diagnosis->arena, "%s needs %s %s; %s",
				       call->name, ct_cap_name(need->cap),
				       where_words(s, need, owner),
				       has_words(s, state, need, owner)));
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

static void add_credentials(struct subject *s, const struct ct_state *state)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_trace_header *header = s->model->header;
	uint64_t userns = state->have & CT_STATE_NS ? state->ns[CT_NS_USER] : 0;

	ct_strbuf_addf(&text, "uid %u, gid %u, %d of %d capabilities",
		       state->uid.effective, state->gid.effective,
		       __builtin_popcountll(state->caps.effective & CAPS_ALL),
		       CAPS_KNOWN);
	if (userns && header && header->host_ns[CT_NS_USER] == userns)
		ct_strbuf_adds(&text, ", in the host's user namespace");
	else if (userns)
		ct_strbuf_addf(&text, ", in user namespace %llu",
			       (unsigned long long)userns);
	if (userns && header && header->host_ns[CT_NS_USER] != userns &&
	    s->event->circumstances && s->event->circumstances->userns_uid >= 0)
		ct_strbuf_addf(&text, ", which belongs to uid %lld",
			       (long long)s->event->circumstances->userns_uid);
	if (state->no_new_privs == 1)
		ct_strbuf_adds(&text, ", no_new_privs");
	/* one filter is the tracer's own */
	if (state->seccomp == 2 && state->seccomp_filters > 1)
		ct_strbuf_adds(&text, ", a seccomp filter");
	subject_remark(s,
		       need_of(subject_call(s)) && subject_call(s)->error == EPERM
			       ? ""
			       : "state",
		       text.data);
}

void subject_add_state(struct subject *s)
{
	const struct ct_event_call *call = subject_call(s);
	const struct ct_state *state = call ? status_of(s) : NULL;

	if (call && add_filter(s, call))
		return;
	if (state && (call->error == EPERM || call->error == EACCES)) {
		add_need(s, state, call);
		add_credentials(s, state);
	}
	if (call)
		circumstances_add(s, state);
}
