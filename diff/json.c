/* SPDX-License-Identifier: MIT */
/* A comparison for programs; docs/diff.md and docs/diff.schema.json describe it. */
#include "formats.h"

#include "cttrace/errno.h"
#include "cttrace/signal.h"
#include "json_out.h"

#include <string.h>

#define SCHEMA "cttrace-diff/1"

static void text(struct ct_json_out *out, const char *key, const char *value)
{
	ct_json_out_key(out, key);
	if (value)
		ct_json_out_text(out, value);
	else
		ct_json_out_word(out, "null");
}

/* -1 is null. */
static void number(struct ct_json_out *out, const char *key, int64_t value)
{
	ct_json_out_key(out, key);
	if (value >= 0)
		ct_json_out_int(out, value);
	else
		ct_json_out_word(out, "null");
}

static void truth(struct ct_json_out *out, const char *key, bool value)
{
	ct_json_out_key(out, key);
	ct_json_out_word(out, value ? "true" : "false");
}

static void open_list(struct ct_json_out *out, const char *key)
{
	ct_json_out_key(out, key);
	ct_json_out_open(out, '[');
}

static const char *const side_names[] = { [CT_DIFF_A] = "a", [CT_DIFF_B] = "b" };

static void ending(struct ct_json_out *out, const struct ct_model *model)
{
	ct_json_out_key(out, "exit");
	if (!model->exited) {
		ct_json_out_word(out, "null");
		return;
	}
	ct_json_out_open(out, '{');
	if (model->exit.signal)
		text(out, "signal", ct_signal_name(model->exit.signal));
	else
		number(out, "status", model->exit.status);
	ct_json_out_close(out, '}');
}

static void start(struct ct_json_out *out, const struct ct_diff *diff,
		  enum ct_diff_side side, const char *name)
{
	const struct ct_model *model = diff->model[side];

	ct_json_out_key(out, side_names[side]);
	ct_json_out_open(out, '{');
	text(out, "name", name);
	open_list(out, "command");
	for (size_t i = 0; model->header && i < model->header->n_command; i++)
		ct_json_out_text(out, model->header->command[i]);
	ct_json_out_close(out, ']');
	ending(out, model);
	number(out, "duration_ns", model->end_ns);
	truth(out, "complete", model->complete);
	truth(out, "failed", ct_diagnosis_failed(diff->diagnosis[side]));
	number(out, "processes", (int64_t)model->n_processes);
	ct_json_out_close(out, '}');
}

static void process(struct ct_json_out *out, const char *key,
		    const struct ct_model *model, int index)
{
	const struct ct_process *p = index < 0 ? NULL : &model->processes[index];

	ct_json_out_key(out, key);
	if (!p) {
		ct_json_out_word(out, "null");
		return;
	}
	ct_json_out_open(out, '{');
	number(out, "pid", p->pid);
	number(out, "serial", p->serial);
	text(out, "role", ct_role_name(p->role));
	text(out, "comm", p->comm);
	ct_json_out_close(out, '}');
}

static void outcome(struct ct_json_out *out, const struct ct_event *event)
{
	if (event->kind == CT_EVENT_EXIT) {
		number(out, "status", event->exit.status);
		return;
	}
	if (event->kind != CT_EVENT_CALL)
		return;
	if (event->call.result == CT_RESULT_ERROR) {
		text(out, "error", ct_errno_name(event->call.error));
	} else if (event->call.result == CT_RESULT_VALUE) {
		ct_json_out_key(out, "result");
		ct_json_out_int(out, event->call.ret);
	}
}

/* The index leads to everything else in the report of that trace. */
static void event(struct ct_json_out *out, const char *key, const struct ct_model *model,
		  long index)
{
	const struct ct_fact *fact = index < 0 ? NULL : &model->facts[index];

	ct_json_out_key(out, key);
	if (!fact) {
		ct_json_out_word(out, "null");
		return;
	}
	ct_json_out_open(out, '{');
	number(out, "event", index);
	number(out, "t_ns", fact->event->t_ns);
	text(out, "name",
	     fact->event->kind == CT_EVENT_CALL ? fact->event->call.name
						: ct_event_kind_name(fact->event->kind));
	if (fact->event->kind == CT_EVENT_CALL) {
		open_list(out, "args");
		for (size_t i = 0; i < fact->event->call.n_args; i++)
			ct_json_out_text(out, fact->event->call.args[i].text);
		ct_json_out_close(out, ']');
	}
	if (fact->event->kind == CT_EVENT_EXEC)
		text(out, "path", fact->event->exec.path);
	outcome(out, fact->event);
	process(out, "process", model, fact->process);
	ct_json_out_close(out, '}');
}

