/* SPDX-License-Identifier: MIT */
/* The table of calls, and the tables of options and files that refine it. */
#include "rule.h"

#include "call.h"
#include "cgroup.h"
#include "device.h"
#include "filter.h"
#include "identity.h"
#include "isolation.h"
#include "mount.h"
#include "namespace.h"
#include "network.h"
#include "payload.h"
#include "root.h"
#include "site.h"

#include <fnmatch.h>
#include <linux/keyctl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define TAG(name)   (1u << CT_TAG_##name)
#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void unshared(struct feed *f)
{
	namespace_call(f, CT_NS_UNSHARE,
		       (uint64_t)ct_call_int(&f->event->call, "flags", 0));
	site_unshared(f);
}

static void joined(struct feed *f)
{
	namespace_call(f, CT_NS_SETNS,
		       (uint64_t)ct_call_int(&f->event->call, "nstype", 0));
	site_joined(f);
}

static void mounted(struct feed *f)
{
	network_bound(f);
	mount_call(f);
}

/* The child's own first event has told all; this one may know its links better. */
static void cloned(struct feed *f)
{
	namespace_call(f, CT_NS_CLONE, 0);
}

static void exec_failed(struct feed *f)
{
	payload_exec_failed(f);
}

static const struct rule *for_clone(const struct feed *f)
{
	static const struct rule plain = { .tags = TAG(PROCESS), .apply = cloned };
	static const struct rule with_namespaces = {
		.tags = TAG(PROCESS) | TAG(NAMESPACE),
		.step = CT_STEP_NAMESPACES,
		.apply = cloned,
	};

	return call_clone_flags(&f->event->call) & namespace_flags() ? &with_namespaces
								     : &plain;
}

static const struct rule *for_path(const char *path)
{
	static const struct rule files[] = {
		{ .name = "/sys/fs/cgroup/*/devices.*",
		  .tags = TAG(CGROUP) | TAG(DEVICE),
		  .step = CT_STEP_CGROUP,
		  .apply = cgroup_write,
		  .apply_failed = cgroup_write },
		{ .name = "/sys/fs/cgroup/*",
		  .tags = TAG(CGROUP),
		  .step = CT_STEP_CGROUP,
		  .apply = cgroup_write,
		  .apply_failed = cgroup_write },
		{ .name = "/proc/*/uid_map",
		  .tags = TAG(IDENTITY),
		  .step = CT_STEP_NAMESPACES,
		  .apply = identity_uid_map,
		  .apply_failed = identity_uid_map },
		{ .name = "/proc/*/gid_map",
		  .tags = TAG(IDENTITY),
		  .step = CT_STEP_NAMESPACES,
		  .apply = identity_gid_map,
		  .apply_failed = identity_gid_map },
		{ .name = "/proc/*/setgroups",
		  .tags = TAG(IDENTITY),
		  .step = CT_STEP_NAMESPACES,
		  .apply = identity_setgroups,
		  .apply_failed = identity_setgroups },
		{ .name = "/proc/*/oom_score_adj",
		  .tags = TAG(LIMIT),
		  .apply = identity_oom_score_adj },
		{ .name = "/proc/*/attr/*",
		  .tags = TAG(CAPABILITY),
		  .step = CT_STEP_CAPABILITIES,
		  .apply = isolation_note_label },
		{ .name = "/proc/sys/*", .tags = TAG(SYSCTL) },
	};

	/* almost no path is one of these: look at the patterns only when it may be */
	if (!call_below(path, "/sys/fs/cgroup") && !call_below(path, "/proc"))
		return NULL;
	for (size_t i = 0; i < COUNT(files); i++)
		if (!fnmatch(files[i].name, path, 0))
			return &files[i];
	return NULL;
}

static const struct rule *for_send(const struct feed *f)
{
	static const struct rule change = { .tags = TAG(NETWORK),
					    .step = CT_STEP_NETWORK,
					    .apply = network_send };

	return network_changes(&f->event->call) ? &change : NULL;
}

static const struct rule *for_write(const struct feed *f)
{
	static const struct rule message = { .tags = TAG(MESSAGE) };
	const struct rule *file = for_path(ct_call_path(&f->event->call, "fd"));

	if (!file && for_send(f))
		return for_send(f);
	if (!file && ct_call_int(&f->event->call, "fd", -1) == 2)
		return &message;
	return file;
}

