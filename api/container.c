/* SPDX-License-Identifier: MIT */
/* The C API: containers. */
#include "handle.h"

#include <string.h>

size_t cttrace_container_count(const struct cttrace *trace)
{
	return trace->model->n_containers;
}

const struct cttrace_container *cttrace_container(const struct cttrace *trace,
						  size_t index)
{
	return &trace->containers[index];
}

const char *cttrace_container_id(const struct cttrace_container *container)
{
	return container->is->id;
}

const char *cttrace_container_engine(const struct cttrace_container *container)
{
	return ct_handle_text(container->is->engine);
}

const char *cttrace_container_runtime(const struct cttrace_container *container)
{
	return ct_handle_text(container->is->runtime);
}

const char *cttrace_container_bundle(const struct cttrace_container *container)
{
	return ct_handle_text(container->is->bundle);
}

const char *cttrace_container_rootfs(const struct cttrace_container *container)
{
	return ct_handle_text(container->is->rootfs);
}

const char *cttrace_container_hostname(const struct cttrace_container *container)
{
	return ct_handle_text(container->is->hostname);
}

const char *cttrace_container_cgroup(const struct cttrace_container *container)
{
	return ct_handle_text(container->is->cgroup);
}

const char *cttrace_container_root_change(const struct cttrace_container *container)
{
	return ct_handle_text(container->is->pivot);
}

const struct cttrace_process *
cttrace_container_monitor(const struct cttrace_container *container)
{
	return ct_handle_process(container->trace, container->is->monitor);
}

const struct cttrace_process *
cttrace_container_runtime_process(const struct cttrace_container *container)
{
	return ct_handle_process(container->trace, container->is->runtime_process);
}

const struct cttrace_process *
cttrace_container_init(const struct cttrace_container *container)
{
	return ct_handle_process(container->trace, container->is->init);
}

const struct cttrace_process *
cttrace_container_payload(const struct cttrace_container *container)
{
	return ct_handle_process(container->trace, container->is->payload);
}

int64_t cttrace_container_payload_ns(const struct cttrace_container *container)
{
	return container->is->payload_ns;
}

int cttrace_container_exit_status(const struct cttrace_container *container)
{
	return ct_handle_status(&container->is->exit, true);
}

int cttrace_container_exit_signal(const struct cttrace_container *container)
{
	return ct_handle_signal(&container->is->exit, true);
}

const struct cttrace_container *
cttrace_container_outer(const struct cttrace_container *container)
{
	return ct_handle_container(container->trace, container->is->outer);
}

bool cttrace_container_is_older(const struct cttrace_container *container)
{
	return container->is->older;
}

static const struct ct_container_ns *
namespace_of(const struct cttrace_container *container, const char *type)
{
	int ns = ct_ns_from_name(type, strlen(type));

	return ns >= 0 && ns < CT_NS_TYPES ? &container->is->ns[ns] : NULL;
}

uint64_t cttrace_container_namespace(const struct cttrace_container *container,
				     const char *type)
{
	const struct ct_container_ns *ns = namespace_of(container, type);

	return ns ? ns->to : 0;
}

const char *cttrace_container_namespace_how(const struct cttrace_container *container,
					    const char *type)
{
	const struct ct_container_ns *ns = namespace_of(container, type);

	return ns ? ct_ns_how_name(ns->how) : NULL;
}

bool cttrace_container_capabilities(const struct cttrace_container *container,
				    const char *set, uint64_t *mask)
{
	const struct ct_caps *caps = &container->is->caps;
	const struct {
		const char *name;
		uint64_t mask;
	} sets[] = {
		{ "bounding", caps->bounding },       { "effective", caps->effective },
		{ "permitted", caps->permitted },     { "ambient", caps->ambient },
		{ "inheritable", caps->inheritable },
	};

	if (!container->is->has_caps)
		return false;
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		if (strcmp(sets[i].name, set) != 0)
			continue;
		*mask = sets[i].mask;
		return true;
	}
	return false;
}

int cttrace_container_no_new_privs(const struct cttrace_container *container)
{
	return container->is->no_new_privs;
}

int cttrace_container_seccomp_instructions(const struct cttrace_container *container)
{
	return container->is->seccomp_instructions;
}

size_t cttrace_container_mount_count(const struct cttrace_container *container)
{
	return container->is->n_mount_table;
}

const char *cttrace_container_mount_target(const struct cttrace_container *container,
					   size_t mount)
{
	return container->is->mount_table[mount].target;
}

const char *cttrace_container_mount_type(const struct cttrace_container *container,
					 size_t mount)
{
	return ct_handle_text(container->is->mount_table[mount].type);
}

const char *cttrace_container_mount_source(const struct cttrace_container *container,
					   size_t mount)
{
	return ct_handle_text(container->is->mount_table[mount].source);
}

const char *cttrace_container_mount_flags(const struct cttrace_container *container,
					  size_t mount)
{
	return ct_handle_text(container->is->mount_table[mount].flags);
}
