/* SPDX-License-Identifier: MIT */
/* What an index of the model means; NULL for -1 and for any other that is out of range.
 */
#ifndef CTTRACE_RENDER_LOOKUP_H
#define CTTRACE_RENDER_LOOKUP_H

#include "cttrace/model.h"

const struct ct_process *ct_process_at(const struct ct_model *model, int index);
const struct ct_container *ct_container_at(const struct ct_model *model, int index);
const struct ct_meter *ct_meter_at(const struct ct_model *model, int index);
const struct ct_event *ct_event_at(const struct ct_model *model, size_t index);
/* The exec that an event of the process was; NULL when it was none. */
const struct ct_exec *ct_exec_of(const struct ct_process *process, size_t event);
/* The mount, or the limit, that an event of the container was; NULL when it was none. */
const struct ct_mount *ct_mount_of(const struct ct_container *container, size_t event);
const struct ct_limit *ct_limit_of(const struct ct_container *container, size_t event);
/* What an event of the container set for it; NULL when it set nothing. */
const struct ct_act *ct_act_of(const struct ct_container *container, size_t event);
/* The first D-Bus message that began with this event; NULL when none did. */
const struct ct_bus_message *ct_bus_message_at(const struct ct_model *model,
					       const struct ct_fact *fact);
/* What a payload tried with that event for the first time; NULL: nothing. */
const struct ct_wall *ct_wall_of(const struct ct_model *model, size_t event);
/* Namespaces that two containers have together and the host has not, as CLONE_NEW… flags.
 */
uint64_t ct_namespaces_of_both(const struct ct_model *model, const struct ct_container *a,
			       const struct ct_container *b);
/* Is its pid another one in the pid namespace that it is in? */
bool ct_has_own_pid(const struct ct_model *model, const struct ct_process *process);
/* Is it the first process of a container? */
bool ct_is_init(const struct ct_model *model, int process);

/* What is known of the network namespace that had that number then; NULL: nothing. */
const struct ct_network *ct_network_of(const struct ct_model *model, uint64_t inode,
				       int64_t t_ns);

/* The first request that an event has made over netlink; NULL when it made none. */
const struct ct_net_request *ct_request_of(const struct ct_model *model, size_t event);

/* A request that went well of iptables, nft, …: its command line says the same. */
bool ct_is_run_of_filter(const struct ct_model *model, size_t event);

/* What a call has written: its first argument that is text; NULL if it is not known. */
const struct ct_arg *ct_message_of(const struct ct_event_call *call);

/* What a filter left: everything, when there is none. */
bool ct_fact_is_shown(const struct ct_model *model, size_t fact);
bool ct_process_is_shown(const struct ct_model *model, int process);
bool ct_container_is_shown(const struct ct_model *model, int container);

#endif
