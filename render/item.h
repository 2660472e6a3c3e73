/* SPDX-License-Identifier: MIT */
/* From a call to the kind of its item. */
#ifndef CTTRACE_RENDER_ITEM_H
#define CTTRACE_RENDER_ITEM_H

#include "story.h"

/* What a successful call was for. */
enum ct_item_kind ct_item_kind_of(const struct ct_fact *fact);
/* Other kinds say what was done; that it was allowed is what these have to tell. */
bool ct_item_says_allowed(const struct ct_fact *fact);
/* A directory of PATH that does not have the program which is found in a later one. */
bool ct_item_is_look_up(const struct ct_model *model, const struct ct_fact *fact,
			size_t event);

#endif
