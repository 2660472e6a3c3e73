/* SPDX-License-Identifier: MIT */
/* Says in a few words what a phase came to. */
#include "detail.h"

#include "call.h"
#include "cttrace/signal.h"
#include "cttrace/strbuf.h"
#include "network.h"

#include <string.h>

static const char *keep(struct model *m, const struct ct_strbuf *sb)
{
	return ct_arena_strndup(&m->results, sb->data, sb->len);
}

const char *detail_none(struct model *m, int site, const struct ct_phase *phase)
{
	(void)m, (void)site, (void)phase;
	return "";
}

/* How many programs were started to set up the network: iptables, mostly. */
const char *detail_network(struct model *m, int site, const struct ct_phase *phase)
{
	const char *summary =
		network_summary(m, &site_container(m, site)->ns[CT_NS_NET], "on");

	if (*summary)
		return summary;
	if (phase->n_processes < 2)
		return "";
	return ct_arena_printf(&m->results, "%zu processes", phase->n_processes);
}

static void add_types(struct ct_strbuf *sb, const struct ct_container *c, bool joined)
{
	static const enum ct_ns order[CT_NS_TYPES] = {
		CT_NS_USER, CT_NS_MNT, CT_NS_UTS,    CT_NS_IPC,
		CT_NS_PID,  CT_NS_NET, CT_NS_CGROUP, CT_NS_TIME,
	};
	bool any = false;

	for (int i = 0; i < CT_NS_TYPES; i++) {
		enum ct_ns_how how = c->ns[order[i]].how;

		if (how == CT_NS_SHARED || (how == CT_NS_SETNS) != joined)
			continue;
		if (!any)
			ct_strbuf_addf(sb, "%s%s", sb->len ? "; " : "",
				       joined ? "joined" : "+");
		ct_strbuf_addf(sb, " %s", ct_ns_name(order[i]));
		any = true;
	}
}

const char *detail_namespaces(struct model *m, int site, const struct ct_phase *phase)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_container *c = site_container(m, site);

	(void)phase;
	add_types(&sb, c, false);
	add_types(&sb, c, true);
	return keep(m, &sb);
}

/* The limits that people set, in the order of what matters. */
const char *detail_cgroup(struct model *m, int site, const struct ct_phase *phase)
{
	static const char *const telling[] = {
		"memory.max", "memory.limit_in_bytes", "cpu.max", "cpu.cfs_quota_us",
		"pids.max",
	};
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_container *c = site_container(m, site);

	(void)phase;
	for (size_t t = 0; t < sizeof(telling) / sizeof(telling[0]); t++)
		for (size_t i = 0; i < c->n_limits; i++)
			if (!strcmp(c->limits[i].file, telling[t]) &&
			    !c->limits[i].failed &&
			    strcmp(c->limits[i].value, "-1") != 0) {
				ct_strbuf_addf(&sb, "%s%s %s", sb.len ? ", " : "",
					       telling[t], c->limits[i].value);
				break;
			}
	return keep(m, &sb);
}

/* A file that is covered, so that the container cannot read it. */
static bool is_mask(const struct ct_mount *mount)
{
	if (!strcmp(mount->source, "/dev/null") && !call_below(mount->target, "/dev"))
		return true;
	if (!call_below(mount->target, "/proc") && !call_below(mount->target, "/sys"))
		return false;
	return !strcmp(mount->type, "tmpfs") &&
	       (!strncmp(mount->flags, "ro", 2) || !strncmp(mount->data, "size=0", 6));
}

static size_t count_layers(const char *options)
{
	const char *lower = strstr(options, "lowerdir=");
	size_t n = 1;

	if (!lower)
		return 0;
	for (; *lower && *lower != ','; lower++)
		n += *lower == ':';
	return n;
}

static void add_overlay(struct ct_strbuf *sb, struct model *m, const char *rootfs)
{
	int index = map_get(&m->overlays, map_hash(rootfs));
	const struct ct_event_call *call;
	size_t layers;

	if (index < 0)
		return;
	call = &m->pub.facts[index].event->call;
	if (strcmp(ct_call_path(call, "target"), rootfs) != 0)
		return;
	layers = count_layers(call_text(m, call, "data"));
	ct_strbuf_adds(sb, "overlay, ");
	if (layers)
		ct_strbuf_addf(sb, "%zu layer%s; ", layers, layers == 1 ? "" : "s");
}

