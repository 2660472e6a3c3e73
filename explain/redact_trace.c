/* SPDX-License-Identifier: MIT */
/* Walks all strings of a trace, twice: to learn, and to replace. */
#include "cttrace/redact.h"

#include "redact.h"

#include <string.h>

static void hide(struct redactor *r, const char **text)
{
	size_t len;

	if (!*text)
		return;
	len = strlen(*text);
	*text = redactor_apply(r, *text, &len);
}

static void hide_list(struct redactor *r, const char **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hide(r, &list[i]);
}

/* -------- to learn -------- */

/* recursive: as deep as the arguments of a call */
static void learn_arg(struct redactor *r, const struct ct_arg *arg)
{
	if (arg->path)
		redactor_learn_homes(r, arg->path, strlen(arg->path));
	if (arg->type == CT_VALUE_STR && arg->str)
		redactor_learn_homes(r, arg->str, arg->len);
	for (size_t i = 0; i < arg->n_items; i++)
		learn_arg(r, &arg->items[i]);
}

static void learn_text(struct redactor *r, const char *text)
{
	if (text)
		redactor_learn_homes(r, text, strlen(text));
}

/* What was seen where a call had failed names users as well. */
static void learn_stop(struct redactor *r, const struct ct_event *event)
{
	const struct ct_circumstances *c = event->circumstances;

	if (c && c->mount) {
		learn_text(r, c->mount->root);
		learn_text(r, c->mount->target);
		learn_text(r, c->mount->source);
	}
	if (event->program)
		learn_text(r, event->program->interpreter);
	for (size_t i = 0; i < event->n_lacks; i++)
		learn_text(r, event->lacks[i].needed_by);
	for (size_t i = 0; i < event->n_stack; i++) {
		learn_text(r, event->stack[i].module);
		learn_text(r, event->stack[i].source);
	}
}

static void learn_event(struct redactor *r, const struct ct_event *event)
{
	learn_stop(r, event);
	if (event->kind == CT_EVENT_EXEC)
		redactor_learn_command(r, event->exec.argv, event->exec.argc);
	if (event->kind == CT_EVENT_CALL)
		for (size_t i = 0; i < event->call.n_args; i++)
			learn_arg(r, &event->call.args[i]);
	if (event->bundle && event->bundle->config)
		redactor_learn_config(r, event->bundle->config, event->bundle->n_config);
}

/* -------- to replace -------- */

/* recursive: as deep as the arguments of a call */
static void hide_arg(struct redactor *r, struct ct_arg *arg)
{
	if (arg->type == CT_VALUE_STR && arg->str)
		arg->str = redactor_apply(r, arg->str, &arg->len);
	hide(r, &arg->text);
	hide(r, &arg->path);
	for (size_t i = 0; i < arg->n_items; i++)
		hide_arg(r, &arg->items[i]);
}

static void hide_state(struct redactor *r, struct ct_state *state)
{
	hide(r, &state->comm);
	for (size_t i = 0; i < state->n_cgroups; i++)
		hide(r, &state->cgroups[i].path);
}

static void hide_mount(struct redactor *r, struct ct_mountinfo *mount)
{
	hide(r, &mount->root);
	hide(r, &mount->target);
	hide(r, &mount->source);
	hide(r, &mount->options);
	hide(r, &mount->fs_options);
}

/* As in the config.json that asks for them: the names of variables say enough. */
static void hide_variables(struct redactor *r, const char **env, size_t n)
{
	for (size_t i = 0; i < n; i++)
		env[i] = redactor_variable(r, env[i], strlen(env[i]));
}

static void hide_bundle(struct redactor *r, struct ct_bundle *bundle)
{
	hide(r, &bundle->path);
	if (bundle->config)
		bundle->config = redactor_config(r, bundle->config, &bundle->n_config);
}

static void hide_event(struct redactor *r, struct ct_event *event)
{
	if (event->kind == CT_EVENT_EXEC) {
		hide(r, &event->exec.path);
		hide(r, &event->exec.exe);
		hide_list(r, event->exec.argv, event->exec.argc);
		hide(r, &event->exec.cwd);
		hide_variables(r, event->exec.env, event->exec.n_env);
	}
	if (event->kind == CT_EVENT_CALL)
		for (size_t i = 0; i < event->call.n_args; i++)
			hide_arg(r, &event->call.args[i]);
	if (event->kind == CT_EVENT_METER)
		hide(r, &event->meter->cgroup);
	if (event->kind == CT_EVENT_NOTE || event->kind == CT_EVENT_GAP)
		hide(r, &event->note.text);
	if (event->state)
		hide_state(r, event->state);
	if (event->program && event->program->head)
		event->program->head =
			redactor_apply(r, event->program->head, &event->program->n_head);
	if (event->program)
		hide(r, &event->program->interpreter);
	for (size_t i = 0; i < event->n_lacks; i++) {
		hide(r, &event->lacks[i].library);
		hide(r, &event->lacks[i].needed_by);
	}
	if (event->circumstances && event->circumstances->mount)
		hide_mount(r, event->circumstances->mount);
	if (event->bundle)
		hide_bundle(r, event->bundle);
	if (event->peer)
		hide(r, &event->peer->exe);
	for (size_t i = 0; i < event->n_layers; i++) {
		hide(r, &event->layers[i].directory);
		hide(r, &event->layers[i].path);
	}
	for (size_t i = 0; i < event->n_stack; i++) {
		hide(r, &event->stack[i].module);
		hide(r, &event->stack[i].source);
	}
}

static const struct ct_mountinfo *hide_mounts(struct redactor *r,
					      const struct ct_mountinfo *mounts, size_t n)
{
	struct ct_mountinfo *hidden =
		ct_arena_memdup(r->arena, mounts, n * sizeof(*mounts));

	for (size_t i = 0; i < n; i++)
		hide_mount(r, &hidden[i]);
	return hidden;
}

void ct_redact(struct ct_trace *trace)
{
	struct redactor r = { .arena = &trace->arena };
	struct ct_trace_header *header = &trace->header;

	redactor_learn_host(&r, header->hostname);
	redactor_learn_command(&r, header->command, header->n_command);
	for (size_t i = 0; i < header->n_command; i++)
		redactor_learn_homes(&r, header->command[i], strlen(header->command[i]));
	for (size_t i = 0; i < trace->n_events; i++)
		learn_event(&r, &trace->events[i]);
	if (header->n_mounts)
		header->mounts = hide_mounts(&r, header->mounts, header->n_mounts);
	hide(&r, &header->hostname);
	hide_list(&r, header->command, header->n_command);
	for (size_t i = 0; i < trace->n_events; i++)
		hide_event(&r, &trace->events[i]);
	redactor_release(&r);
}