/* Opening or creating a file: tagged by what it is, but nothing is done to it yet. */
static const struct rule *for_file(const struct feed *f)
{
	static const struct rule other = { .tags = TAG(FILE) };
	static const struct rule cgroup = { .tags = TAG(CGROUP), .step = CT_STEP_CGROUP };
	static const struct rule identity = { .tags = TAG(IDENTITY) };
	const struct rule *file = for_path(ct_call_path(&f->event->call, "pathname"));

	if (!file)
		return &other;
	return file->tags & TAG(CGROUP) ? &cgroup : &identity;
}

/* A cgroup is removed when its container is gone. */
static const struct rule *for_removal(const struct feed *f)
{
	static const struct rule cgroup = { .tags = TAG(CGROUP) };
	const struct rule *file = for_path(ct_call_path(&f->event->call, "pathname"));

	return file && file->tags & TAG(CGROUP) ? &cgroup : NULL;
}

/* Without new limits it only asks. */
static const struct rule *for_prlimit(const struct feed *f)
{
	static const struct rule sets = { .tags = TAG(LIMIT),
					  .apply = identity_rlimit,
					  .apply_failed = identity_rlimit };
	const struct ct_arg *limit = ct_call_arg(&f->event->call, "new_limit");

	return limit && limit->type == CT_VALUE_PTR && !limit->i ? NULL : &sets;
}

static const struct rule *for_prctl(const struct feed *f)
{
	static const struct rule options[] = {
		{ .number = PR_CAPBSET_DROP,
		  .tags = TAG(CAPABILITY),
		  .step = CT_STEP_CAPABILITIES },
		{ .number = PR_CAP_AMBIENT,
		  .tags = TAG(CAPABILITY),
		  .step = CT_STEP_CAPABILITIES },
		{ .number = PR_SET_KEEPCAPS,
		  .tags = TAG(CAPABILITY),
		  .step = CT_STEP_CAPABILITIES },
		{ .number = PR_SET_SECUREBITS,
		  .tags = TAG(CAPABILITY),
		  .step = CT_STEP_CAPABILITIES },
		{ .number = PR_SET_DUMPABLE, .tags = TAG(IDENTITY) },
		{ .number = PR_SET_NO_NEW_PRIVS,
		  .tags = TAG(CAPABILITY),
		  .step = CT_STEP_CAPABILITIES,
		  .apply = identity_no_new_privs },
		{ .number = PR_SET_SECCOMP,
		  .tags = TAG(SECCOMP),
		  .step = CT_STEP_SECCOMP,
		  .apply = filter_install },
		{ .number = PR_SET_NAME, .tags = TAG(PROCESS), .apply = identity_comm },
	};
	int64_t option = ct_call_int(&f->event->call, "option", -1);

	for (size_t i = 0; i < COUNT(options); i++)
		if (options[i].number == option)
			return &options[i];
	return NULL;
}

/* SECCOMP_GET_… only ask. */
static const struct rule *for_seccomp(const struct feed *f)
{
	enum { SET_MODE_STRICT, SET_MODE_FILTER };
	static const struct rule mode = {
		.tags = TAG(SECCOMP),
		.step = CT_STEP_SECCOMP,
		.apply = filter_install,
	};
	int64_t op = ct_call_int(&f->event->call, "operation", -1);

	return op == SET_MODE_STRICT || op == SET_MODE_FILTER ? &mode : NULL;
}

static const struct rule *for_keyctl(const struct feed *f)
{
	static const struct rule join = { .tags = TAG(KEYRING) };

	return ct_call_int(&f->event->call, "operation", -1) ==
			       KEYCTL_JOIN_SESSION_KEYRING
		       ? &join
		       : NULL;
}

/* NETLINK_ROUTE: bringing interfaces up. */
static const struct rule *for_socket(const struct feed *f)
{
	static const struct rule route = { .step = CT_STEP_NETWORK,
					   .apply = network_socket };
	static const struct rule other = { .apply = network_socket };
	const struct ct_event_call *call = &f->event->call;

	if (ct_call_int(call, "domain", -1) != AF_NETLINK)
		return NULL;
	return ct_call_int(call, "protocol", -1) ? &other : &route;
}

#define IDS      TAG(IDENTITY), .step = CT_STEP_CAPABILITIES
#define MOUNTING TAG(MOUNT), .step = CT_STEP_ROOTFS

