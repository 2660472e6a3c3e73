/* SPDX-License-Identifier: MIT */
/* Asked and done: what runs, as whom, and what it may do. */
#include "asked.h"

#include "cttrace/strbuf.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct ct_event *payload_exec(const struct asking *a)
{
	long event = asked_payload_event(a);

	return event < 0 ? NULL : a->m->pub.facts[event].event;
}

void asked_args(struct asking *a)
{
	CT_CLEANUP_STRBUF struct ct_strbuf asked = CT_STRBUF_INIT, done = CT_STRBUF_INIT;
	const json_t *args = asked_get(a, "process.args");
	const struct ct_event *exec = payload_exec(a);
	struct ct_asked r = { .event = asked_payload_event(a) };

	for (size_t i = 0; i < json_array_size(args); i++) {
		const char *word = json_string_value(json_array_get(args, i));

		ct_strbuf_addf(&asked, "%s%s", i ? " " : "", word ? word : "");
	}
	for (size_t i = 0; exec && i < exec->exec.argc; i++)
		ct_strbuf_addf(&done, "%s%s", i ? " " : "", exec->exec.argv[i]);
	r.asked = asked.data;
	r.done = exec ? done.data : "it never ran";
	r.match = !exec                           ? CT_MATCH_NOT_SEEN
		  : exec->exec.argv_truncated     ? CT_MATCH_NOT_SEEN
		  : strcmp(asked.data, done.data) ? CT_MATCH_DIFFERS
						  : CT_MATCH_SAME;
	if (asked.len)
		asked_add(a, "program", "", r);
}

/* -------- ids -------- */

/* An id inside the container as the tracer sees it; -1: it has none outside. */
static int64_t outside_id(const struct ct_id_map *map, size_t n, int64_t inside)
{
	if (!n)
		return inside;
	for (size_t i = 0; i < n; i++)
		if (inside >= map[i].inside && inside - map[i].inside < map[i].length)
			return map[i].outside + (inside - map[i].inside);
	return -1;
}

void asked_user(struct asking *a)
{
	const json_t *user = asked_get(a, "process.user");
	const struct ct_event *exec = payload_exec(a);
	const struct ct_state *state = exec ? exec->state : NULL;
	const struct ct_container *c = a->c;
	struct ct_asked r = { .match = CT_MATCH_NOT_SEEN };
	int64_t uid = asked_number(user, "uid", 0), gid = asked_number(user, "gid", 0);

	if (!user)
		return;
	r.event = asked_payload_event(a);
	r.asked = ct_arena_printf(a->arena, "%lld:%lld", (long long)uid, (long long)gid);
	uid = outside_id(c->uid_map, c->n_uid_map, uid);
	gid = outside_id(c->gid_map, c->n_gid_map, gid);
	/* ids of a user namespace that was there before cannot be told */
	if (state && (state->have & CT_STATE_STATUS) &&
	    (c->n_uid_map || c->ns[CT_NS_USER].how == CT_NS_SHARED)) {
		bool same = state->uid.real == uid && state->gid.real == gid;

		r.done = ct_arena_printf(a->arena, "%u:%u%s", state->uid.real,
					 state->gid.real,
					 c->n_uid_map ? " of the host" : "");
		r.match = same ? CT_MATCH_SAME : CT_MATCH_DIFFERS;
	}
	asked_add(a, "user", "", r);
}

/* Every group that was asked for is among "20 44", and no other: their order is the
 * kernel's. */
static bool same_groups(const struct asking *a, const json_t *groups, const char *done)
{
	CT_CLEANUP_STRBUF struct ct_strbuf list = CT_STRBUF_INIT;
	size_t n = 0;

	ct_strbuf_addf(&list, " %s ", done);
	for (const char *at = done; *at; at++)
		n += *at != ' ' && (at == done || at[-1] == ' ');
	for (size_t i = 0; i < json_array_size(groups); i++) {
		int64_t gid = json_integer_value(json_array_get(groups, i));
		char word[32];

		snprintf(word, sizeof(word), " %lld ",
			 (long long)outside_id(a->c->gid_map, a->c->n_gid_map, gid));
		if (!strstr(list.data, word))
			return false;
	}
	return n == json_array_size(groups);
}

