/* SPDX-License-Identifier: MIT */
/* Asked and done: a seccomp profile, beside what the installed filters answer. */
#include "asked.h"

#include "cttrace/errno.h"
#include "cttrace/strbuf.h"

#include <errno.h>
#include <string.h>

const char *asked_answer(struct asking *a, const char *action, int64_t error)
{
	static const char *const words[][2] = {
		{ "SCMP_ACT_ALLOW", "allow" },
		{ "SCMP_ACT_LOG", "log" },
		{ "SCMP_ACT_KILL", "kill_thread" },
		{ "SCMP_ACT_KILL_THREAD", "kill_thread" },
		{ "SCMP_ACT_TRAP", "trap" },
		{ "SCMP_ACT_KILL_PROCESS", "kill_process" },
		{ "SCMP_ACT_NOTIFY", "notify" },
		{ "SCMP_ACT_TRACE", "trace" },
	};

	if (!strcmp(action, "SCMP_ACT_ERRNO"))
		return error > 0 && error < 4096 && strerrorname_np((int)error)
			       ? strerrorname_np((int)error)
			       : ct_arena_printf(a->arena, "errno %lld",
						 (long long)error);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i][0], action))
			return words[i][1];
	return action;
}

const struct ct_seccomp_call *asked_call(const struct ct_seccomp *s, const char *name)
{
	for (size_t i = 0; i < s->n_calls; i++)
		if (!strcmp(s->calls[i].name, name))
			return &s->calls[i];
	return NULL;
}

struct census {
	size_t named, other; /* calls of unconditional rules; with another answer */
	struct ct_strbuf examples;
};

static const char *rule_answer(struct asking *a, const json_t *rule)
{
	const char *action = asked_text(rule, "action");

	return action ? asked_answer(a, action, asked_number(rule, "errnoRet", EPERM))
		      : "";
}

static bool names_call(const json_t *rule, const char *name)
{
	const json_t *names = json_object_get(rule, "names");

	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *text = json_string_value(json_array_get(names, i));

		if (text && !strcmp(text, name))
			return true;
	}
	return false;
}

/* A call may be named by several rules, of which one prevails. */
static bool another_rule_fits(struct asking *a, const json_t *rules,
			      const struct ct_seccomp_call *call)
{
	for (size_t i = 0; i < json_array_size(rules); i++) {
		const json_t *rule = json_array_get(rules, i);

		if ((json_array_size(json_object_get(rule, "args")) ||
		     !strcmp(rule_answer(a, rule), call->answer)) &&
		    names_call(rule, call->name))
			return true;
	}
	return false;
}

/* Rules with conditions are asked_conditions(). */
static void count_rule(struct asking *a, const json_t *rules, const json_t *rule,
		       struct census *n)
{
	const json_t *names = json_object_get(rule, "names");
	const char *answer = rule_answer(a, rule);

	if (json_array_size(json_object_get(rule, "args")))
		return;
	for (size_t i = 0; i < json_array_size(names) && n->other < 64; i++) {
		const char *name = json_string_value(json_array_get(names, i));
		const struct ct_seccomp_call *call =
			name ? asked_call(a->c->seccomp, name) : NULL;

		if (!call || call->verdict == CT_VERDICT_CONDITIONAL)
			continue;
		n->named++;
		if (!strcmp(call->answer, answer) || another_rule_fits(a, rules, call))
			continue;
		if (n->other++ < 4)
			ct_strbuf_addf(&n->examples, "%s%s is %s",
				       n->other > 1 ? ", " : "", name, call->answer);
	}
}

static struct ct_asked compare_rules(struct asking *a, const json_t *rules)
{
	struct census n = { .examples = CT_STRBUF_INIT };
	struct ct_asked r = { .asked = "" };

	/* each names calls, and each name is searched */
	for (size_t i = 0; i < json_array_size(rules) && n.named < 2000 && i < 256; i++)
		count_rule(a, rules, json_array_get(rules, i), &n);
	r.asked =
		ct_arena_printf(a->arena, "%zu calls named without conditions", n.named);
	r.done = n.other ? ct_arena_printf(a->arena, "%zu are answered otherwise: %s",
					   n.other, n.examples.data)
			 : "all are answered so";
	r.match = n.other ? CT_MATCH_DIFFERS : CT_MATCH_SAME;
	ct_strbuf_release(&n.examples);
	return r;
}

/* Are they those that were compared last, with the same answers? */
static bool are_known(const struct asking *a, const json_t *rules, const char *fallback)
{
	const struct asked_rules *known = a->rules;

	return known->rules && known->answers == a->c->seccomp &&
	       known->filter == a->m->sites[a->site].filter &&
	       !strcmp(known->fallback, fallback) && json_equal(known->rules, rules);
}

static void add_rules(struct asking *a, json_t *rules, const char *fallback)
{
	struct asked_rules *known = a->rules;

	if (!are_known(a, rules, fallback)) {
		json_decref(known->rules);
		*known = (struct asked_rules){
			.rules = json_incref(rules),
			.answers = a->c->seccomp,
			.filter = a->m->sites[a->site].filter,
			.fallback = ct_arena_strdup(a->arena, fallback),
			.calls = compare_rules(a, rules),
			.arguments = asked_conditions(a, rules, fallback),
		};
	}
	known->calls.event = known->arguments.event = asked_payload_event(a);
	asked_add(a, "seccomp", "calls", known->calls);
	if (*known->arguments.asked)
		asked_add(a, "seccomp", "arguments", known->arguments);
}

void asked_seccomp(struct asking *a)
{
	const json_t *profile = asked_get(a, "linux.seccomp");
	const char *action = asked_text(profile, "defaultAction");
	const struct ct_seccomp *s = a->c->seccomp;
	struct ct_asked r = { .event = asked_payload_event(a) };

	if (!action) {
		r.done = a->c->seccomp_instructions < 0 ? "no filter" : "a filter";
		r.match = a->c->seccomp_instructions < 0 ? CT_MATCH_NOT_ASKED
							 : CT_MATCH_DIFFERS;
		asked_add(a, "seccomp", "", r);
		return;
	}
	r.asked =
		asked_answer(a, action, asked_number(profile, "defaultErrnoRet", EPERM));
	if (a->c->seccomp_instructions < 0) {
		r.done = "no filter";
		r.match = asked_absent(a);
	} else if (s && s->default_answer) {
		r.done = s->default_answer;
		r.match = strcmp(r.done, r.asked) ? CT_MATCH_DIFFERS : CT_MATCH_SAME;
	} else {
		r.match = CT_MATCH_NOT_SEEN;
	}
	asked_add(a, "seccomp", "default", r);
	if (s && s->n_calls)
		add_rules(a, json_object_get(profile, "syscalls"), r.asked);
}
