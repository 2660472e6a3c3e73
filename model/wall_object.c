/* SPDX-License-Identifier: MIT */
/* What an attempt is done to, in words. */
#include "wall.h"

#include "call.h"
#include "cttrace/strbuf.h"
#include "mount_calls.h"
#include "mount_words.h"
#include "process.h"

#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>

/* Device nodes of one payload that are remembered. */
#define NODES_MAX 256

static struct ct_arena *arena(const struct attempt *a)
{
	return &a->f->m->arena;
}

bool wall_plain(struct attempt *a)
{
	const struct ct_arg *arg =
		*a->argument ? ct_call_arg(a->call, a->argument) : NULL;

	if (arg && arg->type == CT_VALUE_STR)
		a->object = call_text(a->f->m, a->call, a->argument);
	else if (arg && arg->type == CT_VALUE_INT && arg->text)
		a->object = arg->text;
	return true;
}

bool wall_path(struct attempt *a)
{
	const char *host;

	a->path = a->object = ct_call_path(a->call, a->argument);
	a->place = mount_place_of(a->f, a->argument, NULL);
	host = wall_host_path(a);
	if (host)
		a->object =
			ct_arena_printf(arena(a), "%s (the host's %s)", a->path, host);
	return true;
}

static const char *mount_in_words(const struct attempt *a, uint64_t flags)
{
	const char *target = ct_call_path(a->call, "target");
	const char *source = ct_call_path(a->call, "source");
	const char *type = call_text(a->f->m, a->call, "filesystemtype");
	const char *propagation = mount_propagation(flags);

	if (flags & MS_REMOUNT)
		return ct_arena_printf(arena(a), "%s again (%s)", target,
				       flags & MS_RDONLY ? "read-only" : "writable");
	if (*propagation && !(flags & (MS_BIND | MS_MOVE)))
		return ct_arena_printf(arena(a), "%s (%s)", target, propagation);
	return ct_arena_printf(arena(a), "%s on %s%s%s%s", source, target,
			       *type || flags & MS_BIND ? " (" : "",
			       flags & MS_BIND ? "bind" : type,
			       *type || flags & MS_BIND ? ")" : "");
}

bool wall_mount(struct attempt *a)
{
	uint64_t flags = (uint32_t)ct_call_int(a->call, "mountflags", 0);
	const char *source = ct_call_path(a->call, "source");

	a->object = mount_in_words(a, flags);
	a->path = ct_call_path(a->call, "target");
	/* a file system of a device: the kernel looks the device up by its name */
	a->device =
		*source == '/' && !(flags & (MS_BIND | MS_REMOUNT | MS_MOVE | MS_SHARED |
					     MS_SLAVE | MS_PRIVATE | MS_UNBINDABLE));
	if (a->device) {
		a->host = true;
		a->place = mount_place_of(a->f, "source", NULL);
	}
	return true;
}

bool wall_namespaces(struct attempt *a)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	uint64_t flags = strcmp(a->call->name, "unshare") != 0
				 ? call_clone_flags(a->call)
				 : (uint64_t)ct_call_int(a->call, "flags", 0);

	for (int type = 0; type < CT_NS_TYPES; type++)
		if (flags & ct_ns_clone_flag((enum ct_ns)type))
			ct_strbuf_addf(&sb, "%s%s", sb.len ? " " : "",
				       ct_ns_name((enum ct_ns)type));
	/* who makes a user namespace has all capabilities in there for the others */
	if (flags & CLONE_NEWUSER)
		a->capability = -1;
	a->object = ct_arena_strdup(arena(a), sb.data);
	return sb.len;
}