void asked_groups(struct asking *a)
{
	const json_t *groups = asked_get(a, "process.user.additionalGids");
	CT_CLEANUP_STRBUF struct ct_strbuf asked = CT_STRBUF_INIT;
	const struct ct_event *exec = payload_exec(a);
	const struct ct_state *state = exec ? exec->state : NULL;
	struct ct_asked r = { .match = CT_MATCH_NOT_SEEN };

	if (!json_array_size(groups))
		return;
	for (size_t i = 0; i < json_array_size(groups); i++)
		ct_strbuf_addf(&asked, "%s%lld", i ? " " : "",
			       (long long)json_integer_value(json_array_get(groups, i)));
	r.event = asked_payload_event(a);
	r.asked = asked.data;
	/* a trace of an older tracer does not have them */
	if (state && state->groups && *state->groups) {
		r.done = state->groups;
		r.match = same_groups(a, groups, state->groups) ? CT_MATCH_SAME
								: CT_MATCH_DIFFERS;
	}
	asked_add(a, "groups", "", r);
}

/* -------- capabilities -------- */

static uint64_t capability_bit(const char *name)
{
	for (unsigned int bit = 0; ct_cap_name(bit); bit++)
		if (!strcasecmp(ct_cap_name(bit), name))
			return (uint64_t)1 << bit;
	return 0;
}

static uint64_t capability_set(const json_t *sets, const char *name)
{
	const json_t *list = json_object_get(sets, name);
	uint64_t set = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));

		set |= text ? capability_bit(text) : 0;
	}
	return set;
}

static void add_names(struct ct_strbuf *sb, const char *before, uint64_t set)
{
	for (unsigned int bit = 0; ct_cap_name(bit); bit++)
		if (set & (uint64_t)1 << bit)
			ct_strbuf_addf(sb, "%s%s%s", sb->len ? " " : "", before,
				       ct_cap_name(bit));
}

static void compare_set(struct asking *a, const char *name, uint64_t asked,
			uint64_t after, uint64_t done)
{
	CT_CLEANUP_STRBUF struct ct_strbuf change = CT_STRBUF_INIT;
	struct ct_asked r = { .event = asked_payload_event(a) };

	add_names(&change, "+", done & ~after);
	add_names(&change, "-", after & ~done);
	r.asked = ct_arena_printf(a->arena, "%d", __builtin_popcountll(asked));
	if (after != asked)
		r.asked = ct_arena_printf(a->arena,
					  "%s (%d after exec, by capabilities(7))",
					  r.asked, __builtin_popcountll(after));
	r.done = ct_arena_printf(a->arena, "%d%s%s", __builtin_popcountll(done),
				 change.len ? ": " : "", change.len ? change.data : "");
	r.match = done == after ? CT_MATCH_SAME : CT_MATCH_DIFFERS;
	if (!a->c->has_caps) {
		r.done = "";
		r.match = CT_MATCH_NOT_SEEN;
	}
	asked_add(a, "capabilities", name, r);
}

/*
 * The sets are seen after the payload's exec, which changes them: capabilities(7),
 * "Transformation of capabilities during execve()". A program's own are taken to be none.
 */
void asked_capabilities(struct asking *a)
{
	const json_t *sets = asked_get(a, "process.capabilities");
	bool root = !asked_number(asked_get(a, "process.user"), "uid", 0);
	uint64_t bounding = capability_set(sets, "bounding");
	uint64_t inheritable = capability_set(sets, "inheritable");
	uint64_t permitted = capability_set(sets, "permitted");
	uint64_t effective = capability_set(sets, "effective");
	uint64_t ambient = capability_set(sets, "ambient");
	uint64_t kept = ambient & permitted & inheritable, after = kept;

	if (!json_is_object(sets))
		return;
	if (root)
		after = inheritable | bounding;
	if (root && a->c->no_new_privs == 1)
		after &= permitted;
	compare_set(a, "bounding", bounding, bounding, a->c->caps.bounding);
	compare_set(a, "inheritable", inheritable, inheritable, a->c->caps.inheritable);
	compare_set(a, "permitted", permitted, after, a->c->caps.permitted);
	compare_set(a, "effective", effective, after, a->c->caps.effective);
	compare_set(a, "ambient", ambient, kept, a->c->caps.ambient);
}

