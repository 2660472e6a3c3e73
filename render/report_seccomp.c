/* SPDX-License-Identifier: MIT */
/* What the seccomp filters of a container answer. */
#include "report.h"

#include <string.h>

static json_t *names(const struct ct_seccomp *s, enum ct_verdict verdict)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->n_calls; i++)
		if (s->calls[i].verdict == verdict)
			json_array_append_new(array, json_string(s->calls[i].name));
	return array;
}

/* {"EPERM": ["mount", …], …} */
static json_t *denied_by_errno(const struct ct_seccomp *s)
{
	json_t *o = json_object();

	for (size_t i = 0; i < s->n_calls; i++) {
		const struct ct_seccomp_call *call = &s->calls[i];

		if (call->verdict != CT_VERDICT_ERRNO)
			continue;
		if (!json_object_get(o, call->answer))
			json_object_set_new(o, call->answer, json_array());
		json_array_append_new(json_object_get(o, call->answer),
				      json_string(call->name));
	}
	return o;
}

static json_t *conditional(const struct ct_seccomp *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->n_calls; i++)
		if (s->calls[i].verdict == CT_VERDICT_CONDITIONAL)
			json_array_append_new(array, json_pack("{s:s, s:s}", "name",
							       s->calls[i].name, "answer",
							       s->calls[i].answer));
	return array;
}

static json_t *architectures(const struct ct_seccomp *s)
{
	json_t *array = json_array();

	for (unsigned int arch = 0; arch < CT_ARCH_UNKNOWN; arch++)
		if (s->archs & 1U << arch)
			json_array_append_new(
				array, json_string(ct_arch_name((enum ct_arch)arch)));
	return array;
}

static void add_answers(json_t *o, const struct ct_seccomp *s)
{
	static const struct {
		const char *key;
		enum ct_verdict verdict;
	} lists[] = {
		{ "denied", CT_VERDICT_ERRNO },
		{ "kill_process", CT_VERDICT_KILL_PROCESS },
		{ "kill_thread", CT_VERDICT_KILL_THREAD },
		{ "trap", CT_VERDICT_TRAP },
		{ "notify", CT_VERDICT_NOTIFY },
		{ "trace", CT_VERDICT_TRACE },
		{ "log", CT_VERDICT_LOG },
		{ "undetermined", CT_VERDICT_UNDETERMINED },
	};

	json_object_set_new(o, "filters", json_integer((json_int_t)s->n_filters));
	json_object_set_new(o, "architecture", json_string(ct_arch_name(s->arch)));
	json_object_set_new(o, "architectures", architectures(s));
	json_object_set_new(o, "default", json_string(s->default_answer));
	json_object_set_new(o, "newer", json_string(s->newer_answer));
	json_object_set_new(o, "allowed_count",
			    json_integer((json_int_t)s->count[CT_VERDICT_ALLOW]));
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		json_object_set_new(o, lists[i].key, names(s, lists[i].verdict));
	json_object_set_new(o, "denied_errno", denied_by_errno(s));
	json_object_set_new(o, "conditional", conditional(s));
}

json_t *ct_report_seccomp(const struct ct_container *c)
{
	json_t *o;

	if (c->seccomp_instructions < 0 && !c->seccomp)
		return json_null();
	o = json_object();
	json_object_set_new(o, "instructions",
			    json_integer(c->seccomp
						 ? (json_int_t)c->seccomp->n_instructions
						 : c->seccomp_instructions));
	if (c->seccomp)
		add_answers(o, c->seccomp);
	return o;
}
