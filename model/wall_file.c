/* SPDX-License-Identifier: MIT */
/* Files that are opened and sockets that are connected to: what do they belong to? */
#include "wall.h"

#include "call.h"
#include "isolation.h"
#include "mount_calls.h"
#include "mount_replay.h"
#include "mount_table.h"
#include "role.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>

static const struct mnt *mount_of(const struct attempt *a)
{
	return a->place.mnt < 0 ? NULL : &a->f->m->tree.mounts[a->place.mnt];
}

static const struct filesystem *file_system_of(const struct attempt *a)
{
	const struct mnt *mnt = mount_of(a);

	return mnt ? &a->f->m->tree.filesystems[mnt->filesystem] : NULL;
}

const char *wall_host_path(const struct attempt *a)
{
	struct model *m = a->f->m;
	const struct mnt *mnt = mount_of(a);
	const struct filesystem *fs = file_system_of(a);
	const struct ct_container *c = site_container(m, a->site);
	struct ct_mounted mounted;
	const char *below;

	if (!fs || c->ns[CT_NS_MNT].how == CT_NS_SHARED)
		return NULL;
	mounted = (struct ct_mounted){ .from_host = fs->from_start,
				       .type = fs->type,
				       .host = mount_host_name(m, a->place.mnt) };
	if (!isolation_is_host_path(c, &mounted))
		return NULL;
	below = mount_below(a->place.path, mnt->root);
	if (below && *below && !mounted.host[1])
		mounted.host = ""; /* the root: its name is the slash that follows */
	return ct_arena_printf(&m->arena, "%s%s%s", mounted.host,
			       below && *below && *below != '/' ? "/" : "",
			       below ? below : "");
}

/* -------- opened files -------- */

struct opening {
	struct attempt *a;
	bool writes;
	const char *type; /* of the file system; "" */
};

static bool is_among(const char *path, const char *const *paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(paths[i], path))
			return true;
	return false;
}

static bool is_device(const struct opening *o)
{
	struct model *m = o->a->f->m;
	const struct site *s = &m->sites[o->a->site];
	const char *path = o->a->path;

	if (is_among(path, s->devices, s->n_devices) ||
	    is_among(path, s->nodes, s->n_nodes))
		return true;
	if (!call_below(path, "/dev") || call_below(path, "/dev/shm") ||
	    call_below(path, "/dev/mqueue") || call_below(path, "/dev/fd"))
		return false;
	return true;
}

/* Did the runtime make it? It names it as it sees it, below the root to be. */
static bool was_given(const struct opening *o)
{
	const struct site *s = &o->a->f->m->sites[o->a->site];
	const char *name = state_basename(o->a->path);

	for (size_t i = 0; i < s->n_devices; i++)
		if (!strcmp(state_basename(s->devices[i]), name))
			return true;
	return false;
}

/* What a driver asks for. The kernel asks the device rules before it: they let who was
 * given the device. -1: nothing. */
static int asked_by_driver(const struct opening *o)
{
	static const struct {
		const char *name;
		int to_read, to_write;
	} drivers[] = {
		{ "kmsg", CAP_SYSLOG, -1 },
		{ "mem", CAP_SYS_RAWIO, CAP_SYS_RAWIO },
		{ "port", CAP_SYS_RAWIO, CAP_SYS_RAWIO },
	};
	const char *name = state_basename(o->a->path);

	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
		if (!strcmp(name, drivers[i].name) && was_given(o))
			return o->writes ? drivers[i].to_write : drivers[i].to_read;
	return -1;
}

static bool of_device(const struct opening *o)
{
	struct attempt *a = o->a;

	if (!is_device(o) || isolation_is_usual_device(state_basename(a->path)) ||
	    call_below(a->path, "/dev/pts"))
		return false;
	a->deed = "device";
	a->verb = o->writes ? "write to device" : "open device";
	a->capability = asked_by_driver(o);
	a->device = true;
	a->host = true;
	return true;
}

/* "/proc/sys/…", "/proc/sysrq-trigger"; not the files of a process. */
static const char *kernel_file(const char *path)
{
	const char *below = call_below(path, "/proc");

	if (!below || !*below)
		return call_below(path, "/sys") ? "sys" : NULL;
	below++;
	if (!strncmp(below, "self/", 5) || !strncmp(below, "thread-self/", 12) ||
	    (*below >= '0' && *below <= '9'))
		return NULL;
	return below;
}

