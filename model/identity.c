/* SPDX-License-Identifier: MIT */
/* Id maps, rlimits, host name: what becomes of the container's init. */
#include "identity.h"

#include "call.h"
#include "process.h"
#include "site.h"

#include <stdlib.h>
#include <string.h>

/* The container that the file below /proc/PID belongs to, or else the writer's; NULL. */
static struct ct_container *container_of_file(struct feed *f)
{
	int process = process_by_path(f, ct_call_path(&f->event->call, "fd"));
	int site = process >= 0 ? f->m->states[process].site : -1;

	if (site < 0)
		site = f->m->tasks[f->task].site;
	if (site < 0 || !site_building(f->m, site))
		return NULL;
	f->site = site;
	return site_container(f->m, site);
}

/* "inside outside length" on each line, as user_namespaces(7) has it. */
static struct ct_id_map *parse_map(struct model *m, const char *text, size_t *n)
{
	struct ct_id_map *map = NULL;

	*n = 0;
	while (*text) {
		char *end = NULL;
		uint32_t field[3];

		for (int i = 0; i < 3; i++) {
			field[i] = (uint32_t)strtoul(text, &end, 10);
			if (end == text)
				return map;
			text = end;
		}
		*push(m, map, *n) = (struct ct_id_map){ field[0], field[1], field[2] };
		text += strspn(text, " \t\n");
	}
	return map;
}

/* The maps of the user namespace whose file is written; NULL when that is not known. */
static struct id_maps *maps_of_file(struct feed *f)
{
	struct model *m = f->m;
	int process = process_by_path(f, ct_call_path(&f->event->call, "fd"));
	uint64_t inode;
	int index;

	if (process < 0)
		return NULL;
	f->site = m->states[process].site;
	inode = m->tasks[m->states[process].leader].ns[CT_NS_USER];
	index = inode ? map_get(&m->by_user_ns, inode) : -1;
	if (inode && index < 0) {
		index = (int)m->n_id_maps;
		push(m, m->id_maps, m->n_id_maps)->setgroups = "";
		map_put(&m->by_user_ns, inode, index);
	}
	return index < 0 ? NULL : &m->id_maps[index];
}

void identity_settle(struct model *m, int task, struct ct_container *c)
{
	uint64_t inode = m->tasks[task].ns[CT_NS_USER];
	int index = inode && inode != m->host_ns[CT_NS_USER]
			    ? map_get(&m->by_user_ns, inode)
			    : -1;
	const struct id_maps *maps = index < 0 ? NULL : &m->id_maps[index];

	if (!maps)
		return;
	c->uid_map = maps->uid;
	c->n_uid_map = maps->n_uid;
	c->gid_map = maps->gid;
	c->n_gid_map = maps->n_gid;
	c->setgroups = maps->setgroups;
	c->map_writes = maps->writes;
	c->n_map_writes = maps->n_writes;
}

/* A container that is being built shows its maps before its payload runs. */
static void show_maps(const struct feed *f)
{
	int process = process_by_path(f, ct_call_path(&f->event->call, "fd"));
	const struct process_state *state = &f->m->states[process];

	if (site_building(f->m, state->site) && f->m->tasks[state->leader].inside)
		identity_settle(f->m, state->leader, site_container(f->m, state->site));
}

/* Somebody tried to write: the maps that this changes; NULL when it failed. */
static struct id_maps *note_write(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	struct id_maps *maps = maps_of_file(f);

	if (!maps)
		return NULL;
	*push(f->m, maps->writes, maps->n_writes) = (struct ct_map_write){
		.t_ns = f->event->t_ns,
		.event = f->index,
		.process = f->process,
		.file = state_basename(ct_call_path(call, "fd")),
		.value = call_line(f->m, call, "buf"),
		.error = call->result == CT_RESULT_ERROR ? call->error : 0,
	};
	return ct_call_ok(call) ? maps : NULL;
}

void identity_uid_map(struct feed *f)
{
	struct id_maps *maps = note_write(f);

	if (!maps)
		return;
	maps->uid =
		parse_map(f->m, call_text(f->m, &f->event->call, "buf"), &maps->n_uid);
	show_maps(f);
}

void identity_gid_map(struct feed *f)
{
	struct id_maps *maps = note_write(f);

	if (!maps)
		return;
	maps->gid =
		parse_map(f->m, call_text(f->m, &f->event->call, "buf"), &maps->n_gid);
	show_maps(f);
}

void identity_setgroups(struct feed *f)
{
	struct id_maps *maps = note_write(f);

	if (!maps)
		return;
	maps->setgroups = call_line(f->m, &f->event->call, "buf");
	show_maps(f);
}

void identity_oom_score_adj(struct feed *f)
{
	struct ct_container *c = container_of_file(f);

	if (c)
		c->oom_score_adj = call_line(f->m, &f->event->call, "buf");
}

void identity_rlimit(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct ct_arg *limit = ct_call_arg(call, "new_limit");
	const struct ct_arg *resource = ct_call_arg(call, "resource");
	int target = process_by_pid(f->m, ct_call_int(call, "pid", 0));
	int site = f->m->states[target >= 0 ? target : f->process].site;
	struct ct_container *c;

	if (!limit)
		limit = ct_call_arg(call, "rlim"); /* setrlimit */
	if (!limit || limit->type != CT_VALUE_FIELDS || !resource ||
	    !site_building(f->m, site))
		return;
	c = site_container(f->m, site);
	*push(f->m, c->rlimits, c->n_rlimits) = (struct ct_rlimit){
		.t_ns = f->event->t_ns,
		.name = resource->text,
		.soft = (uint64_t)call_item_int(limit, "rlim_cur", -1),
		.hard = (uint64_t)call_item_int(limit, "rlim_max", -1),
		.failed = !ct_call_ok(call),
		.event = f->index,
	};
}

/* The container that the task itself is about to become; NULL. */
static struct ct_container *own_container(const struct feed *f)
{
	const struct task *t = &f->m->tasks[f->task];

	return t->inside && site_building(f->m, t->site) ? site_container(f->m, t->site)
							 : NULL;
}

void identity_hostname(struct feed *f)
{
	struct ct_container *c = own_container(f);

	if (c)
		c->hostname = call_text(f->m, &f->event->call, "name");
}

void identity_no_new_privs(struct feed *f)
{
	struct ct_container *c = own_container(f);

	if (c && ct_call_int(&f->event->call, "arg2", 0) == 1)
		c->no_new_privs = 1;
}

void identity_comm(struct feed *f)
{
	const char *name = call_text(f->m, &f->event->call, "arg2");

	if (*name && f->m->states[f->process].leader == f->task)
		f->m->pub.processes[f->process].comm = name;
}
