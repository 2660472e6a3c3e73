/* SPDX-License-Identifier: MIT */
/*
 * OpenTelemetry spans as OTLP/JSON: a trace for each start, in it a span for each phase
 * and each process, named by the semantic conventions for processes and containers.
 * Mapping: opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding".
 */
#include "otlp.h"

#include "alloc.h"
#include "cttrace/version.h"
#include "formats.h"
#include "label.h"
#include "lookup.h"
#include "otlp_value.h"
#include "phase_owner.h"
#include "stream.h"

#include <stdlib.h>
#include <string.h>

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int by_receiver(const void *left, const void *right)
{
	const struct ct_hand_over *a = left, *b = right;

	if (a->to != b->to)
		return COMPARE(a->to, b->to);
	return COMPARE(a->event, b->event);
}

/* What is worth a mark within the span of a process. */
static bool is_told(const struct ct_fact *fact)
{
	const unsigned int tags = 1U << CT_TAG_ROOT | 1U << CT_TAG_SECCOMP |
				  1U << CT_TAG_PAYLOAD | 1U << CT_TAG_MESSAGE;

	if (fact->process < 0)
		return false;
	if (fact->tags & 1U << CT_TAG_FAILED)
		return !(fact->tags & 1U << CT_TAG_BENIGN);
	return fact->event->kind == CT_EVENT_EXEC ||
	       fact->event->kind == CT_EVENT_SIGNAL || fact->n_ns || fact->tags & tags;
}

/* Sorts what is told by process, keeping the order of time. */
static void find_facts(struct ct_otlp *o)
{
	const struct ct_model *model = o->model;
	size_t *next;

	o->first_fact = ct_alloc((model->n_processes + 1) * sizeof(*o->first_fact));
	for (size_t i = 0; i < model->n_facts; i++)
		if (is_told(&model->facts[i]))
			o->first_fact[model->facts[i].process + 1]++;
	for (size_t i = 0; i < model->n_processes; i++)
		o->first_fact[i + 1] += o->first_fact[i];
	o->facts = ct_alloc((o->first_fact[model->n_processes] + 1) * sizeof(*o->facts));
	next = ct_alloc((model->n_processes + 1) * sizeof(*next));
	memcpy(next, o->first_fact, (model->n_processes + 1) * sizeof(*next));
	for (size_t i = 0; i < model->n_facts; i++)
		if (is_told(&model->facts[i]))
			o->facts[next[model->facts[i].process]++] = i;
	free(next);
}

/* x86_64 and aarch64 have other names in the conventions. */
static const char *host_arch(const char *machine)
{
	static const char *const names[][2] = { { "x86_64", "amd64" },
						{ "aarch64", "arm64" } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (machine && !strcmp(machine, names[i][0]))
			return names[i][1];
	return machine;
}

static json_t *resource(const struct ct_model *model, int group)
{
	const struct ct_trace_header *h = model->header;
	const struct ct_container *c = ct_container_at(model, group);
	const char *command = h->n_command ? ct_basename(h->command[0]) : "cttrace";
	json_t *attributes = json_array();

	ct_otlp_string(attributes, "service.name", c && *c->engine ? c->engine : command);
	ct_otlp_string(attributes, "host.name", h->hostname);
	ct_otlp_string(attributes, "host.arch", host_arch(h->arch));
	ct_otlp_string(attributes, "os.type", "linux");
	ct_otlp_string(attributes, "os.version", h->kernel);
	if (c) {
		const struct ct_process *p = ct_process_at(model, c->payload);

		ct_otlp_string(attributes, "container.id", c->id);
		ct_otlp_string(attributes, "container.runtime.name", c->runtime);
		if (p && c->payload_exec >= 0 && (size_t)c->payload_exec < p->n_execs)
			ct_otlp_strings(attributes, "container.command_args",
					p->execs[c->payload_exec].argv,
					p->execs[c->payload_exec].argc);
	}
	return json_pack("{s:o}", "attributes", attributes);
}

static void add_spans(struct ct_stream *s, const struct ct_otlp *o, int group,
		      const size_t *owners)
{
	const struct ct_model *model = o->model;

	ct_stream_item(s, ct_otlp_root_span(o, group));
	for (size_t i = 0; i < model->n_phases; i++)
		if (model->phases[i].start_ns >= 0 &&
		    ct_otlp_group(model, model->phases[i].container) == group)
			ct_stream_item(s, ct_otlp_phase_span(o, (int)i,
							     owners[i] < model->n_phases
								     ? (int)owners[i]
								     : -1));
	for (size_t i = 0; i < model->n_processes; i++)
		if (ct_otlp_group(model, model->processes[i].container) == group)
			ct_stream_item(s, ct_otlp_process_span(o, (int)i));
}

static void add_group(struct ct_stream *s, const struct ct_otlp *o, int group,
		      const size_t *owners)
{
	ct_stream_open_item(s, '{');
	ct_stream_member(s, "resource", resource(o->model, group));
	ct_stream_open(s, "scopeSpans", '[');
	ct_stream_open_item(s, '{');
	ct_stream_member(
		s, "scope",
		json_pack("{s:s, s:s}", "name", "cttrace", "version", ct_version()));
	ct_stream_open(s, "spans", '[');
	add_spans(s, o, group, owners);
	ct_stream_close(s, ']');
	ct_stream_close(s, '}');
	ct_stream_close(s, ']');
	ct_stream_close(s, '}');
}

static int render_otlp(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_render_options *options, struct ct_error *err)
{
	struct ct_otlp o = { .model = model };
	struct ct_stream s = ct_stream_begin(out, options->ascii);
	size_t *owners = ct_phase_owners(model);

	ct_hand_overs_init(&o.overs, model);
	if (o.overs.n)
		qsort(o.overs.items, o.overs.n, sizeof(*o.overs.items), by_receiver);
	find_facts(&o);
	ct_stream_open(&s, "resourceSpans", '[');
	if (model->n_containers != 1)
		add_group(&s, &o, -1, owners);
	for (size_t i = 0; i < model->n_containers; i++)
		add_group(&s, &o, (int)i, owners);
	ct_stream_close(&s, ']');
	ct_hand_overs_release(&o.overs);
	free(o.facts);
	free(o.first_fact);
	free(owners);
	return ct_stream_end(&s, err);
}

const struct ct_render_format ct_format_otlp = {
	.name = "otlp",
	.description = "OpenTelemetry spans (OTLP/JSON), a trace for each start",
	.views = NULL,
	.render = render_otlp,
};
