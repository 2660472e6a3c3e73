/* SPDX-License-Identifier: MIT */
/* A diagnosis from a model: judge, then say what there is to say about it. */
#include "cttrace/explain.h"

#include "subject.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

#define CANDIDATES_KEPT 5

const char *ct_diagnosis_kind_name(enum ct_diagnosis_kind kind)
{
	static const char *const names[CT_DIAGNOSISS] = {
		[CT_DIAGNOSIS_WORKED] = "worked", [CT_DIAGNOSIS_PAYLOAD] = "payload",
		[CT_DIAGNOSIS_CALL] = "call",     [CT_DIAGNOSIS_DECISION] = "decision",
		[CT_DIAGNOSIS_KILLED] = "killed", [CT_DIAGNOSIS_HANG] = "hang",
		[CT_DIAGNOSIS_TRACER] = "tracer", [CT_DIAGNOSIS_UNKNOWN] = "unknown",
	};

	return names[kind];
}

const char *ct_sure_name(enum ct_sure sure)
{
	static const char *const names[] = { "low", "medium", "high" };

	return names[sure];
}

bool ct_diagnosis_failed(const struct ct_diagnosis *diagnosis)
{
	return diagnosis->kind != CT_DIAGNOSIS_WORKED &&
	       diagnosis->kind != CT_DIAGNOSIS_PAYLOAD;
}

bool ct_diagnosis_tells(const struct ct_diagnosis *v)
{
	return ct_diagnosis_failed(v) ||
	       (v->kind == CT_DIAGNOSIS_PAYLOAD && v->n_remarks &&
		!strcmp(v->remarks[0].label, "seen"));
}

void subject_remark(struct subject *s, const char *label, const char *text)
{
	struct ct_diagnosis *v = s->diagnosis;

	if (!text || !*text)
		return;
	*ct_push(v->remarks, v->n_remarks, s->cap_remarks) =
		(struct ct_remark){ label, ct_arena_strdup(&v->arena, text) };
}

static void count_failures(struct ct_diagnosis *v, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_facts; i++) {
		v->n_failed += (model->facts[i].tags >> CT_TAG_FAILED) & 1;
		v->n_benign += (model->facts[i].tags >> CT_TAG_BENIGN) & 1;
	}
}

static void keep_candidates(struct subject *s)
{
	struct ct_diagnosis *v = s->diagnosis;

	v->n_candidates = s->pairs->n < CANDIDATES_KEPT ? s->pairs->n : CANDIDATES_KEPT;
	v->candidates = ct_arena_array(&v->arena, struct ct_candidate, v->n_candidates);
	for (size_t i = 0; i < v->n_candidates; i++) {
		const struct pair *pair = &s->pairs->items[i];

		v->candidates[i] = (struct ct_candidate){
			.event = pair->fact,
			.process = pair->process,
			.points = pair->points,
			.sure = evidence_sure(s->pairs, i),
			.agree = evidence_words(pair->agree, &v->arena),
		};
	}
}

static void add_sure(struct subject *s)
{
	struct ct_diagnosis *v = s->diagnosis;
	const char *agree = v->kind == CT_DIAGNOSIS_CALL ? v->candidates[0].agree : "";

	subject_remark(s, "sure",
		       *agree ? ct_arena_printf(&v->arena, "%s: agreeing are %s",
						ct_sure_name(v->sure), agree)
			      : ct_sure_name(v->sure));
}

static void add_remarks(struct subject *s)
{
	subject_add_cause(s);
	subject_add_hook(s);
	subject_add_state(s);
	subject_add_said(s);
	subject_add_chain(s);
	subject_add_stack(s);
	subject_add_remedy(s);
	add_sure(s);
}

struct ct_diagnosis *ct_diagnosis_new(const struct ct_model *model)
{
	struct ct_diagnosis *v = ct_alloc(sizeof(*v));
	struct messages messages;
	struct pairs pairs;
	struct subject s = {
		.model = model, .diagnosis = v, .messages = &messages, .pairs = &pairs
	};

	v->arena = (struct ct_arena)CT_ARENA_INIT;
	v->event = v->process = -1;
	v->title = v->signature = "";
	messages = messages_of(model, &v->arena);
	pairs = pairs_of(model, &messages, false);
	v->outcome = subject_outcome(&s);
	subject_judge(&s);
	count_failures(v, model);
	if (v->kind == CT_DIAGNOSIS_CALL)
		keep_candidates(&s);
	if (v->kind != CT_DIAGNOSIS_WORKED)
		add_remarks(&s);
	messages_release(&messages);
	free(pairs.items);
	return v;
}

void ct_diagnosis_free(struct ct_diagnosis *diagnosis)
{
	if (!diagnosis)
		return;
	free(diagnosis->remarks);
	ct_arena_release(&diagnosis->arena);
	free(diagnosis);
}
