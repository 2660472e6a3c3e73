/* SPDX-License-Identifier: MIT */
/* Every change of a container's mount table while it is built. */
#include "mount.h"

#include "call.h"
#include "mount_words.h"
#include "root.h"

#include <string.h>
#include <sys/mount.h>

/* Options are gathered call by call; nobody needs more of them than mount(2) takes. */
#define DATA_MAX 4096

/* The container whose mount table the event's task changes, or NULL. */
static struct ct_container *container_of(const struct feed *f)
{
	const struct task *t = &f->m->tasks[f->task];

	if (t->site < 0 || !t->inside ||
	    f->m->sites[t->site].rank >= RANK_ROOT_DESCENDANT)
		return NULL;
	return site_container(f->m, t->site);
}

/* "/newroot/" is "/newroot". */
static const char *without_slash(struct model *m, const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return path[len] ? ct_arena_strndup(&m->arena, path, len) : path;
}

static void add(const struct feed *f, const char *target, const struct detached *what)
{
	struct ct_container *c = container_of(f);
	const char *propagation = mount_propagation(what->flags);

	if (!c)
		return;
	*push(f->m, c->mounts, c->n_mounts) = (struct ct_mount){
		.t_ns = f->event->t_ns,
		.source = what->source,
		.target = without_slash(f->m, target),
		.type = what->type,
		.flags = mount_words(&f->m->arena, what->flags),
		.propagation = propagation,
		.data = what->data,
		.event = f->index,
	};
}

void mount_call(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	uint64_t flags = (uint32_t)ct_call_int(call, "mountflags", 0);
	const char *target = ct_call_path(call, "target");
	bool changes =
		flags & (MS_REMOUNT | MS_PRIVATE | MS_SLAVE | MS_SHARED | MS_UNBINDABLE);
	/* a source is a file for these only; else any word: "proc", "none" */
	bool file = flags & (MS_BIND | MS_MOVE) && !(flags & MS_REMOUNT);
	struct detached what = {
		.source = file ? ct_call_path(call, "source")
			       : call_text(f->m, call, "source"),
		.type = flags & (MS_BIND | MS_MOVE) || changes
				? ""
				: call_text(f->m, call, "filesystemtype"),
		.data = call_text(f->m, call, "data"),
		.flags = flags,
	};

	if (!strcmp(what.type, "overlay"))
		map_put(&f->m->overlays, map_hash(target), (int)f->index);
	add(f, target, &what);
	if (flags & MS_MOVE && !strcmp(target, "/"))
		root_switched(f);
}

/* Processes are numbered from 0 on: their keys leave the uppermost bit alone. */
#define KEY_OF_MOUNT (UINT64_C(1) << 63)

static uint64_t key_of(int process, int64_t fd, int64_t id)
{
	if (id)
		return KEY_OF_MOUNT | (uint64_t)id;
	return (uint64_t)(uint32_t)process << 32 | (uint32_t)fd;
}

uint64_t mount_fd_key(const struct feed *f, const char *name, int process)
{
	const struct ct_arg *arg = ct_call_arg(&f->event->call, name);

	return key_of(process, arg && arg->type == CT_VALUE_INT ? arg->i : -1,
		      arg ? arg->mount : 0);
}

uint64_t mount_returned_key(const struct feed *f)
{
	return key_of(f->process, f->event->call.ret, f->event->call.mount);
}

const struct detached *mount_detached(const struct feed *f, const char *name)
{
	static const struct detached unknown = { .source = "", .type = "", .data = "" };
	int index = map_get(&f->m->mount_fds, mount_fd_key(f, name, f->process));

	return index < 0 ? &unknown : &f->m->detached[index];
}

static void add_detached(const struct feed *f, const struct detached *what)
{
	*push(f->m, f->m->detached, f->m->n_detached) = *what;
	map_put(&f->m->mount_fds, mount_returned_key(f), (int)f->m->n_detached - 1);
}

void mount_fsopen(struct feed *f)
{
	const char *type = call_text(f->m, &f->event->call, "fsname");

	add_detached(f, &(struct detached){ .source = type, .type = type, .data = "" });
}

void mount_fsconfig(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	int index = map_get(&f->m->mount_fds, mount_fd_key(f, "fd", f->process));
	const char *key = call_text(f->m, call, "key");
	const char *value = call_text(f->m, call, "value");
	struct detached *what;

	if (index < 0 || !*key)
		return;
	what = &f->m->detached[index];
	if (!strcmp(key, "source"))
		what->source = value;
	else if (strlen(what->data) + strlen(key) + strlen(value) < DATA_MAX)
		what->data = ct_arena_printf(&f->m->arena, "%s%s%s%s%s", what->data,
					     *what->data ? "," : "", key,
					     *value ? "=" : "", value);
}

void mount_fsmount(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	struct detached what = *mount_detached(f, "fs_fd");

	what.flags = mount_attributes((uint64_t)ct_call_int(call, "attr_flags", 0));
	add_detached(f, &what);
}

void mount_open_tree(struct feed *f)
{
	enum { OPEN_TREE_CLONE_ = 1, AT_RECURSIVE_ = 0x8000 };
	const struct ct_event_call *call = &f->event->call;
	int64_t flags = ct_call_int(call, "flags", 0);

	if (!(flags & OPEN_TREE_CLONE_))
		return;
	add_detached(f, &(struct detached){
				.source = ct_call_path(call, "filename"),
				.type = "",
				.data = "",
				.flags = MS_BIND | (flags & AT_RECURSIVE_ ? MS_REC : 0),
			});
}

/* A path argument, or what its directory descriptor is when the path is empty. */
static const char *path_at(const struct ct_event_call *call, const char *path,
			   const char *dir)
{
	const char *name = ct_call_path(call, path);

	return *name ? name : ct_call_path(call, dir);
}

void mount_by_move(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const char *target = path_at(call, "to_pathname", "to_dfd");

	add(f, target, mount_detached(f, "from_dfd"));
	if (!strcmp(target, "/"))
		root_switched(f);
}

void mount_by_setattr(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct ct_arg *attr = ct_call_arg(call, "uattr");
	int index = map_get(&f->m->mount_fds, mount_fd_key(f, "dfd", f->process));
	uint64_t flags = mount_attributes((uint64_t)call_item_int(attr, "attr_set", 0)) |
			 ((uint64_t)call_item_int(attr, "propagation", 0) &
			  (MS_PRIVATE | MS_SLAVE | MS_SHARED | MS_UNBINDABLE));

	if (index >= 0 && call_is_empty(call, "path"))
		f->m->detached[index].flags |= flags;
	else
		add(f, path_at(call, "path", "dfd"),
		    &(struct detached){ .source = "",
					.type = "",
					.data = "",
					.flags = flags | MS_REMOUNT | MS_BIND });
}

void mount_new_root(struct ct_container *c, const char *new_root)
{
	for (size_t i = 0; i < c->n_mounts; i++) {
		struct ct_mount *mount = &c->mounts[i];
		const char *below =
			mount->outside ? NULL : call_below(mount->target, new_root);

		if (below)
			mount->target = *below ? below : "/";
		else
			mount->outside = true;
	}
}
