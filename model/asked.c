/* SPDX-License-Identifier: MIT */
/* The table of what can be asked for, and what its rows have in common. */
#include "asked.h"

#include "alloc.h"

#include "call.h"
#include "cttrace/errno.h"
#include "cttrace/strbuf.h"
#include "site.h"

#include <string.h>

/* A configuration that an attacker has chosen must not fill the memory. */
enum { ASKED_MAX = 1024, WRITTEN_MAX = 4096 };

const char *ct_match_name(enum ct_match match)
{
	static const char *const names[] = {
		[CT_MATCH_SAME] = "same",
		[CT_MATCH_DIFFERS] = "differs",
		[CT_MATCH_NOT_SEEN] = "not seen",
		[CT_MATCH_NOT_ASKED] = "not asked",
	};

	return (unsigned int)match < sizeof(names) / sizeof(names[0]) ? names[match]
								      : "unknown";
}

static asked_fn *const aspects[] = {
	asked_args,      asked_environment, asked_directory,     asked_user,
	asked_groups,    asked_namespaces,  asked_id_maps,       asked_propagation,
	asked_hostname,  asked_rootfs,      asked_mounts,        asked_masked,
	asked_read_only, asked_devices,     asked_capabilities,  asked_no_new_privs,
	asked_seccomp,   asked_rlimits,     asked_oom_score_adj, asked_sysctl,
	asked_cgroup,    asked_resources,   asked_hooks,
};

/* -------- for the rows -------- */

static const char *copy(struct asking *a, const char *text)
{
	return text && *text ? ct_arena_strdup(a->arena, text) : "";
}

void asked_add(struct asking *a, const char *aspect, const char *name,
	       struct ct_asked result)
{
	if (a->c->n_asked == ASKED_MAX)
		return;
	/* before the payload runs nothing is final but what was refused */
	if (result.match == CT_MATCH_DIFFERS && a->c->payload_ns < 0 && !result.refused)
		result.match = CT_MATCH_NOT_SEEN;
	result.aspect = aspect;
	result.name = copy(a, name);
	result.asked = copy(a, result.asked);
	result.done = copy(a, result.done);
	result.said = copy(a, result.said);
	a->c->asked =
		state_grow(a->arena, a->c->asked, a->c->n_asked, sizeof(*a->c->asked));
	a->c->asked[a->c->n_asked++] = result;
}

json_t *asked_get(const struct asking *a, const char *path)
{
	const json_t *at = a->config;
	char key[32];

	while (at && *path) {
		size_t len = strcspn(path, ".");

		if (len >= sizeof(key))
			return NULL;
		memcpy(key, path, len);
		key[len] = '\0';
		at = json_object_get(at, key);
		path += len + (path[len] == '.');
	}
	return (json_t *)(uintptr_t)at;
}

const char *asked_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

int64_t asked_number(const json_t *object, const char *key, int64_t fallback)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

const char *asked_list(struct asking *a, const json_t *array)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *text = json_string_value(json_array_get(array, i));

		if (text)
			ct_strbuf_addf(&sb, "%s%s", sb.len ? "," : "", text);
	}
	return sb.len ? ct_arena_strdup(a->arena, sb.data) : "";
}

enum ct_match asked_absent(const struct asking *a)
{
	return a->c->payload_ns >= 0 ? CT_MATCH_DIFFERS : CT_MATCH_NOT_SEEN;
}

long asked_payload_event(const struct asking *a)
{
	return a->c->payload >= 0 ? (long)a->m->sites[a->site].payload_event : -1;
}

static bool ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), len = strlen(end);

	return n >= len && !strcmp(path + n - len, end);
}

const struct written *asked_written(const struct asking *a, const char *name)
{
	const struct written *opened = NULL;

	for (size_t i = a->n_written; i-- > 0;) {
		if (!ends_with(a->written[i].path, name))
			continue;
		if (a->written[i].value)
			return &a->written[i];
		opened = &a->written[i];
	}
	return opened;
}

void asked_compare_file(struct asking *a, const char *aspect, const char *name,
			const char *file, const char *asked)
{
	const struct written *w = asked_written(a, file);
	struct ct_asked result = { .asked = asked, .event = -1 };

	if (!w) {
		result.done = "never written";
		result.match = asked_absent(a);
	} else {
		result.event = (long)w->event;
		result.done = w->value;
		result.match = CT_MATCH_NOT_SEEN;
		if (w->value)
			result.match = strcmp(w->value, asked) ? CT_MATCH_DIFFERS
							       : CT_MATCH_SAME;
	}
	if (w && w->error) {
		const char *error = strerrorname_np(w->error);

		result.done =
			ct_arena_printf(a->arena, "%s refused: %s",
					w->value ? w->value : "", error ? error : "?");
		result.match = CT_MATCH_DIFFERS;
		result.refused = true;
	}
	asked_add(a, aspect, name, result);
}

