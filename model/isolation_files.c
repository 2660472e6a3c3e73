/* SPDX-License-Identifier: MIT */
/* The rows about files: what of the host's is in reach. */
#include "isolation.h"

#include "call.h"
#include "cttrace/strbuf.h"
#include "mount_words.h"
#include "rule.h"
#include "site.h"

#include <string.h>
#include <sys/stat.h>

static bool is_writable(const struct ct_mounted *m)
{
	return !mount_has_word(m->flags, "ro") && !m->file_system_read_only;
}

static const struct ct_mounted *root_mount(const struct ct_container *c)
{
	return c->n_mount_table && !strcmp(c->mount_table[0].target, "/")
		       ? &c->mount_table[0]
		       : NULL;
}

/* Without a mount table, as of an imported log, what is mounted is not known. */
static bool is_blind(const struct looking *l)
{
	if (l->c->n_mount_table || l->c->ns[CT_NS_MNT].how == CT_NS_SHARED)
		return false;
	l->out->state = "not known";
	return true;
}

void isolation_root(const struct looking *l)
{
	const struct ct_mounted *root = root_mount(l->c);

	if (isolation_is_unseen(l))
		return;
	if (!root) {
		l->out->open = l->c->ns[CT_NS_MNT].how == CT_NS_SHARED;
		l->out->state = l->out->open ? "the host's" : "not known";
		return;
	}
	l->out->open = is_writable(root);
	l->out->state = l->out->open ? "writable" : "read-only";
	if (root->n_lower && !l->out->open)
		l->out->detail =
			ct_arena_printf(l->arena, "overlay, %zu layer%s", root->n_lower,
					root->n_lower == 1 ? "" : "s");
	else if (*root->upper)
		l->out->detail =
			ct_arena_printf(l->arena, "overlay, written to %s", root->upper);
	else
		l->out->detail =
			ct_arena_printf(l->arena, "%s %s", root->type, root->host);
}

/* Of the kernel's making: no files of the host's are in there. */
static bool is_pseudo(const char *type)
{
	static const char *const types[] = { "proc",       "sysfs",    "devpts",
					     "mqueue",     "cgroup",   "cgroup2",
					     "nsfs",       "tracefs",  "debugfs",
					     "bpf",        "fusectl",  "configfs",
					     "securityfs", "devtmpfs", "" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(types[i], type))
			return true;
	return false;
}

/*
 * A directory or file of the host that somebody asked for. What the engine made for this
 * container alone (its /etc/hosts) is below a directory that has the container's name.
 */
bool isolation_is_host_path(const struct ct_container *c, const struct ct_mounted *m)
{
	if (!m->from_host || !*m->host || is_pseudo(m->type) || m->masked || m->covered ||
	    m->hidden)
		return false;
	return strlen(c->id) < 12 || !strstr(m->host, c->id);
}

/*
 * A mount of the host's file systems that is shared has the host's as its peer; one that
 * is a slave is told what the host mounts there, and tells nothing.
 */
void isolation_propagation(const struct looking *l)
{
	static const char *const words[] = { "to the host and back", "from the host" };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	bool found[2] = { false, false };

	if (isolation_is_unseen(l))
		return;
	if (l->c->ns[CT_NS_MNT].how == CT_NS_SHARED) {
		l->out->state = "the host's";
		l->out->open = true;
		return;
	}
	for (size_t i = 0; i < l->c->n_mount_table; i++) {
		const struct ct_mounted *m = &l->c->mount_table[i];
		bool shared = mount_has_word(m->propagation, "shared");

		if (!isolation_is_host_path(l->c, m) ||
		    (!shared && !mount_has_word(m->propagation, "slave")))
			continue;
		found[!shared] = true;
		ct_strbuf_addf(&sb, "%s%s %s", sb.len ? ", " : "", m->target,
			       words[!shared]);
	}
	l->out->open = found[0];
	l->out->state = found[0]   ? "shared with the host"
			: found[1] ? "receives the host's mounts"
				   : "none";
	if (!l->c->n_mount_table)
		l->out->state = "not known";
	l->out->detail = ct_arena_strdup(l->arena, sb.data);
}

static void add_path(struct ct_strbuf *sb, const struct ct_mounted *m)
{
	ct_strbuf_addf(sb, "%s%s", sb->len ? ", " : "", m->host);
	if (strcmp(m->host, m->target) != 0)
		ct_strbuf_addf(sb, " at %s", m->target);
}

static void say_found(const struct looking *l, const struct ct_strbuf *sb, size_t n)
{
	l->out->state = n ? ct_arena_printf(l->arena, "%zu", n) : "none";
	l->out->detail = ct_arena_strdup(l->arena, sb->data);
}

void isolation_host_paths(const struct looking *l)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	bool writable = l->argument;
	size_t n = 0;

	if (isolation_is_unseen(l))
		return;
	if (l->c->ns[CT_NS_MNT].how == CT_NS_SHARED) {
		l->out->state = "all of the host's";
		l->out->open = writable;
		return;
	}
	if (is_blind(l))
		return;
	for (size_t i = 0; i < l->c->n_mount_table; i++) {
		const struct ct_mounted *m = &l->c->mount_table[i];

		if (!isolation_is_host_path(l->c, m) || is_writable(m) != writable)
			continue;
		add_path(&sb, m);
		n++;
	}
	say_found(l, &sb, n);
	l->out->open = writable && n;
}

