/* SPDX-License-Identifier: MIT */
/* Comparing member by member; on purpose without the rows that the library uses. */
#include "same.h"

#include "test.h"

#include <string.h>

#define SAME_INT(member) CHECK_INT(got->member, want->member)
#define SAME_STR(member) CHECK_STR(got->member, want->member)

static void same_task(struct ct_task_id got, struct ct_task_id want)
{
	CHECK_INT(got.tid, want.tid);
	CHECK_INT(got.serial, want.serial);
}

static void same_args(const struct ct_arg *got, const struct ct_arg *want, size_t n)
{
	for (; n; n--, got++, want++) {
		SAME_STR(name);
		SAME_INT(type);
		SAME_INT(truncated);
		SAME_INT(i);
		SAME_INT(len);
		if (want->type == CT_VALUE_STR)
			CHECK(!memcmp(got->str, want->str, want->len));
		SAME_STR(text);
		SAME_STR(path);
		SAME_INT(ns_inode);
		SAME_INT(ns_type);
		SAME_INT(mount);
		SAME_INT(n_items);
		same_args(got->items, want->items, want->n_items);
	}
}

static void same_ids(const struct ct_ids *got, const struct ct_ids *want)
{
	SAME_INT(real);
	SAME_INT(effective);
	SAME_INT(saved);
	SAME_INT(fs);
}

static void same_status(const struct ct_state *got, const struct ct_state *want)
{
	SAME_STR(comm);
	SAME_STR(groups);
	SAME_INT(tgid);
	SAME_INT(ppid);
	same_ids(&got->uid, &want->uid);
	same_ids(&got->gid, &want->gid);
	SAME_INT(caps.inheritable);
	SAME_INT(caps.permitted);
	SAME_INT(caps.effective);
	SAME_INT(caps.bounding);
	SAME_INT(caps.ambient);
	SAME_INT(n_nspid);
	for (size_t i = 0; i < want->n_nspid; i++)
		SAME_INT(nspid[i]);
	SAME_INT(no_new_privs);
	SAME_INT(seccomp);
	SAME_INT(seccomp_filters);
}

static void same_state(const struct ct_state *got, const struct ct_state *want)
{
	SAME_INT(have);
	same_task(got->of, want->of);
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		SAME_INT(ns[ns]);
	SAME_INT(n_cgroups);
	for (size_t i = 0; i < want->n_cgroups; i++) {
		SAME_INT(cgroups[i].hierarchy);
		SAME_STR(cgroups[i].controllers);
		SAME_STR(cgroups[i].path);
	}
	if (want->have & CT_STATE_STATUS)
		same_status(got, want);
}

static void same_stack(const struct ct_event *got, const struct ct_event *want)
{
	SAME_INT(n_stack);
	for (size_t i = 0; i < want->n_stack; i++) {
		SAME_STR(stack[i].module);
		SAME_STR(stack[i].symbol);
		SAME_STR(stack[i].source);
		SAME_INT(stack[i].offset);
		SAME_INT(stack[i].ip);
	}
}

static void same_bundle(const struct ct_bundle *got, const struct ct_bundle *want)
{
	SAME_STR(path);
	SAME_INT(error);
	SAME_INT(n_config);
	if (want->n_config)
		CHECK(!memcmp(got->config, want->config, want->n_config));
	SAME_INT(cut);
}

static void same_birth(const struct ct_event *got, const struct ct_event *want)
{
	SAME_INT(birth.pid);
	same_task(got->birth.creator, want->birth.creator);
	SAME_INT(birth.how);
	SAME_INT(birth.flags);
}

static void same_call(const struct ct_event *got, const struct ct_event *want)
{
	SAME_STR(call.name);
	SAME_INT(call.nr);
	SAME_INT(call.arch);
	SAME_INT(call.result);
	if (want->call.result == CT_RESULT_VALUE)
		SAME_INT(call.ret);
	if (want->call.result == CT_RESULT_ERROR)
		SAME_INT(call.error);
	SAME_INT(call.mount);
	SAME_INT(call.n_args);
	same_args(got->call.args, want->call.args, want->call.n_args);
}

static void same_exec(const struct ct_event *got, const struct ct_event *want)
{
	SAME_STR(exec.call);
	SAME_STR(exec.path);
	SAME_STR(exec.exe);
	SAME_INT(exec.argc);
	for (size_t i = 0; i < want->exec.argc; i++)
		SAME_STR(exec.argv[i]);
	SAME_INT(exec.argv_truncated);
	SAME_INT(exec.mode);
	SAME_INT(exec.owner);
	SAME_INT(exec.group);
	SAME_STR(exec.cwd);
	SAME_INT(exec.n_env);
	for (size_t i = 0; i < want->exec.n_env; i++)
		SAME_STR(exec.env[i]);
	SAME_INT(exec.env_truncated);
	same_task(got->exec.former, want->exec.former);
}

