/* SPDX-License-Identifier: MIT */
/* Asked and done: what the program is started with, and where. */
#include "asked.h"

#include "cttrace/strbuf.h"

#include <string.h>

static const struct ct_event_exec *payload_exec(const struct asking *a)
{
	long event = asked_payload_event(a);

	return event < 0 ? NULL : &a->m->pub.facts[event].event->exec;
}

/* An attacker's configuration, and an attacker's environment, are compared pair by pair.
 */
enum { VARIABLES_MAX = 512 };

/* The last of them that sets the same variable as `text` does; NULL. */
static const char *find_variable(const char *const *list, size_t n, const char *text)
{
	size_t len = strcspn(text, "=");

	while (n-- > 0)
		if (!strncmp(list[n], text, len) &&
		    (!list[n][len] || list[n][len] == '='))
			return list[n];
	return NULL;
}

static void add_name(struct ct_strbuf *out, const char *variable, const char *words)
{
	ct_strbuf_addf(out, "%s%.*s%s", out->len ? ", " : "", (int)strcspn(variable, "="),
		       variable, words);
}

/* Names only: values are often secrets. Returns how many are not as asked. */
static size_t compare_variables(const struct ct_event_exec *exec, const char **asked,
				size_t n, struct ct_strbuf *out)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		const char *done = find_variable(exec->env, exec->n_env, asked[i]);

		/* of two with one name, who reads them first decides */
		if (find_variable(asked, n, asked[i]) != asked[i] ||
		    (done && !strcmp(done, asked[i])))
			continue;
		wrong++;
		add_name(out, asked[i], done ? " has another value" : " is missing");
	}
	for (size_t i = 0; i < exec->n_env; i++)
		if (!find_variable(asked, n, exec->env[i]))
			add_name(out, exec->env[i], " added");
	return wrong;
}

static void compare_environment(struct asking *a, const char **asked, size_t n)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	const struct ct_event_exec *exec = payload_exec(a);
	struct ct_asked r = { .event = asked_payload_event(a),
			      .match = CT_MATCH_NOT_SEEN };

	r.asked = ct_arena_printf(a->arena, "%zu variable%s", n, n == 1 ? "" : "s");
	if (exec && exec->n_env && !exec->env_truncated && exec->n_env <= VARIABLES_MAX) {
		size_t wrong = compare_variables(exec, asked, n, &out);

		r.match = wrong ? CT_MATCH_DIFFERS : CT_MATCH_SAME;
		r.done = ct_arena_printf(a->arena, "%s%s%s", wrong ? "" : r.asked,
					 wrong || !out.len ? "" : "; ",
					 out.len ? out.data : "");
	}
	asked_add(a, "environment", "", r);
}

void asked_environment(struct asking *a)
{
	const json_t *env = asked_get(a, "process.env");
	const char **asked;
	size_t n = 0;

	if (!json_array_size(env) || json_array_size(env) > VARIABLES_MAX)
		return;
	asked = ct_arena_array(a->arena, const char *, json_array_size(env));
	for (size_t i = 0; i < json_array_size(env); i++) {
		const char *text = json_string_value(json_array_get(env, i));

		if (text)
			asked[n++] = text;
	}
	compare_environment(a, asked, n);
}

/* Has somebody who built the container gone there by that name? It may be a symbolic
 * link. */
static bool went_there(const struct asking *a, const char *directory)
{
	for (size_t i = a->first; i < a->end; i++) {
		const struct ct_event *event = a->m->pub.facts[i].event;

		if (a->m->fact_sites[i] == a->site && event->kind == CT_EVENT_CALL &&
		    !strcmp(event->call.name, "chdir") && ct_call_ok(&event->call) &&
		    event->t_ns <= a->c->payload_ns &&
		    !strcmp(ct_call_path(&event->call, "path"), directory))
			return true;
	}
	return false;
}

static bool same_directory(const char *a, const char *b)
{
	size_t len = strlen(a), other = strlen(b);

	while (len > 1 && a[len - 1] == '/')
		len--;
	while (other > 1 && b[other - 1] == '/')
		other--;
	return len == other && !strncmp(a, b, len);
}

void asked_directory(struct asking *a)
{
	const char *asked = asked_text(asked_get(a, "process"), "cwd");
	const struct ct_event_exec *exec = payload_exec(a);
	struct ct_asked r = { .asked = asked,
			      .event = asked_payload_event(a),
			      .match = CT_MATCH_NOT_SEEN };

	if (!asked || !*asked)
		return;
	if (exec && exec->cwd && *exec->cwd) {
		r.done = exec->cwd;
		r.match = same_directory(exec->cwd, asked) || went_there(a, asked)
				  ? CT_MATCH_SAME
				  : CT_MATCH_DIFFERS;
	}
	asked_add(a, "working directory", "", r);
}
