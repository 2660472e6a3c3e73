/* SPDX-License-Identifier: MIT */
/* The rows about namespaces, privileges and limits, and the table of all. */
#include "isolation.h"

#include "call.h"
#include "cttrace/errno.h"
#include "cttrace/strbuf.h"
#include "detail.h"
#include "limit.h"
#include "site.h"

#include <string.h>

static const struct ct_event *payload_event(const struct looking *l)
{
	const struct ct_container *c = l->c;
	const struct ct_process *p =
		c->payload >= 0 ? &l->m->pub.processes[c->payload] : NULL;

	if (!p || c->payload_exec < 0)
		return NULL;
	return l->m->pub.facts[p->execs[c->payload_exec].event].event;
}

/* user_namespaces(7): ids are 32 bits, and the last one is none; what has no place in the
 * map is shown as the overflow id, which almost nobody changes. */
#define ALL_IDS     UINT32_MAX
#define OVERFLOW_ID 65534

static const char *program_of(const struct ct_process *p)
{
	return p->n_execs ? state_basename(p->execs[0].path) : p->comm;
}

/* "; written by newuidmap" */
static void add_map_writers(const struct looking *l, struct ct_strbuf *sb)
{
	const struct ct_map_write *last = NULL;

	for (size_t i = 0; i < l->c->n_map_writes; i++)
		if (!strcmp(l->c->map_writes[i].file, "uid_map") &&
		    !l->c->map_writes[i].error)
			last = &l->c->map_writes[i];
	if (last)
		ct_strbuf_addf(sb, "; written by %s",
			       program_of(&l->m->pub.processes[last->process]));
}

/* "0-999 are 100000-100999", "1000 is 0" */
static void add_range(struct ct_strbuf *sb, const struct ct_id_map *map)
{
	unsigned long long last = map->length ? map->length - 1 : 0;

	ct_strbuf_adds(sb, sb->len ? ", " : "");
	if (map->length == 1)
		ct_strbuf_addf(sb, "%u is %u", map->inside, map->outside);
	else
		ct_strbuf_addf(sb, "%u-%llu are %u-%llu", map->inside, map->inside + last,
			       map->outside, map->outside + last);
}

/* Where whoever made its user namespace was; 0: nobody was seen. */
static uint64_t outer_user_namespace(const struct looking *l)
{
	int maker = l->c->ns[CT_NS_USER].maker;

	return maker < 0 ? 0 : l->m->pub.ns_changes[maker].from;
}

static void isolation_id_maps(const struct looking *l)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_id_map *map = l->c->uid_map;
	uint64_t rest = ALL_IDS, outer = outer_user_namespace(l);
	/* rootless podman's: the ids outside are not the host's */
	bool nested = outer && outer != l->m->host_ns[CT_NS_USER];

	l->out->state = "no map seen";
	l->out->open = l->c->ns[CT_NS_USER].how == CT_NS_SHARED;
	if (l->out->open)
		l->out->state = "none: ids are the host's";
	for (size_t i = 0; i < l->c->n_uid_map; i++) {
		rest -= map[i].length;
		if (!map[i].inside)
			l->out->state =
				ct_arena_printf(l->arena, "root inside is user %u%s",
						map[i].outside, nested ? " outside" : "");
		add_range(&sb, &map[i]);
	}
	if (nested && sb.len)
		ct_strbuf_adds(&sb, " of the user namespace that it was made in");
	if (l->c->n_uid_map && rest && rest < ALL_IDS)
		ct_strbuf_addf(&sb, "; all others look like %d", OVERFLOW_ID);
	add_map_writers(l, &sb);
	if (!strcmp(l->c->setgroups, "deny"))
		ct_strbuf_adds(&sb, "; setgroups denied");
	l->out->detail = ct_arena_strdup(l->arena, sb.data);
}

static void isolation_user(const struct looking *l)
{
	const struct ct_event *exec = payload_event(l);
	const struct ct_state *state = exec ? exec->state : NULL;

	if (!state || !(state->have & CT_STATE_STATUS)) {
		l->out->state = "not known";
		return;
	}
	l->out->state = state->uid.effective
				? ct_arena_printf(l->arena, "user %u of the host",
						  state->uid.effective)
				: "root of the host";
	l->out->open = !state->uid.effective;
	if (state->groups && *state->groups)
		l->out->detail = ct_arena_printf(l->arena,
						 "group %u, and in groups %s of the host",
						 state->gid.effective, state->groups);
}

