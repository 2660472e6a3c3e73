/* SPDX-License-Identifier: MIT */
/* The keys of what /proc said. */
#include "trace_rows.h"

#include <string.h>

static void write_links(struct ct_json_out *out, const struct ct_json_field *field,
			const void *object)
{
	const uint64_t *inodes = ct_json_at(field, object);
	bool any = ct_json_always(field);

	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		any |= inodes[ns] && inodes[ns] <= INT64_MAX;
	if (!any)
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_open(out, '{');
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		if (inodes[ns] && inodes[ns] <= INT64_MAX) {
			ct_json_out_key(out, ct_ns_name((enum ct_ns)ns));
			ct_json_out_int(out, (int64_t)inodes[ns]);
		}
	ct_json_out_close(out, '}');
}

static int read_links(struct ct_json_reader *reader, const struct ct_json_field *field,
		      const struct ct_json_node *value, void *object)
{
	uint64_t *inodes = ct_json_place(field, object);

	memset(inodes, 0, field->size);
	if (value && value->kind != CT_JSON_MAP)
		return ct_json_complain(reader, "\"%s\" is not an object", field->key);
	for (int ns = 0; value && ns < CT_NS_LINKS; ns++) {
		const struct ct_json_node *inode =
			ct_json_get(value, ct_ns_name((enum ct_ns)ns));

		if (inode && (inode->kind != CT_JSON_INTEGER || inode->integer < 0))
			return ct_json_complain(reader,
						"\"%s\": \"%s\" is not an inode number",
						field->key, ct_ns_name((enum ct_ns)ns));
		inodes[ns] = inode ? (uint64_t)inode->integer : 0;
	}
	return 0;
}

const struct ct_json_type ct_trace_ns_links = { write_links, read_links, false };

#define MEMBER(member) CT_JSON_MEMBER(struct ct_state, member)
#define COUNT(member)  .count = offsetof(struct ct_state, member)
#define WHEN(bit)      .when = { offsetof(struct ct_state, have), (bit), (bit) }

static const struct ct_json_field cgroup_rows[] = {
	{ "hierarchy", &ct_json_int, CT_JSON_MEMBER(struct ct_cgroup, hierarchy),
	  .max = INT32_MAX },
	{ "controllers", &ct_json_text, CT_JSON_MEMBER(struct ct_cgroup, controllers) },
	{ "path", &ct_json_text, CT_JSON_MEMBER(struct ct_cgroup, path),
	  .required = true },
};

static const struct ct_json_shape cgroup_shape = {
	CT_JSON_SHAPE(struct ct_cgroup, cgroup_rows),
};

static const struct ct_json_field caps_rows[] = {
	{ "inheritable", &ct_json_hex, CT_JSON_MEMBER(struct ct_caps, inheritable) },
	{ "permitted", &ct_json_hex, CT_JSON_MEMBER(struct ct_caps, permitted) },
	{ "effective", &ct_json_hex, CT_JSON_MEMBER(struct ct_caps, effective) },
	{ "bounding", &ct_json_hex, CT_JSON_MEMBER(struct ct_caps, bounding) },
	{ "ambient", &ct_json_hex, CT_JSON_MEMBER(struct ct_caps, ambient) },
};

static const struct ct_json_shape caps_shape = {
	CT_JSON_SHAPE(struct ct_caps, caps_rows),
};

static const struct ct_json_field status_rows[] = {
	{ "comm", &ct_json_text, MEMBER(comm) },
	{ "tgid", &ct_json_int, MEMBER(tgid), .max = INT32_MAX },
	{ "ppid", &ct_json_int, MEMBER(ppid), .max = INT32_MAX },
	{ "uid", &ct_json_numbers, MEMBER(uid), .max = UINT32_MAX },
	{ "gid", &ct_json_numbers, MEMBER(gid), .max = UINT32_MAX },
	{ "groups", &ct_json_text, MEMBER(groups) },
	{ "caps", &ct_json_object, MEMBER(caps), .shape = &caps_shape },
	{ "nspid", &ct_json_int_list, MEMBER(nspid), COUNT(n_nspid), .max = INT32_MAX },
	{ "no_new_privs", &ct_json_int, MEMBER(no_new_privs), .max = 1, .absent = -1 },
	{ "seccomp", &ct_json_int, MEMBER(seccomp), .max = 2, .absent = -1 },
	{ "seccomp_filters", &ct_json_int, MEMBER(seccomp_filters), .max = INT32_MAX,
	  .absent = -1 },
};

static const struct ct_json_shape status_shape = {
	CT_JSON_SHAPE(struct ct_state, status_rows),
};

/* "status" is an object of its own in JSON only: its members are the state's. */
static const struct ct_json_field state_rows[] = {
	{ "of", &ct_json_numbers, MEMBER(of), .max = INT32_MAX },
	{ "ns", &ct_trace_ns_links, MEMBER(ns), WHEN(CT_STATE_NS) },
	{ "cgroups", &ct_json_list, MEMBER(cgroups), COUNT(n_cgroups),
	  .shape = &cgroup_shape, WHEN(CT_STATE_CGROUP) },
	{ "status", &ct_json_object, .shape = &status_shape, WHEN(CT_STATE_STATUS) },
};

const struct ct_json_shape ct_trace_state_shape = {
	CT_JSON_SHAPE(struct ct_state, state_rows),
};