static bool of_kernel_file(const struct opening *o)
{
	struct attempt *a = o->a;
	const char *file = kernel_file(a->path);

	if (!file || !o->writes)
		return false;
	if (*o->type && strcmp(o->type, "proc") != 0 && strcmp(o->type, "sysfs") != 0 &&
	    strcmp(o->type, "cgroup") != 0 && strcmp(o->type, "cgroup2") != 0 &&
	    !mount_of(a)->root[1])
		return false;
	a->deed = "kernel-setting";
	a->verb = "write";
	/* what a runtime has put there instead: /dev/null, an empty directory */
	if (mount_of(a) && !strcmp(state_basename(mount_of(a)->root), "null")) {
		a->remark = "it is masked: what is written is lost";
		a->host = false;
	}
	return true;
}

/* What one process may see of another: /proc/1/root, its memory, its namespaces. */
static bool of_process(const struct opening *o)
{
	struct attempt *a = o->a;
	const char *below = call_below(a->path, "/proc");
	size_t digits;

	if (!below || !*below)
		return false;
	digits = strspn(below + 1, "0123456789");
	if (!digits || below[1 + digits] != '/')
		return false;
	below += 2 + digits;
	a->deed = "ptrace";
	a->verb = o->writes ? "write" : "open";
	a->capability = CAP_SYS_PTRACE;
	a->refusals_only = !(o->writes && !strcmp(below, "mem"));
	return !strcmp(below, "mem") || !strncmp(below, "ns/", 3) ||
	       !strncmp(below, "root", 4) || !strncmp(below, "fd/", 3) ||
	       !strcmp(below, "environ") || !strcmp(below, "maps");
}

static bool of_host(const struct opening *o)
{
	struct attempt *a = o->a;
	const char *host = o->writes ? wall_host_path(a) : NULL;

	if (!host)
		return false;
	a->object = ct_arena_printf(&a->f->m->arena, "%s (the host's %s)", a->path, host);
	return true;
}

/* Of other files only that they are read-only is a wall. */
static bool of_read_only(const struct opening *o)
{
	o->a->refusals_only = true;
	o->a->host = false;
	return o->writes && o->a->call->error == EROFS;
}

bool wall_file(struct attempt *a)
{
	bool (*const kinds[])(const struct opening *o) = {
		of_device, of_kernel_file, of_process, of_host, of_read_only,
	};
	struct opening o = { a, ct_call_opens_to_write(a->call), "" };
	bool allowed = a->call->result != CT_RESULT_ERROR;

	a->object = a->path = ct_call_path(a->call, a->argument);
	if (*a->path != '/' || (!allowed && a->call->error != EPERM &&
				a->call->error != EACCES && a->call->error != EROFS))
		return false;
	a->place = mount_place_of(a->f, a->argument, "dirfd");
	if (mount_of(a))
		o.type = file_system_of(a)->type;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i](&o))
			return true;
	return false;
}

/* -------- sockets -------- */

static bool abstract_socket(struct attempt *a, const struct ct_arg *name)
{
	const struct ct_container *c = site_container(a->f->m, a->site);

	if (c->ns[CT_NS_NET].how != CT_NS_SHARED)
		return false;
	a->object = ct_arena_printf(
		&a->f->m->arena, "abstract socket %s of the host's network", name->text);
	return true;
}

/* By what listens there, whatever the socket is called. */
static bool peer_is_engine(const struct attempt *a)
{
	const struct ct_peer *peer = a->f->event->peer;
	enum ct_role role;

	if (!peer)
		return false;
	role = role_hint(peer->exe);
	return role == CT_ROLE_ENGINE || role == CT_ROLE_DAEMON;
}

bool wall_socket(struct attempt *a)
{
	struct model *m = a->f->m;
	const struct ct_arg *address = ct_call_arg(a->call, a->argument);
	const struct ct_arg *name = call_item(address, "sun_path");
	const char *host;

	if (name && name->type == CT_VALUE_STR && name->len && !name->str[0])
		return abstract_socket(a, name);
	a->path = ct_call_path(a->call, a->argument);
	if (*a->path != '/')
		return false;
	a->place = mount_walk(&m->tree, replay_root(m, a->f->task), a->path);
	host = wall_host_path(a);
	if (!host) { /* the container's own, or it came over a socket: a refusal is told
		      */
		a->object = a->path;
		a->refusals_only = true;
		return true;
	}
	a->object = ct_arena_printf(&m->arena, "%s (the host's %s)", a->path, host);
	if (peer_is_engine(a)) {
		isolation_note_socket(a->f, a->site, host);
		a->object = ct_arena_printf(&m->arena, "%s, where %s listens", a->object,
					    state_basename(a->f->event->peer->exe));
	} else if (!isolation_is_engine_socket(host)) {
		return true;
	}
	a->deed = "engine-socket";
	a->remark = "whoever talks to the engine can start any container";
	return true;
}