const char *detail_rootfs(struct model *m, int site, const struct ct_phase *phase)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_container *c = site_container(m, site);
	size_t mounts = 0, masked = 0;

	(void)phase;
	for (size_t i = 0; i < c->n_mounts; i++) {
		const struct ct_mount *mount = &c->mounts[i];

		if (mount->outside || strstr(mount->flags, "remount") ||
		    *mount->propagation)
			continue;
		if (is_mask(mount))
			masked++;
		else
			mounts++;
	}
	add_overlay(&sb, m, c->rootfs);
	ct_strbuf_addf(&sb, "%zu mount%s", mounts, mounts == 1 ? "" : "s");
	if (masked)
		ct_strbuf_addf(&sb, "; %zu masked", masked);
	return keep(m, &sb);
}

/* The network namespace came from somebody else, who may not be in the trace. */
const char *detail_made_before(struct model *m, int site, const struct ct_phase *phase)
{
	const struct ct_container_ns *net = &site_container(m, site)->ns[CT_NS_NET];

	(void)phase;
	/* of a container that is older than the trace nobody knows who made it */
	if (net->how != CT_NS_SETNS || site_container(m, site)->older)
		return "";
	if (net->by < 0 || m->pub.processes[net->by].inside)
		return "joined";
	return ct_arena_printf(&m->results, "made by %s before",
			       m->pub.processes[net->by].comm);
}

const char *detail_pivot(struct model *m, int site, const struct ct_phase *phase)
{
	const char *how = site_container(m, site)->pivot;

	(void)m, (void)phase;
	return strcmp(how, "pivot_root") != 0 ? how : "";
}

const char *detail_capabilities(struct model *m, int site, const struct ct_phase *phase)
{
	const struct ct_container *c = site_container(m, site);

	(void)phase;
	if (!c->has_caps)
		return "";
	return ct_arena_printf(&m->results, "%d → %d%s",
			       __builtin_popcountll(c->caps_before.effective),
			       __builtin_popcountll(c->caps.effective),
			       c->no_new_privs == 1 ? ", no_new_privs" : "");
}

static bool denied_before(const struct ct_seccomp *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s->calls[i].verdict == CT_VERDICT_ERRNO &&
		    s->calls[i].error == s->calls[n].error)
			return true;
	return false;
}

/* "denies 122 calls" */
static void add_calls(struct ct_strbuf *sb, const char *verb, size_t n)
{
	if (n)
		ct_strbuf_addf(sb, "%s%s %zu call%s", sb->len ? ", " : "", verb, n,
			       n == 1 ? "" : "s");
}

/* " (EPERM, ENOSYS)" */
static void add_errnos(struct ct_strbuf *sb, const struct ct_seccomp *s)
{
	const char *separator = " (";

	for (size_t i = 0; i < s->n_calls; i++)
		if (s->calls[i].verdict == CT_VERDICT_ERRNO && !denied_before(s, i)) {
			ct_strbuf_addf(sb, "%s%s", separator, s->calls[i].answer);
			separator = ", ";
		}
	ct_strbuf_addc(sb, ')');
}

const char *detail_seccomp(struct model *m, int site, const struct ct_phase *phase)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_container *c = site_container(m, site);
	const struct ct_seccomp *s = c->seccomp;

	(void)phase;
	if (!s)
		return c->seccomp_instructions < 0
			       ? ""
			       : ct_arena_printf(&m->results, "%d instructions",
						 c->seccomp_instructions);
	add_calls(&sb, "denies", s->count[CT_VERDICT_ERRNO]);
	if (sb.len)
		add_errnos(&sb, s);
	add_calls(&sb, "kills on",
		  s->count[CT_VERDICT_KILL_PROCESS] + s->count[CT_VERDICT_KILL_THREAD]);
	add_calls(&sb, "asks about", s->count[CT_VERDICT_NOTIFY]);
	return sb.len ? keep(m, &sb) : "denies nothing";
}

static const struct ct_exec *payload_of(const struct model *m,
					const struct ct_container *c)
{
	return c->payload < 0 ? NULL
			      : &m->pub.processes[c->payload].execs[c->payload_exec];
}

const char *detail_exec(struct model *m, int site, const struct ct_phase *phase)
{
	const struct ct_exec *exec = payload_of(m, site_container(m, site));

	(void)phase;
	return exec ? exec->path : "";
}

const char *detail_run(struct model *m, int site, const struct ct_phase *phase)
{
	const struct ct_container *c = site_container(m, site);

	(void)phase;
	if (m->pub.processes[c->payload].exited_ns < 0)
		return "still running";
	if (!c->exit.signal)
		return ct_arena_printf(&m->results, "exit %d", c->exit.status);
	return ct_arena_printf(&m->results, "killed by %s",
			       ct_signal_name(c->exit.signal));
}
