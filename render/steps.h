/* SPDX-License-Identifier: MIT */
/* The eight steps of a runtime, by number, where a picture is not one of phases. */
#ifndef CTTRACE_RENDER_STEPS_H
#define CTTRACE_RENDER_STEPS_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

/* By process: 1 << enum ct_step for each that it took part in. To be freed. */
unsigned int *ct_steps_of_processes(const struct ct_model *model);
/* " 1 3 5", for each in the set. */
void ct_steps_add(struct ct_strbuf *out, unsigned int steps);
/* "1 namespaces", or "mount" for what belongs to no step. */
void ct_steps_phase(struct ct_strbuf *out, const struct ct_phase *phase);
/* In which step an aspect of isolation, or of config.json, is made; CT_STEP_NONE: in none
 * of them. */
enum ct_step ct_step_of_aspect(const char *aspect);

#endif
