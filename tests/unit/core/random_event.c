/* SPDX-License-Identifier: MIT */
/* Making random events. */
#include "random.h"

#define TIME_MAX ((INT64_C(1) << 62) - 1)

/* -------- what every event may have -------- */

static void rnd_ids(struct rnd *rnd, struct ct_ids *ids)
{
	ids->real = (uint32_t)rnd_number(rnd, UINT32_MAX);
	ids->effective = (uint32_t)rnd_number(rnd, UINT32_MAX);
	ids->saved = (uint32_t)rnd_number(rnd, UINT32_MAX);
	ids->fs = (uint32_t)rnd_number(rnd, UINT32_MAX);
}

static void rnd_status(struct rnd *rnd, struct ct_state *state)
{
	state->comm = rnd_text(rnd);
	state->groups = rnd_text(rnd);
	state->tgid = (int32_t)rnd_number(rnd, INT32_MAX);
	state->ppid = (int32_t)rnd_number(rnd, INT32_MAX);
	rnd_ids(rnd, &state->uid);
	rnd_ids(rnd, &state->gid);
	state->caps = (struct ct_caps){ rnd_u64(rnd), rnd_u64(rnd), rnd_u64(rnd),
					rnd_u64(rnd), rnd_coin(rnd) };
	state->n_nspid = rnd_below(rnd, 4);
	state->nspid = ct_arena_array(rnd->arena, int32_t, state->n_nspid);
	for (size_t i = 0; i < state->n_nspid; i++)
		state->nspid[i] = (int32_t)rnd_number(rnd, INT32_MAX);
	state->no_new_privs = (int)rnd_below(rnd, 3) - 1;
	state->seccomp = (int)rnd_below(rnd, 4) - 1;
	state->seccomp_filters = (int)rnd_number(rnd, INT32_MAX) - rnd_coin(rnd);
	if (state->seccomp_filters < -1)
		state->seccomp_filters = -1;
}

static struct ct_state *rnd_state(struct rnd *rnd)
{
	struct ct_state *state = ct_arena_array(rnd->arena, struct ct_state, 1);

	state->have = (unsigned int)rnd_below(rnd, 8);
	state->of = rnd_task(rnd);
	for (int ns = 0; (state->have & CT_STATE_NS) && ns < CT_NS_LINKS; ns++)
		state->ns[ns] = (uint64_t)rnd_number(rnd, INT64_MAX);
	if (state->have & CT_STATE_CGROUP) {
		state->n_cgroups = rnd_below(rnd, 4);
		state->cgroups =
			ct_arena_array(rnd->arena, struct ct_cgroup, state->n_cgroups);
	}
	for (size_t i = 0; i < state->n_cgroups; i++) {
		state->cgroups[i].hierarchy = (int)rnd_number(rnd, INT32_MAX);
		state->cgroups[i].controllers = rnd_text(rnd);
		state->cgroups[i].path = rnd_text(rnd);
	}
	if (state->have & CT_STATE_STATUS)
		rnd_status(rnd, state);
	return state;
}

static void rnd_stack(struct rnd *rnd, struct ct_event *event)
{
	event->n_stack = rnd_below(rnd, 4);
	event->stack = ct_arena_array(rnd->arena, struct ct_frame, event->n_stack);
	for (size_t i = 0; i < event->n_stack; i++)
		event->stack[i] =
			(struct ct_frame){ rnd_text(rnd), rnd_text(rnd), rnd_text(rnd),
					   rnd_u64(rnd), rnd_u64(rnd) };
}

/* -------- each kind -------- */

static void rnd_birth(struct rnd *rnd, struct ct_event *event)
{
	event->birth.pid = (int32_t)rnd_number(rnd, INT32_MAX);
	if (rnd_coin(rnd))
		event->birth.creator = rnd_task(rnd);
	event->birth.how = rnd_below(rnd, CT_BIRTH_ATTACHED + 1);
	event->birth.flags = rnd_coin(rnd) ? rnd_u64(rnd) : 0;
}

