/* SPDX-License-Identifier: MIT */
/* The mount table that the traced command finds: where the replay of its changes begins.
 */
#include "host.h"

#include "cttrace/strbuf.h"
#include "mountinfo.h"

#include <stdio.h>
#include <string.h>

static void read_all(struct ct_strbuf *out, const char *path)
{
	FILE *in = fopen(path, "re");
	char block[4096];
	size_t n;

	while (in && (n = fread(block, 1, sizeof(block), in)))
		ct_strbuf_add(out, block, n);
	if (in)
		fclose(in);
}

static size_t count_lines(const struct ct_strbuf *text)
{
	size_t n = 0;

	for (const char *at = text->data; (at = strchr(at, '\n')); at++)
		n++;
	return n;
}

void ct_host_mounts(struct ct_trace_header *header, struct ct_arena *arena)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct ct_mountinfo *mounts;
	struct ct_span rest;

	read_all(&text, "/proc/self/mountinfo");
	rest = ct_span_of(text.data, text.len);
	mounts = ct_arena_array(arena, struct ct_mountinfo, count_lines(&text) + 1);
	while (ct_proc_mountinfo_next(&rest, &mounts[header->n_mounts], arena))
		header->n_mounts++;
	header->mounts = mounts;
}
