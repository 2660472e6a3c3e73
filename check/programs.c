/* SPDX-License-Identifier: MIT */
/* Trials that ask other programs, and those that use the tracer's own parts. */
#include "trials.h"

#include "command.h"
#include "failures.h"
#include "host.h"
#include "plan.h"

#include <errno.h>
#include <unistd.h>

int ct_try_bpf(struct ct_strbuf *said)
{
	struct ct_failures_config config = { .plan = ct_plan_find,
					     .halt = true,
					     .wait = true };
	struct ct_error err = { 0 };
	struct ct_failures *failures = ct_failures_open(&config, &err);

	if (!failures) {
		ct_strbuf_adds(said, err.text);
		return err.code;
	}
	if (!ct_failures_sees_files(failures))
		ct_strbuf_adds(said, "without names of files: the kernel has no BTF");
	ct_failures_free(failures);
	return 0;
}

int ct_try_cgroup(struct ct_strbuf *said)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_trace_header header = { 0 };

	ct_host_describe(&header, &arena);
	ct_strbuf_addf(said, "%s, Linux %s", header.cgroup_mode, header.kernel);
	ct_arena_release(&arena);
	return access("/sys/fs/cgroup/cgroup.controllers", R_OK) &&
			       access("/sys/fs/cgroup/memory", R_OK)
		       ? errno
		       : 0;
}

/* The first line of what `NAME --version` says; false: it cannot be run. */
static bool add_version(struct ct_strbuf *said, const char *name)
{
	const char *const argv[] = { name, "--version", NULL };
	char line[128];

	if (ct_command_run(argv, false, line, sizeof(line)) || !*line)
		return false;
	ct_strbuf_addf(said, "%s%s", said->len ? "; " : "", line);
	return true;
}

int ct_try_runtimes(struct ct_strbuf *said)
{
	static const char *const names[] = { "podman", "docker", "containerd", "crun",
					     "runc",   "bwrap",  NULL };
	bool any = false;

	for (size_t i = 0; names[i]; i++)
		any |= add_version(said, names[i]);
	return any ? 0 : ENOENT;
}
