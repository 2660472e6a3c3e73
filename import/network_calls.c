/* SPDX-License-Identifier: MIT */
/* Network namespaces by the calls that make, name, open and enter them. */
#include "networks.h"

#include <linux/mount.h>
#include <sched.h>
#include <string.h>

/* -------- what arguments stand for -------- */

static uint32_t of_descriptor(const struct ct_log_networks *n,
			      const struct ct_log_task *task, const struct ct_arg *fd)
{
	uint32_t network = ct_log_files_network(task->files, fd->i);

	if (!network)
		network = ct_log_network_behind(n, task, fd->path);
	return network ? network
		       : ct_log_network_behind(n, task,
					       ct_log_files_path(task->files, fd->i));
}

static void mark(const struct ct_log_networks *n, struct ct_arg *arg, uint32_t network)
{
	if (!network || (arg->ns_type >= 0 && arg->ns_inode))
		return;
	arg->ns_type = CT_NS_NET;
	arg->ns_inode = ct_log_network_number(n, network);
}

/* Recursive: as deep as the values of the log. */
static void mark_items(const struct ct_log_networks *n, const struct ct_log_task *task,
		       struct ct_arg *arg)
{
	for (size_t i = 0; i < arg->n_items; i++) {
		struct ct_arg *item = &arg->items[i];

		mark_items(n, task, item);
		if (item->type != CT_VALUE_INT || !item->name)
			continue;
		if (!strcmp(item->name, "IFLA_NET_NS_FD"))
			mark(n, item, of_descriptor(n, task, item));
		else if (!strcmp(item->name, "IFLA_NET_NS_PID") && item->i > 0)
			mark(n, item, ct_log_network_of_pid(n, (uint64_t)item->i));
	}
}

static bool is_netlink(const struct ct_arg *bytes)
{
	return bytes->type == CT_VALUE_LIST && bytes->n_items &&
	       bytes->items[0].type == CT_VALUE_FIELDS && bytes->items[0].n_items &&
	       bytes->items[0].items[0].name &&
	       !strcmp(bytes->items[0].items[0].name, "nlmsg_type");
}

static bool is_call(const struct ct_event_call *call, const char *name)
{
	return !strcmp(call->name, name);
}

/* What setns(fd, nstype) is given: a file that is no known name is one from now on. */
static void mark_target(struct ct_log_networks *n, const struct ct_log_task *task,
			struct ct_arg *fd, uint64_t type)
{
	uint32_t network = of_descriptor(n, task, fd);

	if (!network && type == CLONE_NEWNET && fd->ns_type < 0 && fd->path &&
	    *fd->path == '/') {
		network = ct_log_network_add(n, 0);
		ct_log_network_bind(n, fd->path, network);
	}
	mark(n, fd, network);
}

void ct_log_network_mark(struct ct_log_networks *n, const struct ct_log_task *task,
			 struct ct_event_call *call)
{
	struct ct_arg *first = call->n_args ? &call->args[0] : NULL;
	uint32_t network;

	if (!n->wanted || !first)
		return;
	if (call->n_args > 1 && is_netlink(&call->args[1])) {
		network = ct_log_files_network(task->files, first->i);
		/* an inherited one is most likely from here */
		mark(n, first, network ? network : task->network);
		mark_items(n, task, &call->args[1]);
	} else if (is_call(call, "setns") && first->type == CT_VALUE_INT) {
		mark_target(n, task, first, (uint64_t)ct_call_int(call, "nstype", 0));
	} else if (is_call(call, "mount") &&
		   ct_call_int(call, "mountflags", 0) & MS_BIND) {
		mark(n, first,
		     ct_log_network_behind(n, task, ct_call_path(call, "source")));
	}
}

/* -------- what calls do -------- */

struct effect {
	struct ct_log_networks *networks;
	struct ct_log_task *task;
	const struct ct_event_call *call;
	const char *path;
};

static void opened(const struct effect *e)
{
	uint32_t network = ct_log_network_behind(e->networks, e->task,
						 ct_call_path(e->call, "pathname"));

	if (e->path)
		ct_log_network_learn(e->networks, network,
				     ct_span_of(e->path, strlen(e->path)));
	ct_log_files_set_network(e->task->files, e->call->ret, network);
}