/* -------- what was written -------- */

static bool is_kernel_file(const char *path)
{
	return call_below(path, "/proc") || strstr(path, "/cgroup/");
}

static void note_written(struct asking *a, size_t index)
{
	const struct ct_event_call *call = &a->m->pub.facts[index].event->call;
	bool writes = !strncmp(call->name, "write", 5);
	bool opens = !strncmp(call->name, "open", 4);
	const char *path = ct_call_path(call, writes ? "fd" : "pathname");

	if ((!writes && !opens) || !is_kernel_file(path) || a->n_written == WRITTEN_MAX)
		return;
	a->written = state_grow(a->arena, a->written, a->n_written, sizeof(*a->written));
	a->written[a->n_written++] = (struct written){
		.path = path,
		.value = writes ? call_line(a->m, call, "buf") : NULL,
		.error = call->result == CT_RESULT_ERROR ? call->error : 0,
		.event = index,
	};
}

static void collect(struct asking *a)
{
	for (size_t i = a->first; i < a->end; i++) {
		const struct ct_fact *fact = &a->m->pub.facts[i];

		if (fact->event->kind == CT_EVENT_CALL &&
		    a->m->fact_sites[i] == a->site &&
		    (a->c->payload_ns < 0 || fact->event->t_ns <= a->c->payload_ns))
			note_written(a, i);
	}
}

/* -------- each container -------- */

/* The runtime's first exec that has one: later ones are copies of itself. */
static const struct ct_bundle *find_config(struct asking *a)
{
	const struct ct_process *p;

	if (a->c->runtime_process < 0)
		return NULL;
	p = &a->m->pub.processes[a->c->runtime_process];
	for (size_t i = 0; i < p->n_execs; i++) {
		const struct ct_event *event = a->m->pub.facts[p->execs[i].event].event;

		if (!event->bundle)
			continue;
		a->c->config_event = (long)p->execs[i].event;
		return event->bundle;
	}
	return NULL;
}

static const char *problem_of(struct asking *a, const struct ct_bundle *bundle,
			      const json_error_t *error)
{
	if (bundle->error)
		return ct_arena_printf(a->arena, "%s cannot be read: %s", bundle->path,
				       strerrordesc_np(bundle->error)
					       ? strerrordesc_np(bundle->error)
					       : "?");
	if (bundle->cut)
		return ct_arena_printf(a->arena, "%s is too long", bundle->path);
	if (*error->text)
		return ct_arena_printf(a->arena, "%s is no JSON: line %d: %s",
				       bundle->path, error->line, error->text);
	return ct_arena_printf(a->arena, "%s is no JSON object", bundle->path);
}

static void compare(struct asking *a, const struct ct_bundle *bundle)
{
	json_error_t error = { .text = "" };
	json_t *config = NULL;

	if (bundle->config && !bundle->cut)
		config = json_loadb(bundle->config, bundle->n_config, 0, &error);
	a->config = config;
	if (json_is_object(config)) {
		collect(a);
		for (size_t i = 0; i < sizeof(aspects) / sizeof(aspects[0]); i++)
			aspects[i](a);
	} else {
		a->c->config_problem = problem_of(a, bundle, &error);
	}
	json_decref(config);
}

struct range {
	size_t first, end;
};

/* Of many containers in one trace, each looks at its own facts only. */
static struct range *find_ranges(const struct model *m)
{
	struct range *ranges = ct_alloc((m->n_sites + 1) * sizeof(*ranges));

	for (size_t i = 0; i < m->pub.n_facts; i++) {
		int site = m->fact_sites[i];

		if (site < 0 || (size_t)site >= m->n_sites)
			continue;
		if (!ranges[site].end)
			ranges[site].first = i;
		ranges[site].end = i + 1;
	}
	return ranges;
}

void asked_compute(struct model *m)
{
	CT_CLEANUP_FREE struct range *ranges = find_ranges(m);
	struct asked_rules rules = { .rules = NULL };

	for (size_t i = 0; i < m->n_sites; i++) {
		struct asking a = { .m = m,
				    .arena = &m->results,
				    .site = (int)i,
				    .first = ranges[i].first,
				    .end = ranges[i].end,
				    .rules = &rules };
		const struct ct_bundle *bundle;

		if (m->sites[i].container < 0)
			continue;
		a.c = site_container(m, (int)i);
		a.c->asked = NULL;
		a.c->n_asked = 0;
		a.c->config_problem = "";
		bundle = find_config(&a);
		if (bundle)
			compare(&a, bundle);
	}
	json_decref(rules.rules);
}
