/* SPDX-License-Identifier: MIT */
/*
 * What a trace means: processes and their roles, containers, namespaces, cgroups, phases.
 * Computed anew from the observations whenever a trace is read, or event by event while
 * it is being recorded; nothing in here does input or output.
 *
 * Indexes: every array below is indexed by the plain `int` that other records hold; -1 is
 * "none". Pointers handed out are valid until the next ct_model_feed().
 */
#ifndef CTTRACE_MODEL_H
#define CTTRACE_MODEL_H

#include "cttrace/event.h"
#include "cttrace/facts/asked.h"
#include "cttrace/facts/bus.h"
#include "cttrace/facts/container.h"
#include "cttrace/facts/fact.h"
#include "cttrace/facts/finding.h"
#include "cttrace/facts/handover.h"
#include "cttrace/facts/limit.h"
#include "cttrace/facts/meter.h"
#include "cttrace/facts/mount.h"
#include "cttrace/facts/network.h"
#include "cttrace/facts/phase.h"
#include "cttrace/facts/process.h"
#include "cttrace/facts/wall.h"
#include "cttrace/seccomp.h"
#include "cttrace/trace.h"

/* What a filter lets a picture show: see cttrace/query.h. */
struct ct_selection {
	const char *expression;
	bool each; /* it asks for calls: each is told by itself, nothing is summed up */
	/* by index; of processes and containers: is any of their facts selected? */
	const bool *facts, *processes, *containers;
	const size_t *places; /* of facts that are shown: their index among these */
	const size_t *shown;  /* the facts that are, in order */
	size_t n_shown;
};

struct ct_model {
	const struct ct_trace_header *header;
	struct ct_fact *facts; /* one per event that was fed, in order */
	size_t n_facts;
	struct ct_process *processes;
	size_t n_processes;
	struct ct_container *containers;
	size_t n_containers;
	struct ct_ns_change *ns_changes;
	size_t n_ns_changes;
	struct ct_cgroup_change *cgroup_changes;
	size_t n_cgroup_changes;
	struct ct_bus_message *bus_messages;
	size_t n_bus_messages;
	struct ct_meter *meters;
	size_t n_meters;
	struct ct_net_request *net_requests;
	size_t n_net_requests;
	struct ct_network *networks; /* who joined them: after ct_model_finish() */
	size_t n_networks;
	/* made by ct_model_finish(): */
	struct ct_phase *phases;
	size_t n_phases;
	struct ct_finding *findings;
	size_t n_findings;
	struct ct_handover *handovers; /* in the order of their events */
	size_t n_handovers;
	int root; /* process index of the traced command; -1 when attached */
	int64_t end_ns;
	bool complete;
	struct ct_event_exit exit;            /* of the traced command */
	bool exited;                          /* it has */
	const struct ct_selection *selection; /* NULL: everything is shown */
};

/* Both arguments must stay alive as long as the model. */
struct ct_model *ct_model_new(const struct ct_trace_header *header);
/* Events in the order of the trace. The event must stay alive as long as the model. */
void ct_model_feed(struct ct_model *model, const struct ct_event *event);
/* Computes phases and findings; may be called again after more events. `footer` may be
 * NULL. */
void ct_model_finish(struct ct_model *model, const struct ct_trace_footer *footer);
void ct_model_free(struct ct_model *model);

/* new + feed all + finish. */
struct ct_model *ct_model_of_trace(const struct ct_trace *trace);

/* "cap_sys_admin" …; NULL for a bit without a name. Bits to 40 are known. */
const char *ct_cap_name(unsigned int bit);

#endif