static const struct rule calls[] = {
	{ .name = "bind", .refine = network_for_bind },
	{ .name = "bpf",
	  .tags = TAG(DEVICE),
	  .step = CT_STEP_CGROUP,
	  .apply = device_bpf },
	{ .name = "capset", .tags = TAG(CAPABILITY), .step = CT_STEP_CAPABILITIES },
	{ .name = "chroot",
	  .tags = TAG(ROOT),
	  .step = CT_STEP_PIVOT,
	  .apply = root_switched },
	{ .name = "clone", .refine = for_clone },
	{ .name = "clone3", .refine = for_clone },
	{ .name = "creat", .refine = for_file },
	{ .name = "execve", .tags = TAG(PROCESS), .apply_failed = exec_failed },
	{ .name = "execveat", .tags = TAG(PROCESS), .apply_failed = exec_failed },
	{ .name = "fsconfig", .tags = MOUNTING, .apply = mount_fsconfig },
	{ .name = "fsmount", .tags = MOUNTING, .apply = mount_fsmount },
	{ .name = "fsopen", .tags = MOUNTING, .apply = mount_fsopen },
	{ .name = "fspick", .tags = MOUNTING },
	{ .name = "ioctl", .refine = network_for_ioctl },
	{ .name = "keyctl", .refine = for_keyctl },
	{ .name = "mkdir", .refine = for_file },
	{ .name = "mkdirat", .refine = for_file },
	{ .name = "mknod", .refine = isolation_for_node },
	{ .name = "mknodat", .refine = isolation_for_node },
	{ .name = "mount", .tags = MOUNTING, .apply = mounted },
	{ .name = "mount_setattr", .tags = MOUNTING, .apply = mount_by_setattr },
	{ .name = "move_mount", .tags = MOUNTING, .apply = mount_by_move },
	{ .name = "open", .refine = for_file },
	{ .name = "open_tree", .tags = MOUNTING, .apply = mount_open_tree },
	{ .name = "open_tree_attr", .tags = MOUNTING, .apply = mount_open_tree },
	{ .name = "openat", .refine = for_file },
	{ .name = "openat2", .refine = for_file },
	{ .name = "pivot_root",
	  .tags = TAG(ROOT) | TAG(MOUNT),
	  .step = CT_STEP_PIVOT,
	  .apply = root_switched },
	{ .name = "prctl", .refine = for_prctl },
	{ .name = "prlimit64", .refine = for_prlimit },
	{ .name = "pwrite64", .refine = for_write },
	{ .name = "read", .apply = network_receive },
	{ .name = "recvfrom", .apply = network_receive },
	{ .name = "recvmsg", .apply = network_receive },
	{ .name = "rmdir", .refine = for_removal },
	{ .name = "seccomp", .refine = for_seccomp },
	{ .name = "sendmsg", .refine = for_send },
	{ .name = "sendto", .refine = for_send },
	{ .name = "setdomainname", .tags = TAG(HOSTNAME) },
	{ .name = "setfsgid", .tags = TAG(IDENTITY) },
	{ .name = "setfsuid", .tags = TAG(IDENTITY) },
	{ .name = "setgid", .tags = TAG(IDENTITY) },
	{ .name = "setgroups", .tags = TAG(IDENTITY) },
	{ .name = "sethostname", .tags = TAG(HOSTNAME), .apply = identity_hostname },
	{ .name = "setns",
	  .tags = TAG(NAMESPACE),
	  .step = CT_STEP_NAMESPACES,
	  .apply = joined },
	{ .name = "setregid", .tags = TAG(IDENTITY) },
	{ .name = "setresgid", .tags = TAG(IDENTITY) },
	{ .name = "setresuid", .tags = TAG(IDENTITY) },
	{ .name = "setreuid", .tags = TAG(IDENTITY) },
	{ .name = "setrlimit",
	  .tags = TAG(LIMIT),
	  .apply = identity_rlimit,
	  .apply_failed = identity_rlimit },
	{ .name = "setuid", .tags = TAG(IDENTITY) },
	{ .name = "socket", .refine = for_socket },
	{ .name = "umount2", .tags = MOUNTING },
	{ .name = "unlinkat", .refine = for_removal },
	{ .name = "unshare",
	  .tags = TAG(NAMESPACE),
	  .step = CT_STEP_NAMESPACES,
	  .apply = unshared },
	{ .name = "write", .refine = for_write },
	{ .name = "writev", .refine = for_write },
};

const struct rule *rule_table(size_t *n)
{
	*n = COUNT(calls);
	return calls;
}

static int compare(const void *name, const void *row)
{
	return strcmp(name, ((const struct rule *)row)->name);
}

const struct rule *rule_find(const struct feed *f)
{
	const struct rule *rule = bsearch(f->event->call.name, calls, COUNT(calls),
					  sizeof(calls[0]), compare);

	return rule && rule->refine ? rule->refine(f) : rule;
}