static void rnd_call(struct rnd *rnd, struct ct_event *event)
{
	struct ct_event_call *call = &event->call;

	call->name = rnd_text(rnd);
	call->nr = (int64_t)rnd_u64(rnd) >> rnd_below(rnd, 64);
	call->arch = rnd_below(rnd, CT_ARCH_UNKNOWN + 1);
	rnd_args(rnd, &call->args, &call->n_args, true, 3);
	call->result = rnd_below(rnd, CT_RESULT_ONGOING + 1);
	if (call->result == CT_RESULT_VALUE)
		call->ret = (int64_t)rnd_u64(rnd);
	if (call->result == CT_RESULT_ERROR)
		call->error = 1 + (int)rnd_below(rnd, 4095);
	call->mount = rnd_number(rnd, INT64_MAX);
}

static void rnd_exec(struct rnd *rnd, struct ct_event *event)
{
	struct ct_event_exec *exec = &event->exec;

	exec->call = rnd_text(rnd);
	exec->path = rnd_text(rnd);
	exec->exe = rnd_text(rnd);
	exec->argc = rnd_below(rnd, 5);
	exec->argv = ct_arena_array(rnd->arena, const char *, exec->argc);
	for (size_t i = 0; i < exec->argc; i++)
		exec->argv[i] = rnd_text(rnd);
	exec->argv_truncated = rnd_coin(rnd);
	exec->mode = (uint32_t)rnd_number(rnd, UINT32_MAX);
	exec->owner = (uint32_t)rnd_number(rnd, UINT32_MAX);
	exec->group = (uint32_t)rnd_number(rnd, UINT32_MAX);
	exec->cwd = rnd_text(rnd);
	exec->n_env = rnd_below(rnd, 5);
	exec->env = ct_arena_array(rnd->arena, const char *, exec->n_env);
	for (size_t i = 0; i < exec->n_env; i++)
		exec->env[i] = rnd_text(rnd);
	exec->env_truncated = rnd_coin(rnd);
	if (rnd_coin(rnd))
		exec->former = rnd_task(rnd);
}

static void rnd_exit(struct rnd *rnd, struct ct_event *event)
{
	if (rnd_coin(rnd))
		event->exit =
			(struct ct_event_exit){ .status = (int)rnd_below(rnd, 256) };
	else
		event->exit = (struct ct_event_exit){ -1, 1 + (int)rnd_below(rnd, 127),
						      rnd_coin(rnd) };
}

static void rnd_signal(struct rnd *rnd, struct ct_event *event)
{
	event->signal = 1 + (int)rnd_below(rnd, 127);
}

static void rnd_note(struct rnd *rnd, struct ct_event *event)
{
	event->note.text = rnd_text(rnd);
	event->note.count = (uint64_t)rnd_number(rnd, INT64_MAX);
}

static struct ct_mountinfo *rnd_mount(struct rnd *rnd)
{
	struct ct_mountinfo *mount = ct_arena_array(rnd->arena, struct ct_mountinfo, 1);

	*mount = (struct ct_mountinfo){
		.id = (uint64_t)rnd_number(rnd, INT64_MAX),
		.dev_minor = (uint32_t)rnd_number(rnd, UINT32_MAX),
		.root = rnd_text(rnd),
		.target = rnd_text(rnd),
		.options = rnd_text(rnd),
		.unbindable = rnd_coin(rnd),
		.type = rnd_text(rnd),
		.source = rnd_text(rnd),
		.fs_options = rnd_text(rnd),
	};
	return mount;
}

static struct ct_circumstances *rnd_circumstances(struct rnd *rnd)
{
	struct ct_circumstances *c =
		ct_arena_array(rnd->arena, struct ct_circumstances, 1);