static void deviations(struct ct_json_out *out, const struct ct_diff *diff)
{
	open_list(out, "deviations");
	for (size_t i = 0; i < diff->n_deviations; i++) {
		const struct ct_diff_deviation *d = &diff->deviations[i];

		ct_json_out_open(out, '{');
		text(out, "failed", side_names[d->failed]);
		for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
			event(out, side_names[side], diff->model[side], d->event[side]);
		truth(out, "counterpart_ok", d->counterpart_ok);
		event(out, "last_common", diff->model[d->failed], d->last_common);
		text(out, "title", d->diagnosis->title);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void items(struct ct_json_out *out, const struct ct_diff_aspect *aspect)
{
	open_list(out, "items");
	for (size_t i = 0; i < aspect->n_items; i++) {
		ct_json_out_open(out, '{');
		text(out, "name", aspect->items[i].name);
		text(out, "a", aspect->items[i].value[CT_DIFF_A]);
		text(out, "b", aspect->items[i].value[CT_DIFF_B]);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void container(struct ct_json_out *out, const struct ct_diff *diff, int index)
{
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES && index >= 0; side++) {
		int c = diff->containers[index].container[side];

		text(out, side == CT_DIFF_A ? "container_a" : "container_b",
		     c < 0 ? NULL : diff->model[side]->containers[c].id);
	}
}

static void aspects(struct ct_json_out *out, const struct ct_diff *diff)
{
	open_list(out, "aspects");
	for (size_t i = 0; i < diff->n_aspects; i++) {
		const struct ct_diff_aspect *aspect = &diff->aspects[i];

		if (!aspect->known)
			continue;
		ct_json_out_open(out, '{');
		text(out, "name", aspect->name);
		container(out, diff, aspect->container);
		truth(out, "same", !aspect->n_items && !aspect->unknown);
		truth(out, "compared", !aspect->unknown);
		text(out, "a", aspect->summary[CT_DIFF_A]);
		text(out, "b", aspect->summary[CT_DIFF_B]);
		items(out, aspect);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void steps(struct ct_json_out *out, const struct ct_diff *diff,
		  const struct ct_diff_process *p)
{
	open_list(out, "steps");
	for (size_t i = 0; i < p->n_steps; i++) {
		const struct ct_diff_step *step = &diff->steps[p->first_step + i];

		ct_json_out_open(out, '{');
		text(out, "change", ct_diff_change_name(step->change));
		number(out, "weight", step->weight);
		truth(out, "again", step->again);
		event(out, "a", diff->model[CT_DIFF_A], step->event[CT_DIFF_A]);
		event(out, "b", diff->model[CT_DIFF_B], step->event[CT_DIFF_B]);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void processes(struct ct_json_out *out, const struct ct_diff *diff)
{
	open_list(out, "processes");
	for (size_t i = 0; i < diff->n_processes; i++) {
		const struct ct_diff_process *p = &diff->processes[i];

		ct_json_out_open(out, '{');
		process(out, "a", diff->model[CT_DIFF_A], p->process[CT_DIFF_A]);
		process(out, "b", diff->model[CT_DIFF_B], p->process[CT_DIFF_B]);
		truth(out, "same_program", p->same_program);
		number(out, "steps_alike", (int64_t)p->n_same);
		steps(out, diff, p);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void phases(struct ct_json_out *out, const struct ct_diff *diff)
{
	open_list(out, "phases");
	for (size_t i = 0; i < diff->n_phases; i++) {
		const struct ct_diff_phase *phase = &diff->phases[i];

		ct_json_out_open(out, '{');
		text(out, "name", phase->name);
		number(out, "step", phase->step ? (int64_t)phase->step : -1);
		number(out, "a_ns", phase->ns[CT_DIFF_A]);
		number(out, "b_ns", phase->ns[CT_DIFF_B]);
		ct_json_out_close(out, '}');
	}
	ct_json_out_close(out, ']');
}

static void write(struct ct_strbuf *sb, const struct ct_diff *diff,
		  const char *const names[CT_DIFF_SIDES],
		  const struct ct_render_options *options)
{
	struct ct_json_out out = { .text = sb, .spaced = true, .ascii = options->ascii };

	ct_json_out_open(&out, '{');
	text(&out, "schema", SCHEMA);
	truth(&out, "same", diff->same);
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		start(&out, diff, side, names[side]);
	deviations(&out, diff);
	aspects(&out, diff);
	number(&out, "steps_alike", (int64_t)diff->n_same);
	processes(&out, diff);
	phases(&out, diff);
	ct_json_out_close(&out, '}');
	ct_strbuf_addc(sb, '\n');
}

const struct ct_diff_format ct_diff_json = { "json", write };
