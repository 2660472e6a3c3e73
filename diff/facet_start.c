/* SPDX-License-Identifier: MIT */
/* Aspects of a start as a whole. */
#include "aspect.h"

#include "headline.h"
#include "label.h"

#include <string.h>

static void add_exit(struct facet *f, const char *name, const struct ct_event_exit *end)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_exit(&sb, end);
	facet_add(f, name, sb.data);
}

void facet_command(struct facet *f)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (f->model->header)
		ct_label_command(&sb, f->model->header->command,
				 f->model->header->n_command, false);
	facet_add(f, "", sb.data);
}

void facet_end(struct facet *f)
{
	if (f->model->exited)
		add_exit(f, "", &f->model->exit);
	else if (f->model->root >= 0)
		facet_add(f, "",
			  f->model->complete ? "it runs still" : "the trace is cut off");
	else
		facet_add(f, "", "recording was ended");
}

/* "3520e0d77aab: echo hello" */
static void add_container(struct facet *f, const char *name, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_id(&sb, c->id);
	if (c->payload >= 0 && c->payload_exec >= 0) {
		const struct ct_exec *exec =
			&f->model->processes[c->payload].execs[c->payload_exec];

		ct_strbuf_adds(&sb, ": ");
		ct_label_command(&sb, exec->argv, exec->argc, false);
	}
	facet_add(f, name, sb.data);
	/* what it is called does not matter */
	f->items[f->n_items - 1].key = 0;
}

/* Which there are; what they are like is compared one by one. */
void facet_containers(struct facet *f)
{
	facet_summary(f, "%zu", f->model->n_containers);
	for (size_t i = 0; i < f->diff->n_containers; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		int container = f->diff->containers[i].container[f->side];

		if (container < 0)
			continue;
		ct_strbuf_addf(&name, "container %zu", i + 1);
		add_container(f, name.data, &f->model->containers[container]);
	}
}

void facet_findings(struct facet *f)
{
	for (size_t i = 0; i < f->model->n_findings; i++)
		if (strcmp(f->model->findings[i].severity, "info") != 0)
			facet_set(f, f->model->findings[i].id, "");
}

void facet_host(struct facet *f)
{
	const struct ct_trace_header *h = f->model->header;

	if (!h)
		return;
	facet_add(f, "kernel", h->kernel);
	facet_add(f, "architecture", h->arch);
	facet_add(f, "cgroups", h->cgroup_mode);
}

/* A different view, rather than a different start. */
void facet_tracing(struct facet *f)
{
	const struct ct_trace_header *h = f->model->header;

	if (!h)
		return;
	facet_add(f, "tracer", h->tracer);
	facet_add(f, "depth", h->depth);
	facet_add(f, "failed calls seen by", h->failures);
	facet_add(f, "complete", f->model->complete ? "yes" : "no: it was cut off");
}