	if (rnd_coin(rnd))
		c->lsm = rnd_text(rnd);
	for (int ns = 0; ns < CT_NS_TYPES; ns++)
		c->owners[ns] = (uint64_t)rnd_number(rnd, INT64_MAX);
	c->userns_uid = rnd_coin(rnd) ? -1 : rnd_number(rnd, UINT32_MAX);
	if (rnd_coin(rnd))
		c->mount = rnd_mount(rnd);
	c->n_limits = rnd_below(rnd, 4);
	c->limits = ct_arena_array(rnd->arena, struct ct_limit_pair, c->n_limits);
	for (size_t i = 0; i < c->n_limits; i++)
		c->limits[i] = (struct ct_limit_pair){
			rnd_text(rnd),
			rnd_coin(rnd) ? CT_LIMIT_NONE : rnd_number(rnd, INT64_MAX),
			rnd_coin(rnd) ? CT_LIMIT_NONE : rnd_number(rnd, INT64_MAX),
		};
	return c;
}

static struct ct_bundle *rnd_bundle(struct rnd *rnd)
{
	struct ct_bundle *bundle = ct_arena_array(rnd->arena, struct ct_bundle, 1);

	bundle->path = rnd_text(rnd);
	bundle->config = rnd_bytes(rnd, &bundle->n_config);
	bundle->error = (int)rnd_number(rnd, 4095);
	bundle->cut = rnd_coin(rnd);
	return bundle;
}

static struct ct_peer *rnd_peer(struct rnd *rnd)
{
	struct ct_peer *peer = ct_arena_array(rnd->arena, struct ct_peer, 1);

	peer->pid = 1 + (int32_t)rnd_number(rnd, INT32_MAX - 1);
	peer->uid = (uint32_t)rnd_number(rnd, UINT32_MAX);
	peer->gid = (uint32_t)rnd_number(rnd, UINT32_MAX);
	peer->exe = rnd_text(rnd);
	return peer;
}

static void rnd_layers(struct rnd *rnd, struct ct_event *event)
{
	event->n_layers = rnd_below(rnd, 3);
	event->layers =
		ct_arena_array(rnd->arena, struct ct_lower_layer, event->n_layers);
	for (size_t i = 0; i < event->n_layers; i++)
		event->layers[i] = (struct ct_lower_layer){
			rnd_text(rnd),
			(int)rnd_number(rnd, INT32_MAX),
			(int)rnd_number(rnd, INT32_MAX),
			rnd_text(rnd),
			rnd_text(rnd),
		};
}

static void rnd_answers(struct rnd *rnd, struct ct_event *event)
{
	if (rnd_coin(rnd))
		rnd_args(rnd, &event->answers, &event->n_answers, false, 2);
}

static void rnd_meter(struct rnd *rnd, struct ct_event *event)
{
	event->meter = ct_arena_array(rnd->arena, struct ct_event_meter, 1);
	event->meter->cgroup = rnd_text(rnd);
	for (int f = 0; f < CT_FIGURES; f++)
		event->meter->figures[f] = rnd_coin(rnd) ? -1 : rnd_number(rnd, INT64_MAX);
}

void rnd_event(struct rnd *rnd, struct ct_event *event)
{
	static void (*const kinds[CT_EVENT_KINDS])(struct rnd *, struct ct_event *) = {
		rnd_birth,  rnd_call, rnd_exec, rnd_exit,
		rnd_signal, rnd_note, rnd_note, rnd_meter,
	};

	*event = (struct ct_event){ .kind = rnd_below(rnd, CT_EVENT_KINDS) };
	event->task = rnd_task(rnd);
	event->t_ns = rnd_number(rnd, TIME_MAX);
	event->dur_ns = rnd_coin(rnd) ? -1 : rnd_number(rnd, TIME_MAX);
	kinds[event->kind](rnd, event);
	if (rnd_coin(rnd))
		event->state = rnd_state(rnd);
	if (rnd_coin(rnd))
		event->circumstances = rnd_circumstances(rnd);
	if (rnd_coin(rnd))
		event->bundle = rnd_bundle(rnd);
	if (rnd_coin(rnd))
		rnd_layers(rnd, event);
	if (rnd_coin(rnd))
		event->peer = rnd_peer(rnd);
	rnd_answers(rnd, event);
	rnd_stack(rnd, event);
}
