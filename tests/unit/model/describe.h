/* SPDX-License-Identifier: MIT */
/* A model as text that a person can check: what the tests compare. */
#ifndef CTTRACE_TESTS_MODEL_DESCRIBE_H
#define CTTRACE_TESTS_MODEL_DESCRIBE_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

void describe(struct ct_strbuf *out, const struct ct_model *model); /* all of these: */
void describe_processes(struct ct_strbuf *out, const struct ct_model *model);
void describe_containers(struct ct_strbuf *out, const struct ct_model *model);
void describe_phases(struct ct_strbuf *out, const struct ct_model *model);
void describe_findings(struct ct_strbuf *out, const struct ct_model *model);

#endif
