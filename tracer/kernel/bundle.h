/* SPDX-License-Identifier: MIT */
/* What a runtime is asked for: the config.json of its bundle. */
#ifndef CTTRACE_KERNEL_BUNDLE_H
#define CTTRACE_KERNEL_BUNDLE_H

#include "recbuf.h"

/*
 * After an exec in `rb`: if it is a runtime that makes a container, adds its bundle's
 * configuration, or why that cannot be read. Says whether there was one to look for.
 */
bool ct_bundle_capture(struct ct_recbuf *rb, pid_t tid);

#endif
