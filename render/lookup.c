/* SPDX-License-Identifier: MIT */
/* Following the indexes of a model without trusting them. */
#include "lookup.h"

#include <stdlib.h>

const struct ct_process *ct_process_at(const struct ct_model *model, int index)
{
	if (index < 0 || (size_t)index >= model->n_processes)
		return NULL;
	return &model->processes[index];
}

const struct ct_container *ct_container_at(const struct ct_model *model, int index)
{
	if (index < 0 || (size_t)index >= model->n_containers)
		return NULL;
	return &model->containers[index];
}

const struct ct_meter *ct_meter_at(const struct ct_model *model, int index)
{
	return index >= 0 && (size_t)index < model->n_meters ? &model->meters[index]
							     : NULL;
}

const struct ct_event *ct_event_at(const struct ct_model *model, size_t index)
{
	return index < model->n_facts ? model->facts[index].event : NULL;
}

const struct ct_bus_message *ct_bus_message_at(const struct ct_model *model,
					       const struct ct_fact *fact)
{
	if (fact->bus < 0 || (size_t)fact->bus >= model->n_bus_messages)
		return NULL;
	return &model->bus_messages[fact->bus];
}

const struct ct_exec *ct_exec_of(const struct ct_process *process, size_t event)
{
	size_t low = 0, high = process->n_execs;

	/* they are in the order of their events */
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (process->execs[middle].event < event)
			low = middle + 1;
		else
			high = middle;
	}
	return low < process->n_execs && process->execs[low].event == event
		       ? &process->execs[low]
		       : NULL;
}

/*
 * A container's mounts and its limits are both in the order of their events: gives back
 * where the one of `event` is, or n.
 */
#define FIND_EVENT(items, n, wanted)                                        \
	({                                                                  \
		size_t low_ = 0, high_ = (n);                               \
		while (low_ < high_) {                                      \
			size_t middle_ = (low_ + high_) / 2;                \
			if ((items)[middle_].event < (wanted))              \
				low_ = middle_ + 1;                         \
			else                                                \
				high_ = middle_;                            \
		}                                                           \
		low_ < (n) && (items)[low_].event == (wanted) ? low_ : (n); \
	})

const struct ct_mount *ct_mount_of(const struct ct_container *c, size_t event)
{
	size_t at = c ? FIND_EVENT(c->mounts, c->n_mounts, event) : 0;

	return c && at < c->n_mounts ? &c->mounts[at] : NULL;
}

const struct ct_limit *ct_limit_of(const struct ct_container *c, size_t event)
{
	size_t at = c ? FIND_EVENT(c->limits, c->n_limits, event) : 0;

	return c && at < c->n_limits ? &c->limits[at] : NULL;
}

const struct ct_act *ct_act_of(const struct ct_container *c, size_t event)
{
	size_t at = c ? FIND_EVENT(c->acts, c->n_acts, event) : 0;

	return c && at < c->n_acts ? &c->acts[at] : NULL;
}

bool ct_is_init(const struct ct_model *model, int process)
{
	const struct ct_process *p = ct_process_at(model, process);
	const struct ct_container *c = p ? ct_container_at(model, p->container) : NULL;

	return c && c->init == process;
}

static int compare_wall(const void *event, const void *wall)
{
	size_t a = *(const size_t *)event, b = ((const struct ct_wall *)wall)->event;

	return (a > b) - (a < b);
}

const struct ct_wall *ct_wall_of(const struct ct_model *model, size_t event)
{
	const struct ct_wall *found = NULL;

	if (event >= model->n_facts || !(model->facts[event].tags & 1U << CT_TAG_WALL))
		return NULL;
	for (size_t i = 0; i < model->n_containers && !found; i++)
		if (model->containers[i].n_walls)
			found = bsearch(&event, model->containers[i].walls,
					model->containers[i].n_walls,
					sizeof(struct ct_wall), compare_wall);
	return found;
}

uint64_t ct_namespaces_of_both(const struct ct_model *model, const struct ct_container *a,
			       const struct ct_container *b)
{
	uint64_t both = 0;

	for (int type = 0; type < CT_NS_TYPES; type++) {
		uint64_t its = a->ns[type].to;

		if (its && its == b->ns[type].to &&
		    a->ns[type].maker == b->ns[type].maker && model->header &&
		    its != model->header->host_ns[type])
			both |= ct_ns_clone_flag((enum ct_ns)type);
	}
	return both;
}

bool ct_has_own_pid(const struct ct_model *model, const struct ct_process *process)
{
	uint64_t outside = model->header ? model->header->host_ns[CT_NS_PID] : 0;
	uint64_t inside = process->ns[CT_NS_PID];

	if (outside && inside == outside)
		return false;
	return process->nspid > 0 && process->nspid != process->pid;
}

const struct ct_arg *ct_message_of(const struct ct_event_call *call)
{
	for (size_t i = 0; i < call->n_args; i++)
		if (call->args[i].type == CT_VALUE_STR)
			return &call->args[i];
	return NULL;
}

/* They are in the order of their events. */
const struct ct_net_request *ct_request_of(const struct ct_model *model, size_t event)
{
	size_t low = 0, high = model->n_net_requests;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (model->net_requests[middle].event < event)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == model->n_net_requests || model->net_requests[low].event != event)
		return NULL;
	return &model->net_requests[low];
}

bool ct_is_run_of_filter(const struct ct_model *model, size_t event)
{
	const struct ct_fact *fact = &model->facts[event];
	const struct ct_process *p = ct_process_at(model, fact->process);
	const struct ct_net_request *request;

	if (!(fact->tags & 1U << CT_TAG_NETWORK) || !p || p->role != CT_ROLE_FIREWALL)
		return false;
	request = ct_request_of(model, event);
	return request && !request->error;
}

bool ct_fact_is_shown(const struct ct_model *model, size_t fact)
{
	return !model->selection || model->selection->facts[fact];
}

bool ct_process_is_shown(const struct ct_model *model, int process)
{
	return !model->selection || model->selection->processes[process];
}

bool ct_container_is_shown(const struct ct_model *model, int container)
{
	return !model->selection || model->selection->containers[container];
}
