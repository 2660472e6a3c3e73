/* SPDX-License-Identifier: MIT */
/* Choices of the shared options. */
#include "common_rows.h"

#include <errno.h>

const char *const color_choices[] = { "auto", "always", "never", NULL };
const char *const until_choices[] = { "exit", "payload", NULL };
const char *const depth_choices[] = { "auto", "key", "full", NULL };
const char *const failures_choices[] = { "auto", "ptrace", "bpf", NULL };

const char *const render_words[] = { "ascii",    "json",   "dot",  "svg",  "mermaid",
				     "markdown", "chrome", "otlp", "html", NULL };
const char *const view_words[] = { "timeline", "phases",    "tree",      "namespaces",
				   "mounts",   "isolation", "network",   "asked",
				   "sequence", "gantt",     "processes", "handover",
				   NULL };

const struct ct_render_format *format_of(const struct options *options,
					 struct ct_error *err)
{
	const char *name = options->format ? options->format : "ascii";
	const struct ct_render_format *format = ct_render_find(name);
	CT_CLEANUP_STRBUF struct ct_strbuf all = CT_STRBUF_INIT;

	if (format)
		return format;
	for (int i = 0; ct_render_formats[i]; i++)
		ct_strbuf_addf(&all, "%s%s", i ? ", " : "", ct_render_formats[i]->name);
	ct_error_set(err, EINVAL, "there is no format '%s'; there are %s", name,
		     all.data);
	return NULL;
}
