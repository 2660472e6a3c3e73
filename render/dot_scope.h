/* SPDX-License-Identifier: MIT */
/* Processes grouped by the set of namespaces they are in. */
#ifndef CTTRACE_RENDER_DOT_SCOPE_H
#define CTTRACE_RENDER_DOT_SCOPE_H

#include "cttrace/model.h"
#include "cttrace/strbuf.h"

struct ct_scope {
	uint64_t ns[CT_NS_TYPES];
	unsigned int private_types; /* 1 << enum ct_ns: not the ones of the host */
	int container;              /* -1: of none */
	int outer; /* the scope that it lies in, one of those before it; -1 */
	int depth; /* 1 … CT_SCOPE_DEPTH: how many it lies in, itself included */
};

#define CT_SCOPE_DEPTH 8 /* what would lie deeper stands for itself */

struct ct_scopes {
	struct ct_scope *scopes;
	size_t n, cap;
	int *of; /* per process: its scope; -1: the host's */
};

void ct_scopes_init(struct ct_scopes *scopes, const struct ct_model *model);
void ct_scopes_release(struct ct_scopes *scopes);
/* "container 3520e0d77aab: own mnt uts ipc pid, joined net": what it does not have from
 * the scope around it. */
void ct_scope_label(struct ct_strbuf *out, const struct ct_model *model,
		    const struct ct_scopes *scopes, size_t scope);

#endif
