/* SPDX-License-Identifier: MIT */
/*
 * OpenTelemetry spans as OTLP/JSON: a trace for each start, in it a span for each phase
 * and each process, named by the semantic conventions for processes and containers.
 * Mapping: opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding".
 */
#include "otlp.h"

#include "alloc.h"
#include "cttrace/version.h"
#include "filter_note.h"
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
static bool is_telling(const struct ct_fact *fact)
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

/* Of what a filter selects, everything. */
static bool is_told(const struct ct_model *model, size_t fact)
{
	if (model->selection)
		return model->selection->facts[fact] && model->facts[fact].process >= 0;
	return is_telling(&model->facts[fact]);
}

/* Sorts what is told by process, keeping the order of time. */
static void find_facts(struct ct_otlp *o)
{
	const struct ct_model *model = o->model;
	size_t *next;

	o->first_fact = ct_alloc((model->n_processes + 1) * sizeof(*o->first_fact));
	for (size_t i = 0; i < model->n_facts; i++)
		if (is_told(model, i))
			o->first_fact[model->facts[i].process + 1]++;
	for (size_t i = 0; i < model->n_processes; i++)
		o->first_fact[i + 1] += o->first_fact[i];
	o->facts = ct_alloc((o->first_fact[model->n_processes] + 1) * sizeof(*o->facts));
	next = ct_alloc((model->n_processes + 1) * sizeof(*next));
	memcpy(next, o->first_fact, (model->n_processes + 1) * sizeof(*next));
	for (size_t i = 0; i < model->n_facts; i++)
		if (is_told(model, i))
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
	CT_CLEANUP_STRBUF struct ct_strbuf note = CT_STRBUF_INIT;
	json_t *attributes = json_array();

	ct_otlp_string(attributes, "service.name", c && *c->engine ? c->engine : command);
	ct_otlp_string(attributes, "host.name", h->hostname);
	ct_otlp_string(attributes, "host.arch", host_arch(h->arch));
	ct_otlp_string(attributes, "os.type", "linux");
	ct_otlp_string(attributes, "os.version", h->kernel);
	ct_filter_note(&note, model, "");
	if (note.len)
		ct_otlp_string(attributes, "cttrace.filter", note.data);
	if (!model->complete)
		ct_otlp_string(attributes, "cttrace.missing",
			       "the end: the trace is cut off");
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

/* What belongs to each trace: its first phase and process + 1, and those that follow. */
struct groups {
	size_t *first_phase, *next_phase, *first_process, *next_process;
};

static void list(size_t *first, size_t *next, int group, size_t item)
{
	next[item] = first[group + 1];
	first[group + 1] = item + 1;
}

static void find_groups(struct groups *groups, const struct ct_model *model)
{
	size_t n = model->n_containers + 1;

	groups->first_phase = ct_alloc(n * sizeof(size_t));
	groups->first_process = ct_alloc(n * sizeof(size_t));
	groups->next_phase = ct_alloc((model->n_phases + 1) * sizeof(size_t));
	groups->next_process = ct_alloc((model->n_processes + 1) * sizeof(size_t));
	for (size_t i = model->n_phases; i-- > 0;)
		list(groups->first_phase, groups->next_phase,
		     ct_otlp_group(model, model->phases[i].container), i);
	for (size_t i = model->n_processes; i-- > 0;)
		if (ct_process_is_shown(model, (int)i))
			list(groups->first_process, groups->next_process,
			     ct_otlp_group(model, model->processes[i].container), i);
}

static void release_groups(struct groups *groups)
{
	free(groups->first_phase);
	free(groups->first_process);
	free(groups->next_phase);
	free(groups->next_process);
}

static void add_spans(struct ct_stream *s, const struct ct_otlp *o, int group,
		      const struct groups *groups, const size_t *owners)
{
	const struct ct_model *model = o->model;
	size_t i;

	ct_stream_item(s, ct_otlp_root_span(o, group));
	for (i = groups->first_phase[group + 1]; i; i = groups->next_phase[i - 1])
		if (model->phases[i - 1].start_ns >= 0)
			ct_stream_item(s,
				       ct_otlp_phase_span(o, (int)i - 1,
							  owners[i - 1] < model->n_phases
								  ? (int)owners[i - 1]
								  : -1));
	for (i = groups->first_process[group + 1]; i; i = groups->next_process[i - 1])
		ct_stream_item(s, ct_otlp_process_span(o, (int)i - 1));
}

static void add_group(struct ct_stream *s, const struct ct_otlp *o, int group,
		      const struct groups *groups, const size_t *owners)
{
	ct_stream_open_item(s, '{');
	ct_stream_member(s, "resource", resource(o->model, group));
	ct_stream_open(s, "scopeSpans", '[');
	ct_stream_open_item(s, '{');
	ct_stream_member(
		s, "scope",
		json_pack("{s:s, s:s}", "name", "cttrace", "version", ct_version()));
	ct_stream_open(s, "spans", '[');
	add_spans(s, o, group, groups, owners);
	ct_stream_close(s, ']');
	ct_stream_close(s, '}');
	ct_stream_close(s, ']');
	ct_stream_close(s, '}');
}

static int render_otlp(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_render_options *options, struct ct_error *err)
{
	struct ct_otlp o = { .model = model };
	struct ct_stream s = ct_stream_begin(out, options);
	size_t *owners = ct_phase_owners(model);
	struct groups groups;

	find_groups(&groups, model);
	ct_hand_overs_init(&o.overs, model);
	if (o.overs.n)
		qsort(o.overs.items, o.overs.n, sizeof(*o.overs.items), by_receiver);
	find_facts(&o);
	if (options->lessons)
		ct_event_lessons_init(&o.lessons, model);
	ct_stream_open(&s, "resourceSpans", '[');
	if (model->n_containers != 1)
		add_group(&s, &o, -1, &groups, owners);
	for (size_t i = 0; i < model->n_containers; i++)
		add_group(&s, &o, (int)i, &groups, owners);
	ct_stream_close(&s, ']');
	ct_hand_overs_release(&o.overs);
	ct_event_lessons_release(&o.lessons);
	free(o.facts);
	free(o.first_fact);
	release_groups(&groups);
	free(owners);
	return ct_stream_end(&s, err);
}

const struct ct_render_format ct_format_otlp = {
	.name = "otlp",
	.description = "OpenTelemetry spans (OTLP/JSON), a trace for each start",
	.views = NULL,
	.render = render_otlp,
};
