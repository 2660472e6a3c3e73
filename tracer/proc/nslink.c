/* SPDX-License-Identifier: MIT */
/* Namespace links of /proc/PID/ns, and descriptors of namespaces, name type and inode. */
#include "nslink.h"

int ct_proc_nslink(struct ct_span text, uint64_t *inode)
{
	struct ct_span name = ct_span_until(&text, ':');
	int type = ct_ns_from_name(name.at, ct_span_len(name));
	uint64_t found;

	if (type < 0 || type >= CT_NS_TYPES)
		return -1;
	if (!ct_span_take(&text, "[") || !ct_span_u64(&text, 10, &found))
		return -1;
	if (!ct_span_equal(text, "]"))
		return -1;
	*inode = found;
	return type;
}
