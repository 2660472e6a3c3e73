/* SPDX-License-Identifier: MIT */
/* The C API: phases. */
#include "handle.h"

size_t cttrace_phase_count(const struct cttrace *trace)
{
	return trace->model->n_phases;
}

const struct cttrace_phase *cttrace_phase(const struct cttrace *trace, size_t index)
{
	return &trace->phases[index];
}

const char *cttrace_phase_name(const struct cttrace_phase *phase)
{
	return phase->is->name;
}

int cttrace_phase_step(const struct cttrace_phase *phase)
{
	return (int)phase->is->step;
}

int64_t cttrace_phase_start_ns(const struct cttrace_phase *phase)
{
	return phase->is->start_ns;
}

int64_t cttrace_phase_end_ns(const struct cttrace_phase *phase)
{
	return phase->is->end_ns;
}

int64_t cttrace_phase_busy_ns(const struct cttrace_phase *phase)
{
	return phase->is->busy_ns;
}

const struct cttrace_container *cttrace_phase_container(const struct cttrace_phase *phase)
{
	return ct_handle_container(phase->trace, phase->is->container);
}

const struct cttrace_process *cttrace_phase_leader(const struct cttrace_phase *phase)
{
	return ct_handle_process(phase->trace, phase->is->process);
}

const char *cttrace_phase_detail(const struct cttrace_phase *phase)
{
	return ct_handle_text(phase->is->detail);
}