static void made_socket(const struct effect *e)
{
	ct_log_files_set_network(e->task->files, e->call->ret, e->task->network);
}

static void read_link(const struct effect *e)
{
	const struct ct_arg *target = ct_call_arg(e->call, "buf");

	if (target && target->type == CT_VALUE_STR && !target->truncated)
		ct_log_network_learn(
			e->networks,
			ct_log_network_behind(e->networks, e->task,
					      ct_call_path(e->call, "pathname")),
			ct_span_of(target->str, target->len));
}

static void unshared(const struct effect *e)
{
	if (ct_call_int(e->call, "flags", 0) & CLONE_NEWNET)
		ct_log_network_enter(e->networks, e->task,
				     ct_log_network_add(e->networks, 0));
}

static void joined(const struct effect *e)
{
	const struct ct_arg *fd = ct_call_arg(e->call, "fd");
	int64_t type = ct_call_int(e->call, "nstype", 0);
	uint32_t network = 0;

	if (!fd || fd->type != CT_VALUE_INT)
		return;
	network = of_descriptor(e->networks, e->task, fd);
	if (!network && fd->ns_type == CT_NS_NET)
		network = ct_log_network_of_inode(e->networks, fd->ns_inode);
	/* a pidfd's are many, and not followed */
	if (network || type & CLONE_NEWNET)
		ct_log_network_enter(e->networks, e->task, network);
}

static void mounted(const struct effect *e)
{
	const struct ct_arg *source = ct_call_arg(e->call, "source");

	if (source && source->ns_type == CT_NS_NET)
		ct_log_network_bind(
			e->networks, ct_call_path(e->call, "target"),
			ct_log_network_behind(e->networks, e->task,
					      ct_call_path(e->call, "source")));
}

static void unmounted(const struct effect *e)
{
	ct_log_network_unbind(e->networks, ct_call_path(e->call, "target"));
}

static const struct {
	const char *name;
	void (*apply)(const struct effect *e);
} effects[] = {
	{ "open", opened },        { "openat", opened },      { "openat2", opened },
	{ "socket", made_socket }, { "readlink", read_link }, { "readlinkat", read_link },
	{ "unshare", unshared },   { "setns", joined },       { "mount", mounted },
	{ "umount2", unmounted },
};

/* Of all links the network's alone is known. */
static struct ct_state *state_of(const struct ct_log_networks *n,
				 const struct ct_log_task *task)
{
	struct ct_state *state = ct_arena_array(n->arena, struct ct_state, 1);

	*state = (struct ct_state){ .have = CT_STATE_NS, .of = task->id };
	state->ns[CT_NS_NET] = ct_log_network_number(n, task->network);
	return state;
}

struct ct_state *ct_log_network_birth(struct ct_log_networks *n, struct ct_log_task *task,
				      const struct ct_log_task *creator,
				      const struct ct_event_task *birth)
{
	if (!n->wanted)
		return NULL;
	while (n->n < CT_LOG_NETWORK_FIRST)
		ct_log_network_add(n, 0);
	if (birth->how == CT_BIRTH_ROOT)
		ct_log_network_enter(n, task, CT_LOG_NETWORK_FIRST);
	if (birth->flags & CLONE_NEWNET) {
		ct_log_network_enter(n, task, ct_log_network_add(n, 0));
		return state_of(n, task);
	}
	if (creator)
		ct_log_network_enter(n, task, creator->network);
	return NULL;
}

struct ct_state *ct_log_network_call(struct ct_log_networks *n, struct ct_log_task *task,
				     const struct ct_event_call *call, const char *path)
{
	struct effect e = { n, task, call, path };
	uint32_t was = task->network;

	for (size_t i = 0; n->wanted && i < sizeof(effects) / sizeof(*effects); i++)
		if (is_call(call, effects[i].name))
			effects[i].apply(&e);
	return task->network != was && is_call(call, "unshare") ? state_of(n, task)
								: NULL;
}
