/* SPDX-License-Identifier: MIT */
/* Filters: which events of a trace a picture shows. The language is in docs/filter.md. */
#ifndef CTTRACE_QUERY_H
#define CTTRACE_QUERY_H

#include "cttrace/error.h"
#include "cttrace/model.h"

struct ct_query;

#define CT_QUERY_MAX 4096 /* bytes of an expression */

/* Where an expression is wrong: a byte of it, 0 … its length. */
struct ct_query_error {
	struct ct_error why;
	size_t at;
};

/* NULL with *err filled: the expression is wrong. */
struct ct_query *ct_query_parse(const char *expression, struct ct_query_error *err);
void ct_query_free(struct ct_query *query);

/*
 * The first field in it that only a finished model knows (role, container, phase …), and
 * where it is; NULL: each event can be judged by itself.
 */
const char *ct_query_model_field(const struct ct_query *query, size_t *at);

/* Does it select this event? Without a model (`fact` NULL) those fields have no value. */
bool ct_query_matches(const struct ct_query *query, const struct ct_model *model,
		      const struct ct_fact *fact, const struct ct_event *event);

/*
 * The model as a picture is to show it: what the query selects, and who did that. It
 * borrows from the model and the query, which must outlive it.
 */
const struct ct_model *ct_query_select(const struct ct_query *query,
				       const struct ct_model *model);
void ct_query_unselect(const struct ct_model *selected); /* NULL is fine */

#endif