bool wall_join(struct attempt *a)
{
	const struct ct_arg *fd = ct_call_arg(a->call, a->argument);
	const struct model *m = a->f->m;
	const struct ct_container *c = site_container(a->f->m, a->site);
	int type = fd ? fd->ns_type : -1;
	bool known = type >= 0 && type < CT_NS_TYPES && fd->ns_inode;

	a->object = fd && fd->path ? fd->path : "a namespace";
	if (!known)
		return true;
	if (fd->ns_inode == c->ns[type].to) {
		a->remark = "it is its container's own";
	} else if (fd->ns_inode == m->host_ns[type]) {
		a->object = ct_arena_printf(arena(a), "%s, the host's", a->object);
		a->host = true;
	}
	return true;
}

int wall_target(const struct feed *f, int site, int64_t pid)
{
	const struct model *m = f->m;
	const struct ct_container *c = site_container(f->m, site);

	if (pid <= 0)
		return f->process;
	if (c->ns[CT_NS_PID].how == CT_NS_SHARED)
		return process_by_pid(m, pid);
	for (size_t i = m->pub.n_processes; i-- > 0;) {
		const struct ct_process *p = &m->pub.processes[i];

		if (p->nspid == pid && p->exited_ns < 0 && m->states[i].site >= 0 &&
		    m->tasks[m->states[i].leader].ns[CT_NS_PID] ==
			    m->tasks[f->task].ns[CT_NS_PID])
			return (int)i;
	}
	return -1;
}

bool wall_process(struct attempt *a)
{
	const struct model *m = a->f->m;
	const struct ct_container *c = site_container(a->f->m, a->site);
	int target;

	a->pid = ct_call_int(a->call, a->argument, 0);
	target = wall_target(a->f, a->site, a->pid);
	if (target == a->f->process)
		return false; /* itself */
	a->host = c->ns[CT_NS_PID].how == CT_NS_SHARED &&
		  (target < 0 || !m->tasks[m->states[target].leader].inside);
	a->object = ct_arena_printf(
		arena(a), "process %lld%s%s%s%s", (long long)a->pid,
		target >= 0 ? " (" : "", target >= 0 ? m->pub.processes[target].comm : "",
		target >= 0 ? ")" : "", a->host ? " of the host" : "");
	return true;
}

bool wall_trace(struct attempt *a)
{
	switch (ct_call_int(a->call, "op", -1)) {
	case PTRACE_TRACEME:
		a->object = "itself, by its parent";
		a->capability = -1;
		a->pid = 0;
		return true;
	case PTRACE_ATTACH:
	case PTRACE_SEIZE:
		return wall_process(a);
	default:
		return false; /* of what it traces already */
	}
}

bool wall_node(struct attempt *a)
{
	const struct ct_arg *dev = ct_call_arg(a->call, "dev");
	int64_t mode = ct_call_int(a->call, "mode", 0) & S_IFMT;
	struct site *s = &a->f->m->sites[a->site];

	if (mode != S_IFCHR && mode != S_IFBLK)
		return false; /* a FIFO, a socket */
	a->device = true;
	a->path = ct_call_path(a->call, a->argument);
	if (a->call->result != CT_RESULT_ERROR && s->n_nodes < NODES_MAX)
		*push(a->f->m, s->nodes, s->n_nodes) = a->path;
	a->object = ct_arena_printf(arena(a), "%s (%s %s)", a->path,
				    mode == S_IFBLK ? "block" : "character",
				    dev && *dev->text ? dev->text : "?");
	return true;
}

bool wall_raw_socket(struct attempt *a)
{
	enum { TYPE_MASK = 0xf };
	const struct ct_container *c = site_container(a->f->m, a->site);
	int64_t domain = ct_call_int(a->call, "domain", -1);

	if (domain != AF_PACKET &&
	    ((domain != AF_INET && domain != AF_INET6) ||
	     (ct_call_int(a->call, "type", 0) & TYPE_MASK) != SOCK_RAW))
		return false;
	a->object = domain == AF_PACKET ? "a packet socket" : "a raw socket";
	a->host = c->ns[CT_NS_NET].how == CT_NS_SHARED;
	return true;
}
