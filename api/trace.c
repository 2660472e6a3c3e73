/* SPDX-License-Identifier: MIT */
/* The C API: a trace as a whole, and the handles of what is in it. */
#include "handle.h"

#include "alloc.h"

#include <errno.h>
#include <stdlib.h>

/* A handle for each item of an array of the model. */
#define MAKE_HANDLES(t, handles, items, n)                             \
	do {                                                           \
		(handles) = ct_realloc(NULL, (n), sizeof(*(handles))); \
		for (size_t i_ = 0; i_ < (n); i_++) {                  \
			(handles)[i_].trace = (t);                     \
			(handles)[i_].is = &(items)[i_];               \
		}                                                      \
	} while (0)

static struct cttrace *understand(struct ct_trace *data)
{
	struct cttrace *t = ct_alloc(sizeof(*t));
	struct ct_model *m = ct_model_of_trace(data);

	t->data = data;
	t->model = m;
	MAKE_HANDLES(t, t->processes, m->processes, m->n_processes);
	MAKE_HANDLES(t, t->containers, m->containers, m->n_containers);
	MAKE_HANDLES(t, t->phases, m->phases, m->n_phases);
	MAKE_HANDLES(t, t->events, m->facts, m->n_facts);
	MAKE_HANDLES(t, t->findings, m->findings, m->n_findings);
	return t;
}

static struct cttrace *take(struct ct_trace *data, const struct ct_error *err,
			    char **error)
{
	if (data)
		return understand(data);
	if (error)
		*error = ct_strdup(err->text);
	errno = err->code;
	return NULL;
}

struct cttrace *cttrace_open(const char *path, char **error)
{
	struct ct_error err = { 0 };

	return take(ct_trace_open(path, &err), &err, error);
}

struct cttrace *cttrace_read(FILE *in, const char *name, char **error)
{
	struct ct_error err = { 0 };

	return take(ct_trace_read(in, name, &err), &err, error);
}

void cttrace_free(struct cttrace *trace)
{
	if (!trace)
		return;
	free(trace->findings);
	free(trace->events);
	free(trace->phases);
	free(trace->containers);
	free(trace->processes);
	ct_model_free(trace->model);
	ct_trace_free(trace->data);
	free(trace);
}

const struct cttrace_process *ct_handle_process(const struct cttrace *trace, int index)
{
	if (index < 0 || (size_t)index >= trace->model->n_processes)
		return NULL;
	return &trace->processes[index];
}

const struct cttrace_container *ct_handle_container(const struct cttrace *trace,
						    int index)
{
	if (index < 0 || (size_t)index >= trace->model->n_containers)
		return NULL;
	return &trace->containers[index];
}

const char *ct_handle_text(const char *text)
{
	return text && *text ? text : NULL;
}

int ct_handle_status(const struct ct_event_exit *end, bool known)
{
	return known && !end->signal ? end->status : -1;
}

int ct_handle_signal(const struct ct_event_exit *end, bool known)
{
	return known ? end->signal : 0;
}

size_t cttrace_argc(const struct cttrace *trace)
{
	return trace->data->header.n_command;
}

const char *cttrace_argv(const struct cttrace *trace, size_t index)
{
	return trace->data->header.command[index];
}

int cttrace_exit_status(const struct cttrace *trace)
{
	return ct_handle_status(&trace->model->exit, trace->model->exited);
}

int cttrace_exit_signal(const struct cttrace *trace)
{
	return ct_handle_signal(&trace->model->exit, trace->model->exited);
}

int64_t cttrace_duration_ns(const struct cttrace *trace)
{
	return trace->model->end_ns;
}

int64_t cttrace_start_realtime_ns(const struct cttrace *trace)
{
	return trace->data->header.start_realtime_ns;
}

bool cttrace_is_complete(const struct cttrace *trace)
{
	return trace->model->complete;
}

const char *cttrace_kernel(const struct cttrace *trace)
{
	return ct_handle_text(trace->data->header.kernel);
}

const char *cttrace_architecture(const struct cttrace *trace)
{
	return ct_handle_text(trace->data->header.arch);
}

const char *cttrace_hostname(const struct cttrace *trace)
{
	return ct_handle_text(trace->data->header.hostname);
}

const char *cttrace_cgroup_mode(const struct cttrace *trace)
{
	return ct_handle_text(trace->data->header.cgroup_mode);
}

const char *cttrace_tracer(const struct cttrace *trace)
{
	return ct_handle_text(trace->data->header.tracer);
}
