/* SPDX-License-Identifier: MIT */
/* The C API: findings. */
#include "handle.h"

size_t cttrace_finding_count(const struct cttrace *trace)
{
	return trace->model->n_findings;
}

const struct cttrace_finding *cttrace_finding(const struct cttrace *trace, size_t index)
{
	return &trace->findings[index];
}

const char *cttrace_finding_id(const struct cttrace_finding *finding)
{
	return finding->is->id;
}

const char *cttrace_finding_severity(const struct cttrace_finding *finding)
{
	return finding->is->severity;
}

int cttrace_finding_confidence(const struct cttrace_finding *finding)
{
	return finding->is->confidence;
}

const char *cttrace_finding_title(const struct cttrace_finding *finding)
{
	return finding->is->title;
}

const char *cttrace_finding_cause(const struct cttrace_finding *finding)
{
	return ct_handle_text(finding->is->cause);
}

const char *cttrace_finding_remedy(const struct cttrace_finding *finding)
{
	return ct_handle_text(finding->is->remedy);
}

const struct cttrace_event *cttrace_finding_event(const struct cttrace_finding *finding)
{
	long index = finding->is->event;

	if (index < 0 || (size_t)index >= finding->trace->model->n_facts)
		return NULL;
	return &finding->trace->events[index];
}

size_t cttrace_finding_evidence_count(const struct cttrace_finding *finding)
{
	return finding->is->n_evidence;
}

const char *cttrace_finding_evidence(const struct cttrace_finding *finding, size_t index)
{
	return finding->is->evidence[index];
}
