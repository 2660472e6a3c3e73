/* SPDX-License-Identifier: MIT */
/* What was traced and how it came out, each in a few words; not escaped. */
#ifndef CTTRACE_RENDER_HEADLINE_H
#define CTTRACE_RENDER_HEADLINE_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

/* "podman run --rm hello-world", "attached to containerd 700": never empty */
void ct_headline_subject(struct ct_strbuf *out, const struct ct_model *model);
/* "exit 0 · 312 ms · 58 processes · 1 container" */
void ct_headline_outcome(struct ct_strbuf *out, const struct ct_model *model);

#endif
