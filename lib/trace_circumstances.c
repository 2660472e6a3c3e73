/* SPDX-License-Identifier: MIT */
/* The keys of what /proc said when a call had failed. */
#include "trace_rows.h"

#define LIMIT(member)  CT_JSON_MEMBER(struct ct_limit_pair, member)
#define MEMBER(member) CT_JSON_MEMBER(struct ct_circumstances, member)

static const struct ct_json_field limit_rows[] = {
	{ "name", &ct_json_text, LIMIT(name), .required = true },
	{ "soft", &ct_json_int, LIMIT(soft), .max = INT64_MAX, .absent = CT_LIMIT_NONE },
	{ "hard", &ct_json_int, LIMIT(hard), .max = INT64_MAX, .absent = CT_LIMIT_NONE },
};

static const struct ct_json_shape limit_shape = {
	CT_JSON_SHAPE(struct ct_limit_pair, limit_rows),
};

static const struct ct_json_field circumstances_rows[] = {
	{ "lsm", &ct_json_maybe_text, MEMBER(lsm) },
	{ "owners", &ct_trace_ns_links, MEMBER(owners) },
	{ "userns_uid", &ct_json_int, MEMBER(userns_uid), .max = UINT32_MAX,
	  .absent = -1 },
	{ "mount", &ct_json_maybe_object, MEMBER(mount), .shape = &ct_trace_mount_shape },
	{ "limits", &ct_json_list, MEMBER(limits),
	  .count = offsetof(struct ct_circumstances, n_limits), .shape = &limit_shape },
};

const struct ct_json_shape ct_trace_circumstances_shape = {
	CT_JSON_SHAPE(struct ct_circumstances, circumstances_rows),
};
