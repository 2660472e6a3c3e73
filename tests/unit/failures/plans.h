/* SPDX-License-Identifier: MIT */
/* Plans of calls that several tests watch. */
#ifndef CTTRACE_TESTS_FAILURES_PLANS_H
#define CTTRACE_TESTS_FAILURES_PLANS_H

#include "plan.h"

extern const struct ct_plan plan_mount;

#endif