static void same_exit(const struct ct_event *got, const struct ct_event *want)
{
	SAME_INT(exit.status);
	SAME_INT(exit.signal);
	SAME_INT(exit.core);
}

static void same_signal(const struct ct_event *got, const struct ct_event *want)
{
	SAME_INT(signal);
}

static void same_note(const struct ct_event *got, const struct ct_event *want)
{
	SAME_STR(note.text);
	SAME_INT(note.count);
}

static void check_same_mount(const struct ct_mountinfo *got,
			     const struct ct_mountinfo *want)
{
	SAME_INT(id);
	SAME_INT(parent);
	SAME_INT(dev_major);
	SAME_INT(dev_minor);
	SAME_STR(root);
	SAME_STR(target);
	SAME_STR(options);
	SAME_INT(shared);
	SAME_INT(master);
	SAME_INT(unbindable);
	SAME_STR(type);
	SAME_STR(source);
	SAME_STR(fs_options);
}

static void same_circumstances(const struct ct_circumstances *got,
			       const struct ct_circumstances *want)
{
	CHECK(!got->lsm == !want->lsm);
	if (want->lsm)
		SAME_STR(lsm);
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		SAME_INT(owners[ns]);
	SAME_INT(userns_uid);
	CHECK(!got->mount == !want->mount);
	if (want->mount)
		check_same_mount(got->mount, want->mount);
	SAME_INT(n_limits);
	for (size_t i = 0; i < want->n_limits; i++) {
		SAME_STR(limits[i].name);
		SAME_INT(limits[i].soft);
		SAME_INT(limits[i].hard);
	}
}

static void same_meter(const struct ct_event *got, const struct ct_event *want)
{
	SAME_STR(meter->cgroup);
	for (int f = 0; f < CT_FIGURES; f++)
		SAME_INT(meter->figures[f]);
}

static void same_layers(const struct ct_event *got, const struct ct_event *want)
{
	SAME_INT(n_layers);
	for (size_t i = 0; i < want->n_layers; i++) {
		SAME_STR(layers[i].arg);
		SAME_INT(layers[i].number);
		SAME_INT(layers[i].of);
		SAME_STR(layers[i].directory);
		SAME_STR(layers[i].path);
	}
}

void check_same_event(const struct ct_event *got, const struct ct_event *want)
{
	static void (*const kinds[CT_EVENT_KINDS])(const struct ct_event *,
						   const struct ct_event *) = {
		same_birth,  same_call, same_exec, same_exit,
		same_signal, same_note, same_note, same_meter,
	};

	SAME_INT(kind);
	same_task(got->task, want->task);
	SAME_INT(t_ns);
	SAME_INT(dur_ns);
	kinds[want->kind](got, want);
	if (want->state && got->state)
		same_state(got->state, want->state);
	else
		CHECK(!want->state && !got->state);
	CHECK(!got->circumstances == !want->circumstances);
	if (want->circumstances)
		same_circumstances(got->circumstances, want->circumstances);
	CHECK(!want->bundle == !got->bundle);
	if (want->bundle && got->bundle)
		same_bundle(got->bundle, want->bundle);
	same_layers(got, want);
	CHECK(!want->peer == !got->peer);
	if (want->peer && got->peer) {
		SAME_INT(peer->pid);
		SAME_INT(peer->uid);
		SAME_INT(peer->gid);
		SAME_STR(peer->exe);
	}
	SAME_INT(n_answers);
	same_args(got->answers, want->answers, want->n_answers);
	same_stack(got, want);
}

void check_same_header(const struct ct_trace_header *got,
		       const struct ct_trace_header *want)
{
	SAME_INT(version);
	SAME_INT(n_command);
	for (size_t i = 0; i < want->n_command; i++)
		SAME_STR(command[i]);
	SAME_INT(start_realtime_ns);
	SAME_INT(start_monotonic_ns);
	SAME_STR(kernel);
	SAME_STR(arch);
	SAME_STR(hostname);
	SAME_STR(cgroup_mode);
	SAME_STR(boot_id);
	SAME_STR(tracer);
	SAME_STR(depth);
	SAME_STR(failures);
	SAME_INT(uid);
	for (int ns = 0; ns < CT_NS_LINKS; ns++)
		SAME_INT(host_ns[ns]);
	SAME_INT(n_mounts);
	for (size_t i = 0; i < got->n_mounts; i++)
		check_same_mount(&got->mounts[i], &want->mounts[i]);
}

void check_same_footer(const struct ct_trace_footer *got,
		       const struct ct_trace_footer *want)
{
	SAME_INT(t_ns);
	SAME_INT(events);
	SAME_INT(tasks);
	SAME_INT(calls);
	SAME_INT(failed_calls);
	SAME_INT(signals);
	SAME_INT(gaps);
	SAME_INT(root_ended);
	if (want->root_ended) {
		SAME_INT(root_exit.status);
		SAME_INT(root_exit.signal);
		SAME_INT(root_exit.core);
	}
}
