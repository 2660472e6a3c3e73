/* SPDX-License-Identifier: MIT */
/* Names of the vocabulary, and looking up a call's arguments. */
#include "cttrace/event.h"

#include "cttrace/open_flags.h"

#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	uint64_t clone_flag;
} namespaces[CT_NS_LINKS] = {
	[CT_NS_CGROUP] = { "cgroup", CLONE_NEWCGROUP },
	[CT_NS_IPC] = { "ipc", CLONE_NEWIPC },
	[CT_NS_MNT] = { "mnt", CLONE_NEWNS },
	[CT_NS_NET] = { "net", CLONE_NEWNET },
	[CT_NS_PID] = { "pid", CLONE_NEWPID },
	[CT_NS_TIME] = { "time", 0x00000080 /* CLONE_NEWTIME: glibc 2.36 hides it */ },
	[CT_NS_USER] = { "user", CLONE_NEWUSER },
	[CT_NS_UTS] = { "uts", CLONE_NEWUTS },
	[CT_NS_PID_FOR_CHILDREN] = { "pid_for_children", 0 },
	[CT_NS_TIME_FOR_CHILDREN] = { "time_for_children", 0 },
};

const char *ct_ns_name(enum ct_ns ns)
{
	return (unsigned int)ns < CT_NS_LINKS ? namespaces[ns].name : "?";
}

int ct_ns_from_name(const char *name, size_t len)
{
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		if (strlen(namespaces[ns].name) == len &&
		    !memcmp(namespaces[ns].name, name, len))
			return ns;
	return -1;
}

uint64_t ct_ns_clone_flag(enum ct_ns ns)
{
	return (unsigned int)ns < CT_NS_LINKS ? namespaces[ns].clone_flag : 0;
}

const char *ct_arch_name(enum ct_arch arch)
{
	static const char *const names[] = { "x86_64",  "i386", "x32",
					     "aarch64", "arm",  "unknown" };

	return names[(unsigned int)arch < CT_ARCH_UNKNOWN ? arch : CT_ARCH_UNKNOWN];
}

bool ct_arch_is_narrow(enum ct_arch arch)
{
	return arch == CT_ARCH_I386 || arch == CT_ARCH_ARM;
}

bool ct_arch_clones_backwards(enum ct_arch arch)
{
	return arch == CT_ARCH_I386 || arch == CT_ARCH_AARCH64 || arch == CT_ARCH_ARM;
}

size_t ct_arch_pointer_size(enum ct_arch arch)
{
	return arch == CT_ARCH_X86_64 || arch == CT_ARCH_AARCH64 ? 8 : 4;
}

const char *ct_event_kind_name(enum ct_event_kind kind)
{
	static const char *const names[CT_EVENT_KINDS] = { "task", "call",   "exec",
							   "exit", "signal", "gap",
							   "note", "meter" };

	return (unsigned int)kind < CT_EVENT_KINDS ? names[kind] : "?";
}

const char *ct_figure_name(enum ct_figure figure)
{
	static const char *const names[CT_FIGURES] = {
#define FIGURE(name, key) [CT_FIGURE_##name] = (key),
#include "cttrace/figure.def"
#undef FIGURE
	};

	return (unsigned int)figure < CT_FIGURES ? names[figure] : "?";
}

const char *ct_birth_name(enum ct_birth how)
{
	static const char *const names[] = { "root",  "fork",   "vfork",
					     "clone", "thread", "attached" };

	return (unsigned int)how <= CT_BIRTH_ATTACHED ? names[how] : "?";
}

const struct ct_arg *ct_call_arg(const struct ct_event_call *call, const char *name)
{
	for (size_t i = 0; i < call->n_args; i++)
		if (!strcmp(call->args[i].name, name))
			return &call->args[i];
	return NULL;
}

int64_t ct_call_int(const struct ct_event_call *call, const char *name, int64_t fallback)
{
	const struct ct_arg *arg = ct_call_arg(call, name);

	if (arg && (arg->type == CT_VALUE_INT || arg->type == CT_VALUE_PTR))
		return arg->i;
	return fallback;
}

const char *ct_call_path(const struct ct_event_call *call, const char *name)
{
	const struct ct_arg *arg = ct_call_arg(call, name);

	if (arg && arg->path)
		return arg->path;
	return arg && arg->type == CT_VALUE_STR && arg->str ? arg->str : "";
}

static uint64_t open_flags(const struct ct_event_call *call, int64_t fallback)
{
	const struct ct_arg *how = ct_call_arg(call, "how");
	int64_t flags = ct_call_int(call, "flags", fallback);

	for (size_t i = 0; how && how->type == CT_VALUE_FIELDS && i < how->n_items; i++)
		if (how->items[i].name && !strcmp(how->items[i].name, "flags"))
			flags = how->items[i].i;
	return ct_open_flags(call->arch, (uint64_t)flags);
}

int64_t ct_call_target(const struct ct_event_call *call)
{
	static const char link[] = "pidfd:[";
	int64_t pid = ct_call_int(call, "pid", 0);
	const char *path = ct_call_path(call, "pidfd");

	if (!strncmp(path, link, sizeof(link) - 1))
		pid = strtoll(path + sizeof(link) - 1, NULL, 10);
	return pid > 0 ? pid : 0;
}

bool ct_call_opens_to_write(const struct ct_event_call *call)
{
	uint64_t flags = open_flags(call, O_CREAT | O_WRONLY);

	return (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) && !(flags & O_PATH);
}

bool ct_call_follows(const struct ct_event_call *call)
{
	static const char *const always[] = {
		"chmod",    "chown",    "creat", "futimesat", "removexattr",
		"setxattr", "truncate", "utime", "utimes",
	};
	uint64_t flags = open_flags(call, 0);

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (!strcmp(call->name, always[i]))
			return true;
	if (!strncmp(call->name, "open", 4)) /* and openat, openat2 */
		return !(flags & CT_O_NOFOLLOW) &&
		       (flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL);
	return (!strncmp(call->name, "fch", 3) || !strcmp(call->name, "utimensat") ||
		!strcmp(call->name, "setxattrat") ||
		!strcmp(call->name, "removexattrat")) &&
	       !(flags & AT_SYMLINK_NOFOLLOW);
}

bool ct_call_ok(const struct ct_event_call *call)
{
	return call->result == CT_RESULT_VALUE;
}