/* Those with which one gets out, or brings the host down: capabilities(7). */
static bool is_dangerous(const char *name)
{
	static const char *const names[] = {
		"cap_sys_admin", "cap_sys_module",         "cap_sys_ptrace",
		"cap_sys_rawio", "cap_sys_boot",           "cap_sys_time",
		"cap_net_admin", "cap_dac_read_search",    "cap_bpf",
		"cap_perfmon",   "cap_mac_admin",          "cap_mac_override",
		"cap_syslog",    "cap_checkpoint_restore", "cap_block_suspend",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static unsigned int known_capabilities(void)
{
	unsigned int n = 0;

	while (ct_cap_name(n))
		n++;
	return n;
}

/* A capability is power over what belongs to its user namespace: user_namespaces(7). */
static bool has_own_users(const struct looking *l)
{
	uint64_t host = l->m->host_ns[CT_NS_USER], own = l->c->ns[CT_NS_USER].to;

	return host && own && own != host;
}

static void isolation_capabilities(const struct looking *l)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	unsigned int kept = 0, known = known_capabilities();
	bool own = has_own_users(l), marked;

	l->out->state = "not known";
	if (!l->c->has_caps)
		return;
	for (unsigned int bit = 0; bit < known; bit++) {
		const char *name = ct_cap_name(bit);

		if (!(l->c->caps.effective & (uint64_t)1 << bit))
			continue;
		marked = !own && is_dangerous(name);
		if (own && !kept)
			ct_strbuf_adds(&sb, "over its own user namespace only: ");
		ct_strbuf_addf(&sb, "%s%s%s", kept++ ? ", " : "", name,
			       marked ? " (!)" : "");
		l->out->open |= marked;
	}
	l->out->state =
		kept ? ct_arena_printf(l->arena, "%u of %u", kept, known) : "none";
	l->out->detail = ct_arena_strdup(l->arena, sb.data);
}

static void isolation_no_new_privs(const struct looking *l)
{
	static const char *const states[] = { "not known", "off", "on" };

	l->out->state = states[l->c->no_new_privs + 1];
	l->out->open = !l->c->no_new_privs;
}

/* ", 7 with certain arguments only" */
static const char *conditional_calls(const struct looking *l,
				     const struct ct_seccomp *seccomp)
{
	size_t n = seccomp->count[CT_VERDICT_CONDITIONAL];

	if (!n)
		return "";
	return ct_arena_printf(l->arena, ", %zu with certain arguments only", n);
}

static void isolation_seccomp(const struct looking *l)
{
	const struct ct_seccomp *seccomp = l->c->seccomp;

	l->out->open = l->c->seccomp_instructions < 0;
	l->out->state = l->out->open ? "no filter"
				     : ct_arena_printf(l->arena, "%d instructions",
						       l->c->seccomp_instructions);
	if (seccomp)
		l->out->detail = ct_arena_printf(
			l->arena, "%s; %zu of %zu are allowed%s",
			detail_seccomp(l->m, (int)(l->site - l->m->sites), NULL),
			seccomp->count[CT_VERDICT_ALLOW], seccomp->n_calls,
			conditional_calls(l, seccomp));
}

/* The last one that was asked for, if it was refused; NULL. */
static const struct ct_act *refused_label(const struct ct_container *c)
{
	for (size_t i = c->n_acts; i-- > 0;)
		if (!strcmp(c->acts[i].kind, "lsm-label"))
			return c->acts[i].error ? &c->acts[i] : NULL;
	return NULL;
}

static void isolation_lsm(const struct looking *l)
{
	const struct ct_act *refused = refused_label(l->c);

	l->out->state = *l->c->lsm ? l->c->lsm : "none set";
	l->out->open = !*l->c->lsm || strstr(l->c->lsm, "unconfined");
	if (refused)
		l->out->detail = ct_arena_printf(
			l->arena, "%s was written to attr/%s: %s", refused->value,
			refused->name, ct_errno_name(refused->error));
}

/* "exec docker-default" for AppArmor, a context for SELinux. */
void isolation_note_label(struct feed *f)
{
	const struct task *t = &f->m->tasks[f->task];

	if (t->inside && site_building(f->m, t->site))
		site_container(f->m, t->site)->lsm =
			call_line(f->m, &f->event->call, "buf");
}

bool isolation_is_unseen(const struct looking *l)
{
	if (!l->c->older || l->c->mount_table_whole)
		return false;
	l->out->state = "not known";
	l->out->detail = "the container was there before the trace";
	return true;
}

static void isolation_limit(const struct looking *l)
{
	enum { FILES = 3 };
	static const char *const files[][FILES] = {
		{ "memory.max", "memory.limit_in_bytes" },
		{ "cpu.max", "cpu.cfs_quota_us" },
		{ "pids.max" },
	};

	if (!isolation_is_unseen(l)) {
		l->out->state = "none";
		l->out->open = true;
	}
	for (int i = 0; i < FILES && files[l->argument][i]; i++) {
		const struct ct_limit *limit = limit_last(l->c, files[l->argument][i]);

		if (!limit || limit_is_none(limit->value))
			continue;
		l->out->state = limit->meaning;
		if (!*limit->meaning)
			l->out->state = limit->value;
		l->out->detail =
			ct_arena_printf(l->arena, "%s = %s", limit->file, limit->value);
		l->out->open = false;
	}
}

static const struct aspect {
	const char *name;
	isolation_fn *look;
	int argument;
	const char *why;
} aspects[] = {
#define ASPECT(name, function, argument, why) \
	{ name, isolation_##function, argument, why },
#include "isolation.def"
#undef ASPECT
};

void isolation_settle(struct model *m)
{
	const size_t n = sizeof(aspects) / sizeof(aspects[0]);

	for (size_t i = 0; i < m->n_sites; i++) {
		struct ct_container *c = site_container(m, (int)i);

		if (m->sites[i].container < 0)
			continue;
		c->n_isolation = n;
		c->isolation = ct_arena_array(&m->results, struct ct_isolation, n);
		for (size_t row = 0; row < n; row++) {
			struct looking l = {
				m,           &m->sites[i],          c,
				&m->results, aspects[row].argument, &c->isolation[row]
			};

			*l.out = (struct ct_isolation){ .aspect = aspects[row].name,
							.why = aspects[row].why,
							.state = "",
							.detail = "" };
			aspects[row].look(&l);
		}
	}
}