void asked_no_new_privs(struct asking *a)
{
	static const char *const words[] = { "", "off", "on" };
	const json_t *value = asked_get(a, "process.noNewPrivileges");
	bool asked = json_is_true(value);
	struct ct_asked r = { .done = words[a->c->no_new_privs + 1],
			      .event = asked_payload_event(a) };

	r.asked = !json_is_boolean(value) ? "" : words[asked + 1];
	r.match = a->c->no_new_privs < 0        ? CT_MATCH_NOT_SEEN
		  : a->c->no_new_privs != asked ? CT_MATCH_DIFFERS
		  : json_is_boolean(value)      ? CT_MATCH_SAME
						: CT_MATCH_NOT_ASKED;
	asked_add(a, "no_new_privs", "", r);
}

/* -------- limits -------- */

static const char *limit_words(struct asking *a, uint64_t soft, uint64_t hard)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	uint64_t limits[] = { soft, hard };

	for (int i = 0; i < 2; i++) {
		ct_strbuf_adds(&sb, i ? ":" : "");
		if (limits[i] == UINT64_MAX)
			ct_strbuf_adds(&sb, "unlimited");
		else
			ct_strbuf_addf(&sb, "%llu", (unsigned long long)limits[i]);
	}
	return ct_arena_strdup(a->arena, sb.data);
}

/* jansson's integers are signed: more than they hold is no limit. */
static uint64_t limit_number(const json_t *limit, const char *key)
{
	const json_t *value = json_object_get(limit, key);

	if (json_is_integer(value))
		return (uint64_t)json_integer_value(value);
	return json_is_real(value) ? UINT64_MAX : 0;
}

static void compare_rlimit(struct asking *a, const json_t *limit)
{
	const char *name = asked_text(limit, "type");
	uint64_t soft = limit_number(limit, "soft"), hard = limit_number(limit, "hard");
	const struct ct_rlimit *last = NULL;
	struct ct_asked r = { .done = "never set", .event = -1 };

	if (!name)
		return;
	for (size_t i = a->c->n_rlimits; i-- > 0 && !last;)
		if (!strcmp(a->c->rlimits[i].name, name))
			last = &a->c->rlimits[i];
	r.asked = limit_words(a, soft, hard);
	r.match = asked_absent(a);
	if (last) {
		r.event = (long)last->event;
		r.done = limit_words(a, last->soft, last->hard);
		r.match = last->failed || last->soft != soft || last->hard != hard
				  ? CT_MATCH_DIFFERS
				  : CT_MATCH_SAME;
	}
	r.refused = last && last->failed;
	if (r.refused)
		r.done = ct_arena_printf(a->arena, "%s refused", r.done);
	asked_add(a, "rlimit", name, r);
}

void asked_rlimits(struct asking *a)
{
	const json_t *list = asked_get(a, "process.rlimits");

	for (size_t i = 0; i < json_array_size(list); i++)
		compare_rlimit(a, json_array_get(list, i));
}

void asked_oom_score_adj(struct asking *a)
{
	const json_t *value = asked_get(a, "process.oomScoreAdj");

	if (json_is_integer(value))
		asked_compare_file(a, "oom_score_adj", "", "/oom_score_adj",
				   ct_arena_printf(a->arena, "%lld",
						   (long long)json_integer_value(value)));
}

void asked_sysctl(struct asking *a)
{
	json_t *map = asked_get(a, "linux.sysctl"), *value;
	const char *key;
	size_t n = 0;

	json_object_foreach (map, key, value) {
		char *file = ct_arena_printf(a->arena, "/proc/sys/%s", key);

		if (!json_is_string(value) || n++ == 256)
			continue;
		for (char *at = file + strlen("/proc/sys/"); *at; at++)
			if (*at == '.')
				*at = '/';
		asked_compare_file(a, "sysctl", key, file, json_string_value(value));
	}
}
