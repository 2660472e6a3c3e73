/* SPDX-License-Identifier: MIT */
/* The C API: processes. */
#include "handle.h"

#include <string.h>

size_t cttrace_process_count(const struct cttrace *trace)
{
	return trace->model->n_processes;
}

const struct cttrace_process *cttrace_process(const struct cttrace *trace, size_t index)
{
	return &trace->processes[index];
}

int cttrace_process_pid(const struct cttrace_process *process)
{
	return process->is->pid;
}

uint32_t cttrace_process_serial(const struct cttrace_process *process)
{
	return process->is->serial;
}

int cttrace_process_nspid(const struct cttrace_process *process)
{
	return process->is->nspid;
}

const char *cttrace_process_name(const struct cttrace_process *process)
{
	return ct_handle_text(process->is->comm);
}

const char *cttrace_process_role(const struct cttrace_process *process)
{
	return ct_role_name(process->is->role);
}

const struct cttrace_process *
cttrace_process_parent(const struct cttrace_process *process)
{
	return ct_handle_process(process->trace, process->is->ppid_process);
}

const struct cttrace_process *
cttrace_process_creator(const struct cttrace_process *process)
{
	return ct_handle_process(process->trace, process->is->creator);
}

const struct cttrace_container *
cttrace_process_container(const struct cttrace_process *process)
{
	return ct_handle_container(process->trace, process->is->container);
}

bool cttrace_process_is_inside(const struct cttrace_process *process)
{
	return process->is->inside;
}

int64_t cttrace_process_born_ns(const struct cttrace_process *process)
{
	return process->is->born_ns;
}

int64_t cttrace_process_exited_ns(const struct cttrace_process *process)
{
	return process->is->exited_ns;
}

int cttrace_process_exit_status(const struct cttrace_process *process)
{
	return ct_handle_status(&process->is->exit, process->is->exited_ns >= 0);
}

int cttrace_process_exit_signal(const struct cttrace_process *process)
{
	return ct_handle_signal(&process->is->exit, process->is->exited_ns >= 0);
}

size_t cttrace_process_thread_count(const struct cttrace_process *process)
{
	return process->is->n_threads;
}

size_t cttrace_process_failed_calls(const struct cttrace_process *process)
{
	return process->is->n_failed;
}

uint64_t cttrace_process_namespace(const struct cttrace_process *process,
				   const char *type)
{
	int ns = ct_ns_from_name(type, strlen(type));

	return ns >= 0 && ns < CT_NS_TYPES ? process->is->ns[ns] : 0;
}

size_t cttrace_process_exec_count(const struct cttrace_process *process)
{
	return process->is->n_execs;
}

int64_t cttrace_process_exec_ns(const struct cttrace_process *process, size_t exec)
{
	return process->is->execs[exec].t_ns;
}

const char *cttrace_process_exec_path(const struct cttrace_process *process, size_t exec)
{
	return process->is->execs[exec].path;
}

size_t cttrace_process_exec_argc(const struct cttrace_process *process, size_t exec)
{
	return process->is->execs[exec].argc;
}

const char *cttrace_process_exec_argv(const struct cttrace_process *process, size_t exec,
				      size_t index)
{
	return process->is->execs[exec].argv[index];
}