bool isolation_is_engine_socket(const char *host)
{
	static const char *const sockets[] = {
		"/run/docker.sock",
		"/var/run/docker.sock",
		"/run/podman/podman.sock",
		"/var/run/podman/podman.sock",
		"/run/containerd/containerd.sock",
		"/var/run/containerd/containerd.sock",
		"/run/crio/crio.sock",
		"/var/run/crio/crio.sock",
	};
	static const char *const names[] = { "docker.sock", "podman.sock",
					     "containerd.sock", "crio.sock" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(state_basename(host), names[i]))
			return true;
	for (size_t i = 0; i < sizeof(sockets) / sizeof(sockets[0]); i++)
		if (call_below(sockets[i], host))
			return true;
	return false;
}

void isolation_note_socket(const struct feed *f, int site, const char *host)
{
	struct site *s = &f->m->sites[site];

	for (size_t i = 0; i < s->n_engine_sockets; i++)
		if (!strcmp(s->engine_sockets[i], host))
			return;
	*push(f->m, s->engine_sockets, s->n_engine_sockets) = host;
}

/* The socket, or a directory that it is in. */
static bool was_noted(const struct site *s, const char *host)
{
	for (size_t i = 0; i < s->n_engine_sockets; i++)
		if (call_below(s->engine_sockets[i], host))
			return true;
	return false;
}

void isolation_engine_socket(const struct looking *l)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (isolation_is_unseen(l) && !l->site->n_engine_sockets)
		return;
	l->out->state = "not in reach";
	if (l->c->ns[CT_NS_MNT].how == CT_NS_SHARED) {
		l->out->state = "where the host has it";
		l->out->open = true;
		return;
	}
	if (is_blind(l))
		return;
	for (size_t i = 0; i < l->c->n_mount_table; i++) {
		const struct ct_mounted *m = &l->c->mount_table[i];

		if (isolation_is_host_path(l->c, m) &&
		    (isolation_is_engine_socket(m->host) || was_noted(l->site, m->host)))
			add_path(&sb, m);
	}
	if (!sb.len)
		return;
	l->out->state = "mounted";
	l->out->open = true;
	l->out->detail = ct_arena_strdup(l->arena, sb.data);
}

/* The devices of the OCI runtime specification, and the terminals of the container. */
bool isolation_is_usual_device(const char *name)
{
	static const char *const usual[] = { "null",    "zero",    "full",
					     "random",  "urandom", "tty",
					     "console", "ptmx",    "pts" };

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (!strcmp(usual[i], name))
			return true;
	return false;
}

#define DEVICES_NAMED 8

static void add_device(struct ct_strbuf *sb, size_t *n, const char *path)
{
	const char *name = state_basename(path);

	if (isolation_is_usual_device(name))
		return;
	if ((*n)++ < DEVICES_NAMED)
		ct_strbuf_addf(sb, "%s%s", sb->len ? ", " : "", name);
	else if (*n == DEVICES_NAMED + 1)
		ct_strbuf_adds(sb, ", …");
}

/* A device for the container. */
static void note_device(struct feed *f)
{
	const struct task *t = &f->m->tasks[f->task];

	if (t->inside && site_building(f->m, t->site)) {
		struct site *s = &f->m->sites[t->site];

		*push(f->m, s->devices, s->n_devices) =
			ct_call_path(&f->event->call, "pathname");
	}
}

const struct rule *isolation_for_node(const struct feed *f)
{
	static const struct rule device = { .tags = 1u << CT_TAG_DEVICE,
					    .step = CT_STEP_ROOTFS,
					    .apply = note_device };
	static const struct rule file = { .tags = 1u << CT_TAG_FILE };
	int64_t kind = ct_call_int(&f->event->call, "mode", 0) & S_IFMT;

	return kind == S_IFCHR || kind == S_IFBLK ? &device : &file;
}

void isolation_devices(const struct looking *l)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	size_t n = 0;

	if (isolation_is_unseen(l))
		return;
	if (l->c->ns[CT_NS_MNT].how == CT_NS_SHARED) {
		l->out->state = "all of the host's";
		l->out->open = true;
		return;
	}
	for (size_t i = 0; i < l->site->n_devices; i++)
		add_device(&sb, &n, l->site->devices[i]);
	for (size_t i = 0; i < l->c->n_mount_table; i++) {
		const struct ct_mounted *m = &l->c->mount_table[i];

		if (!strcmp(m->type, "devtmpfs") && !m->masked && !m->covered &&
		    !m->hidden)
			add_device(&sb, &n, m->target);
	}
	say_found(l, &sb, n);
	if (!n && !is_blind(l))
		l->out->state = "only the usual ones";
	l->out->open = n;
}

void isolation_kernel_files(const struct looking *l)
{
	size_t masked = 0, read_only = 0;

	if (isolation_is_unseen(l) || is_blind(l))
		return;
	for (size_t i = 0; i < l->c->n_mount_table; i++) {
		masked += l->c->mount_table[i].masked;
		read_only += l->c->mount_table[i].read_only_path;
	}
	l->out->open = !masked && !read_only;
	l->out->state = l->out->open ? "open" : "protected";
	if (!l->out->open)
		l->out->detail = ct_arena_printf(l->arena, "%zu hidden, %zu read-only",
						 masked, read_only);
}
