/* SPDX-License-Identifier: MIT */
/* Asked and done: the container's mounts, hidden paths and devices. */
#include "asked.h"

#include "call.h"
#include "mount_words.h"

#include <errno.h>
#include <string.h>

/* The uppermost mount at that place; NULL. */
static const struct ct_mounted *mount_at(const struct asking *a, const char *target)
{
	size_t len = strlen(target);

	while (len > 1 && target[len - 1] == '/')
		len--;
	for (size_t i = a->c->n_mount_table; i-- > 0;) {
		const struct ct_mounted *m = &a->c->mount_table[i];

		if (strlen(m->target) == len && !strncmp(m->target, target, len))
			return m;
	}
	return NULL;
}

static const char *access_of(const struct ct_mounted *m)
{
	return mount_has_word(m->flags, "ro") || m->file_system_read_only ? "read-only"
									  : "writable";
}

void asked_rootfs(struct asking *a)
{
	const json_t *root = asked_get(a, "root");
	bool read_only = json_is_true(json_object_get(root, "readonly"));
	const struct ct_mounted *m = mount_at(a, "/");
	struct ct_asked r = { .asked = read_only ? "read-only" : "writable",
			      .event = -1 };

	if (m) {
		r.done = access_of(m);
		r.event = m->event;
		r.match = strcmp(r.asked, r.done) ? CT_MATCH_DIFFERS : CT_MATCH_SAME;
	} else {
		r.match = CT_MATCH_NOT_SEEN;
	}
	asked_add(a, "root file system", "", r);
}

/* What is made a slave or private is not shared; a slave of nobody is private. */
static bool propagation_holds(const struct ct_mounted *m, const char *option, bool *known)
{
	static const struct {
		const char *option, *word;
	} rows[] = {
		{ "shared", "shared" },   { "rshared", "shared" },
		{ "slave", "" },          { "rslave", "" },
		{ "private", "private" }, { "rprivate", "private" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		*known = !strcmp(rows[i].option, option);
		if (*known)
			return *rows[i].word
				       ? mount_has_word(m->propagation, rows[i].word)
				       : !mount_has_word(m->propagation, "shared");
	}
	return true;
}

static bool option_holds(const struct ct_mounted *m, const char *option)
{
	static const char *const words[] = { "nosuid", "nodev", "noexec", "noatime",
					     "nosymfollow" };

	bool known, holds = propagation_holds(m, option, &known);

	if (known)
		return holds;
	if (!strcmp(option, "ro"))
		return !strcmp(access_of(m), "read-only");
	if (!strncmp(option, "idmap", 5) || !strncmp(option, "ridmap", 6))
		return mount_has_word(m->flags, "idmapped");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], option))
			return mount_has_word(m->flags, option);
	return true;
}

static bool has_option(const json_t *options, const char *option)
{
	for (size_t i = 0; i < json_array_size(options); i++) {
		const char *text = json_string_value(json_array_get(options, i));

		if (text && !strcmp(text, option))
			return true;
	}
	return false;
}

/* A hierarchy of cgroups may be one file system, or a directory of several. */
static bool same_type(const json_t *mount, const struct ct_mounted *m)
{
	const char *type = asked_text(mount, "type");
	const json_t *options = json_object_get(mount, "options");

	if (!type || !*type || !*m->type || !strcmp(type, "bind") ||
	    !strncmp(type, "cgroup", 6) || has_option(options, "bind") ||
	    has_option(options, "rbind"))
		return true;
	return !strcmp(type, m->type);
}

/* Version 1 has a mount for each hierarchy, in a directory that says nothing. */
static const struct ct_mounted *hierarchy_below(const struct asking *a,
						const struct ct_mounted *directory)
{
	for (size_t i = 0; i < a->c->n_mount_table; i++) {
		const struct ct_mounted *m = &a->c->mount_table[i];

		if (!strcmp(directory->type, "tmpfs") && !strcmp(m->type, "cgroup") &&
		    call_below(m->target, directory->target))
			return m;
	}
	return directory;
}

/* "/" as it is bound and switched to; without a word in config.json it is the runtime's.
 */
void asked_propagation(struct asking *a)
{
	const char *asked = asked_text(asked_get(a, "linux"), "rootfsPropagation");
	const struct ct_mounted *m = mount_at(a, "/");
	struct ct_asked r = { .asked = asked, .event = -1, .match = CT_MATCH_NOT_SEEN };

	if (!asked || !*asked)
		return;
	if (m && *m->propagation) {
		r.done = m->propagation;
		r.event = m->event;
		r.match = option_holds(m, asked) ? CT_MATCH_SAME : CT_MATCH_DIFFERS;
	}
	asked_add(a, "propagation", "/", r);
}

/* Its files are shown with other owners: by maps of its own, or by those of the container
 * ("idmap" among the options). */
static bool is_idmapped(const json_t *mount)
{
	return json_array_size(json_object_get(mount, "uidMappings")) ||
	       json_array_size(json_object_get(mount, "gidMappings"));
}

