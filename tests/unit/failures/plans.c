/* SPDX-License-Identifier: MIT */
/* What is copied of mount(2): three names and the options, not the flags. */
#include "plans.h"

const struct ct_plan plan_mount = { .name = "mount",
				    .n_args = 5,
				    .when = CT_WHEN_ALWAYS,
				    .arg = { { CT_TAKE_PATH, -1, 0 },
					     { CT_TAKE_PATH, -1, 0 },
					     { CT_TAKE_STR, -1, 0 },
					     { CT_TAKE_NOTHING, -1, 0 },
					     { CT_TAKE_STR, -1, 0 } } };
