/* SPDX-License-Identifier: MIT */
/* Any bytes as a trace that a program asks about, all that the C API has an answer to. */
/* links: ct_api */
#include "fuzz.h"

#include "cttrace/cttrace.h"

#include <stdlib.h>
#include <string.h>

/* Reads all of it, as whoever shows it does. */
static void look_at(const char *text)
{
	char *printable = cttrace_printable(text);

	if (text && strlen(printable) < strlen(text))
		abort();
	free(printable);
}

static void ask_process(const struct cttrace_process *p)
{
	look_at(cttrace_process_name(p));
	look_at(cttrace_process_role(p));
	if (cttrace_process_container(p))
		look_at(cttrace_container_id(cttrace_process_container(p)));
	if (cttrace_process_creator(p) == p)
		abort();
	cttrace_process_namespace(p, "net");
	for (size_t i = 0; i < cttrace_process_exec_count(p); i++) {
		look_at(cttrace_process_exec_path(p, i));
		for (size_t j = 0; j < cttrace_process_exec_argc(p, i); j++)
			look_at(cttrace_process_exec_argv(p, i, j));
	}
}

static void ask_container(const struct cttrace_container *c)
{
	uint64_t mask;

	look_at(cttrace_container_id(c));
	look_at(cttrace_container_rootfs(c));
	look_at(cttrace_container_cgroup(c));
	look_at(cttrace_container_namespace_how(c, "pid"));
	if (cttrace_container_namespace_how(c, "pid_for_children") ||
	    cttrace_container_capabilities(c, "no such set", &mask))
		abort();
	if (cttrace_container_init(c))
		ask_process(cttrace_container_init(c));
	for (size_t i = 0; i < cttrace_container_mount_count(c); i++) {
		look_at(cttrace_container_mount_target(c, i));
		look_at(cttrace_container_mount_type(c, i));
		look_at(cttrace_container_mount_source(c, i));
		look_at(cttrace_container_mount_flags(c, i));
	}
}

static void ask_event(const struct cttrace_event *e)
{
	size_t length;
	int64_t value;

	look_at(cttrace_event_kind(e));
	look_at(cttrace_event_name(e));
	look_at(cttrace_event_path(e));
	look_at(cttrace_event_text(e));
	look_at(cttrace_event_error_name(e));
	if (cttrace_event_result(e, &value) && cttrace_event_error(e))
		abort();
	for (size_t i = 0; i < cttrace_event_argc(e); i++)
		look_at(cttrace_event_argv(e, i));
	for (size_t i = 0; i < cttrace_event_arg_count(e); i++) {
		look_at(cttrace_event_arg_name(e, i));
		look_at(cttrace_event_arg_text(e, i));
		look_at(cttrace_event_arg_path(e, i));
		if (cttrace_event_arg_bytes(e, i, &length) &&
		    cttrace_event_arg_value(e, i, &value))
			abort();
	}
}

static void ask_rest(const struct cttrace *trace)
{
	for (size_t i = 0; i < cttrace_argc(trace); i++)
		look_at(cttrace_argv(trace, i));
	for (size_t i = 0; i < cttrace_phase_count(trace); i++) {
		look_at(cttrace_phase_name(cttrace_phase(trace, i)));
		look_at(cttrace_phase_detail(cttrace_phase(trace, i)));
	}
	for (size_t i = 0; i < cttrace_finding_count(trace); i++) {
		const struct cttrace_finding *f = cttrace_finding(trace, i);

		look_at(cttrace_finding_title(f));
		look_at(cttrace_finding_cause(f));
		if (cttrace_finding_event(f))
			ask_event(cttrace_finding_event(f));
		for (size_t j = 0; j < cttrace_finding_evidence_count(f); j++)
			look_at(cttrace_finding_evidence(f, j));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)data, size, "r") : NULL;
	char *error = NULL;
	struct cttrace *trace = in ? cttrace_read(in, "fuzz", &error) : NULL;

	if (in)
		fclose(in);
	if (in && !trace != !!error)
		abort();
	if (trace) {
		for (size_t i = 0; i < cttrace_process_count(trace); i++)
			ask_process(cttrace_process(trace, i));
		for (size_t i = 0; i < cttrace_container_count(trace); i++)
			ask_container(cttrace_container(trace, i));
		for (size_t i = 0; i < cttrace_event_count(trace); i++)
			ask_event(cttrace_event(trace, i));
		ask_rest(trace);
	}
	cttrace_free(trace);
	free(error);
	return 0;
}