static void compare_mount(struct asking *a, const json_t *mount)
{
	const char *target = asked_text(mount, "destination");
	const char *type = asked_text(mount, "type");
	const json_t *options = json_object_get(mount, "options");
	const struct ct_mounted *m = target ? mount_at(a, target) : NULL;
	struct ct_asked r = { .event = m ? m->event : -1, .match = CT_MATCH_NOT_SEEN };

	if (!target)
		return;
	if (m && type && !strncmp(type, "cgroup", 6))
		m = hierarchy_below(a, m);
	r.asked = ct_arena_printf(a->arena, "%s %s%s", type ? type : "",
				  asked_list(a, options),
				  is_idmapped(mount) ? ", with ids mapped" : "");
	if (m) {
		r.done = ct_arena_printf(
			a->arena, "%s %s%s%s", m->type, m->flags,
			strcmp(m->propagation, "private") != 0 ? "," : "",
			strcmp(m->propagation, "private") != 0 ? m->propagation : "");
		r.match = same_type(mount, m) ? CT_MATCH_SAME : CT_MATCH_DIFFERS;
		if (is_idmapped(mount) && !option_holds(m, "idmap"))
			r.match = CT_MATCH_DIFFERS;
	}
	for (size_t i = 0; m && i < json_array_size(options); i++) {
		const char *option = json_string_value(json_array_get(options, i));

		if (option && !option_holds(m, option))
			r.match = CT_MATCH_DIFFERS;
	}
	asked_add(a, "mount", target, r);
}

void asked_mounts(struct asking *a)
{
	const json_t *list = asked_get(a, "mounts");

	for (size_t i = 0; i < json_array_size(list); i++)
		compare_mount(a, json_array_get(list, i));
}

/* -------- parts of /proc and /sys -------- */

static bool ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), len = strlen(end);

	return n >= len && !strcmp(path + n - len, end);
}

/* A call of the builders that says that there is no such file; -1. */
static long missing_file(const struct asking *a, const char *path)
{
	for (size_t i = a->first; i < a->end; i++) {
		const struct ct_event *event = a->m->pub.facts[i].event;

		if (a->m->fact_sites[i] != a->site || event->kind != CT_EVENT_CALL ||
		    event->call.result != CT_RESULT_ERROR || event->call.error != ENOENT)
			continue;
		for (size_t j = 0; j < event->call.n_args; j++) {
			const struct ct_arg *arg = &event->call.args[j];

			if (arg->type == CT_VALUE_STR && arg->path &&
			    ends_with(arg->path, path))
				return (long)i;
		}
	}
	return -1;
}

/* An empty directory that nobody can write to hides another, wherever it is. */
static bool hides(const struct ct_mounted *m)
{
	return m->masked ||
	       (!strcmp(m->type, "tmpfs") && !strcmp(access_of(m), "read-only"));
}

static void compare_path(struct asking *a, const char *aspect, const char *path,
			 bool masked)
{
	const struct ct_mounted *m = mount_at(a, path);
	struct ct_asked r = { .asked = masked ? "masked" : "read-only", .event = -1 };
	bool done = m && (masked ? hides(m) : !strcmp(access_of(m), "read-only"));

	if (m) {
		r.event = m->event;
		r.done = done ? r.asked : access_of(m);
		r.match = done ? CT_MATCH_SAME : CT_MATCH_DIFFERS;
	} else {
		r.event = missing_file(a, path);
		r.done = r.event >= 0 ? "there is no such file" : "";
		r.match = r.event >= 0 ? CT_MATCH_SAME : CT_MATCH_NOT_SEEN;
	}
	asked_add(a, aspect, path, r);
}

static void compare_paths(struct asking *a, const char *aspect, const json_t *list,
			  bool masked)
{
	/* each may be looked for in the whole trace */
	enum { PATHS_MAX = 64 };
	size_t n = json_array_size(list) < PATHS_MAX ? json_array_size(list) : PATHS_MAX;

	for (size_t i = 0; i < n; i++) {
		const char *path = json_string_value(json_array_get(list, i));

		if (path)
			compare_path(a, aspect, path, masked);
	}
}

void asked_masked(struct asking *a)
{
	compare_paths(a, "masked path", asked_get(a, "linux.maskedPaths"), true);
}

void asked_read_only(struct asking *a)
{
	compare_paths(a, "read-only path", asked_get(a, "linux.readonlyPaths"), false);
}

static long device_made(const struct asking *a, const char *path)
{
	for (size_t i = a->first; i < a->end; i++) {
		const struct ct_event *event = a->m->pub.facts[i].event;

		if (a->m->fact_sites[i] == a->site && event->kind == CT_EVENT_CALL &&
		    !strncmp(event->call.name, "mknod", 5) && ct_call_ok(&event->call) &&
		    ends_with(ct_call_path(&event->call, "pathname"), path))
			return (long)i;
	}
	return -1;
}

void asked_devices(struct asking *a)
{
	const json_t *list = asked_get(a, "linux.devices");

	for (size_t i = 0; i < json_array_size(list) && i < 64; i++) {
		const json_t *device = json_array_get(list, i);
		const char *path = asked_text(device, "path");
		const struct ct_mounted *m = path ? mount_at(a, path) : NULL;
		struct ct_asked r = {
			.asked = ct_arena_printf(
				a->arena, "%s %lld:%lld",
				asked_text(device, "type") ? asked_text(device, "type")
							   : "?",
				(long long)asked_number(device, "major", 0),
				(long long)asked_number(device, "minor", 0))
		};

		if (!path)
			continue;
		r.event = m ? m->event : device_made(a, path);
		r.done = m ? "bind-mounted" : r.event >= 0 ? "made" : "";
		r.match = m || r.event >= 0 ? CT_MATCH_SAME : CT_MATCH_NOT_SEEN;
		asked_add(a, "device", path, r);
	}
}
