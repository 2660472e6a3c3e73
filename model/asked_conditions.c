/* SPDX-License-Identifier: MIT */
/*
 * Asked and done: seccomp rules that look at arguments. Each rule gives two calls, one
 * that it means and one that it just does not mean; what all rules say of them is
 * compared with what the installed filters answer, run on paper.
 */
#include "asked.h"

#include "cttrace/errno.h"
#include "cttrace/strbuf.h"
#include "filter.h"

#include <errno.h>
#include <string.h>

/* A configuration that an attacker has chosen must not keep us busy. */
enum { RULES_MAX = 256, QUESTIONS_MAX = 512 };

/* One condition of a rule: libseccomp's seccomp_rule_add(3). */
struct condition {
	size_t arg, op;
	uint64_t value, second;
};

enum { EQ, NE, LT, LE, GE, GT, MASKED_EQ, OPS };

static const char *const ops[OPS] = {
	[EQ] = "SCMP_CMP_EQ",
	[NE] = "SCMP_CMP_NE",
	[LT] = "SCMP_CMP_LT",
	[LE] = "SCMP_CMP_LE",
	[GE] = "SCMP_CMP_GE",
	[GT] = "SCMP_CMP_GT",
	[MASKED_EQ] = "SCMP_CMP_MASKED_EQ",
};

/* False: it is none that anybody knows. */
static bool read_condition(const json_t *item, struct condition *c)
{
	int64_t arg = asked_number(item, "index", -1);
	const char *op = asked_text(item, "op");

	*c = (struct condition){ .arg = (size_t)arg,
				 .value = (uint64_t)asked_number(item, "value", 0),
				 .second = (uint64_t)asked_number(item, "valueTwo", 0) };
	while (op && c->op < OPS && strcmp(ops[c->op], op) != 0)
		c->op++;
	return op && c->op < OPS && arg >= 0 && arg < 6;
}

static bool holds(const struct condition *c, uint64_t arg)
{
	const bool truth[OPS] = {
		[EQ] = arg == c->value,
		[NE] = arg != c->value,
		[LT] = arg<c->value, [LE] = arg <= c->value, [GE] = arg >= c->value,
			   [GT] = arg>
			       c->value,
		[MASKED_EQ] = (arg & c->value) == c->second,
	};

	return truth[c->op];
}

/* An argument for which it holds, or does not; false: none was found. */
static bool find_argument(const struct condition *c, bool wanted, uint64_t *arg)
{
	const uint64_t tries[] = { c->value,
				   c->value + 1,
				   c->value - 1,
				   c->second,
				   0,
				   c->second ^ (c->value & -c->value),
				   UINT64_C(1) << 40 };

	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (holds(c, tries[i]) == wanted) {
			*arg = tries[i];
			return true;
		}
	return false;
}

static bool names(const json_t *rule, const char *name)
{
	const json_t *list = json_object_get(rule, "names");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));

		if (text && !strcmp(text, name))
			return true;
	}
	return false;
}

static bool is_understood(const json_t *rule)
{
	const json_t *list = json_object_get(rule, "args");
	struct condition c;

	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_condition(json_array_get(list, i), &c))
			return false;
	return true;
}

static bool rule_means(const json_t *rule, const uint64_t args[6])
{
	const json_t *list = json_object_get(rule, "args");
	struct condition c;

	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_condition(json_array_get(list, i), &c) ||
		    !holds(&c, args[c.arg]))
			return false;
	return true;
}

/* A call that the rule means; with `but_one`, but for its first condition. */
static bool find_call(const json_t *rule, bool but_one, uint64_t args[6])
{
	const json_t *list = json_object_get(rule, "args");
	struct condition c;

	memset(args, 0, 6 * sizeof(*args));
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!read_condition(json_array_get(list, i), &c) ||
		    !find_argument(&c, i || !but_one, &args[c.arg]))
			return false;
	return rule_means(rule, args) != but_one;
}

/* What is asked; several rules may mean one call, and any of them may prevail. */
struct profile {
	const json_t *rules;
	const char *fallback;
	size_t questions, other; /* that were asked; answered otherwise */
	struct ct_strbuf examples;
};

static const char *answer_of(struct asking *a, const json_t *rule)
{
	const char *action = asked_text(rule, "action");

	return action ? asked_answer(a, action, asked_number(rule, "errnoRet", EPERM))
		      : "";
}

static bool may_answer(struct asking *a, const struct profile *p, const char *name,
		       const uint64_t args[6], const char *answer)
{
	bool any = false;

	for (size_t i = 0; i < json_array_size(p->rules) && i < RULES_MAX; i++) {
		const json_t *rule = json_array_get(p->rules, i);

		if (!names(rule, name))
			continue;
		if (!is_understood(rule))
			return true;
		if (!rule_means(rule, args))
			continue;
		any = true;
		if (!strcmp(answer_of(a, rule), answer))
			return true;
	}
	return !any && !strcmp(answer, p->fallback);
}

static void ask(struct asking *a, struct profile *p, const json_t *rule, const char *name,
		bool but_one)
{
	const struct ct_seccomp_call *call = asked_call(a->c->seccomp, name);
	struct filter_question question;
	enum ct_verdict verdict;
	const char *answer;
	int error;

	if (!call || !is_understood(rule) || !find_call(rule, but_one, question.args))
		return;
	question.nr = call->nr;
	verdict = filter_answer(a->m, a->site, &question, &error);
	if (verdict >= CT_VERDICT_CONDITIONAL)
		return;
	answer = verdict == CT_VERDICT_ERRNO ? ct_errno_name(error)
					     : ct_verdict_name(verdict);
	p->questions++;
	if (may_answer(a, p, name, question.args, answer))
		return;
	if (p->other++ < 4)
		ct_strbuf_addf(&p->examples, "%s%s is %s", p->other > 1 ? ", " : "", name,
			       answer);
}

struct ct_asked asked_conditions(struct asking *a, const json_t *rules,
				 const char *fallback)
{
	struct profile p = { .rules = rules,
			     .fallback = fallback,
			     .examples = CT_STRBUF_INIT };
	struct ct_asked r = { .asked = "" };
	size_t n_rules = 0;

	for (size_t i = 0; i < json_array_size(rules) && i < RULES_MAX; i++) {
		const json_t *rule = json_array_get(rules, i);
		const json_t *list = json_object_get(rule, "names");

		if (!json_array_size(json_object_get(rule, "args")))
			continue;
		n_rules++;
		for (size_t j = 0; j < json_array_size(list); j++) {
			const char *name = json_string_value(json_array_get(list, j));

			for (int but_one = 0; name && but_one < 2; but_one++)
				if (p.questions < QUESTIONS_MAX)
					ask(a, &p, rule, name, but_one);
		}
	}
	if (n_rules)
		r.asked = ct_arena_printf(a->arena, "%zu rules that look at arguments",
					  n_rules);
	r.done = p.other ? ct_arena_printf(a->arena,
					   "of %zu calls %zu are answered otherwise: %s",
					   p.questions, p.other, p.examples.data)
			 : ct_arena_printf(a->arena, "%zu calls are answered so",
					   p.questions);
	r.match = p.other       ? CT_MATCH_DIFFERS
		  : p.questions ? CT_MATCH_SAME
				: CT_MATCH_NOT_SEEN;
	ct_strbuf_release(&p.examples);
	return r;
}
