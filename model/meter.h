/* SPDX-License-Identifier: MIT */
/* Samples of cgroups become series, peaks, and what the limits did. */
#ifndef CTTRACE_MODEL_METER_H
#define CTTRACE_MODEL_METER_H

#include "state.h"

void meter_sample(struct feed *f);
void meter_settle(struct model *m);

/* What the limits of a meter did; its last[] and used[] are known. */
void pressure_settle(struct model *m, struct ct_meter *meter);
/* The curves, with what lies between two samples; its pressures are known. */
void level_settle(struct model *m, struct ct_meter *meter);

#endif
