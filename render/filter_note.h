/* SPDX-License-Identifier: MIT */
/* What a picture says about its filter. */
#ifndef CTTRACE_RENDER_FILTER_NOTE_H
#define CTTRACE_RENDER_FILTER_NOTE_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

#include <jansson.h>

/* `separator`, then "12 of 240 events shown: name == mount"; nothing without a filter. */
void ct_filter_note(struct ct_strbuf *out, const struct ct_model *model,
		    const char *separator);
/* {"expression", "shown", "of"}; null without a filter. */
json_t *ct_filter_report(const struct ct_model *model);

#endif
