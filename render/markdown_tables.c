/* SPDX-License-Identifier: MIT */
/* Phases, and what a container has, as tables of Markdown. */
#include "markdown.h"

#include "label.h"
#include "lesson.h"
#include "lookup.h"
#include "series.h"
#include "walls.h"

#include <string.h>

static void add_cell(struct ct_strbuf *out, const char *text)
{
	ct_strbuf_adds(out, " ");
	ct_markdown_add(out, text);
	ct_strbuf_adds(out, " |");
}

static void add_process(struct ct_strbuf *out, const struct ct_model *model, int process)
{
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

	if (ct_process_at(model, process))
		ct_label_process(&name, model, process);
	add_cell(out, name.data);
}

void ct_markdown_phases(struct ct_strbuf *out, const struct ct_model *model)
{
	if (model->n_phases)
		ct_strbuf_adds(out, "\n## Where the time went\n\n"
				    "| phase | led by | from | took | |\n"
				    "| --- | --- | ---: | ---: | --- |\n");
	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *phase = &model->phases[i];
		int64_t length = phase->end_ns - phase->start_ns;
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf times = CT_STRBUF_INIT;

		if (phase->start_ns < 0)
			continue;
		if (phase->step != CT_STEP_NONE)
			ct_strbuf_addf(&name, "step %d: ", (int)phase->step);
		ct_strbuf_adds(&name, phase->name);
		ct_strbuf_addc(out, '|');
		add_cell(out, name.data);
		add_process(out, model, phase->process);
		ct_label_ms(&times, phase->start_ns);
		ct_strbuf_adds(&times, " | ");
		ct_label_duration(&times, phase->step && phase->busy_ns > 0
						  ? phase->busy_ns
						  : length);
		ct_strbuf_addf(out, " %s |", times.data);
		add_cell(out, phase->detail ? phase->detail : "");
		ct_strbuf_addc(out, '\n');
	}
}

void ct_markdown_lessons(struct ct_strbuf *out, const struct ct_model *model)
{
	struct ct_told told = { 0 };
	bool any = false;

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *phase = &model->phases[i];
		const struct ct_lesson *lesson = ct_lesson_find(phase->name);

		if (phase->start_ns < 0 || !ct_told_first(&told, lesson))
			continue;
		ct_strbuf_adds(out, any ? "* **" : "\n* **");
		any = true;
		if (phase->step != CT_STEP_NONE)
			ct_strbuf_addf(out, "step %d: ", (int)phase->step);
		ct_markdown_add(out, lesson->word);
		ct_strbuf_adds(out, "** ");
		ct_markdown_lesson(out, lesson);
		ct_strbuf_addc(out, '\n');
	}
}

static void add_namespaces(struct ct_strbuf *out, const struct ct_model *model,
			   const struct ct_container *c)
{
	ct_strbuf_adds(out, "\n| namespace | outside | inside | how | ms | by |\n"
			    "| --- | --- | --- | --- | ---: | --- |\n");
	for (int type = 0; type < CT_NS_TYPES; type++) {
		const struct ct_container_ns *ns = &c->ns[type];
		CT_CLEANUP_STRBUF struct ct_strbuf when = CT_STRBUF_INIT;

		if (ns->how != CT_NS_SHARED && ns->t_ns >= 0)
			ct_label_ms(&when, ns->t_ns);
		ct_strbuf_addf(out, "| %s | %llu | %llu | %s | %s |",
			       ct_ns_name((enum ct_ns)type), (unsigned long long)ns->from,
			       (unsigned long long)ns->to, ct_ns_how_name(ns->how),
			       when.data);
		add_process(out, model, ns->how == CT_NS_SHARED ? -1 : ns->by);
		ct_strbuf_addc(out, '\n');
	}
}

static void add_mounts(struct ct_strbuf *out, const struct ct_container *c)
{
	if (c->n_mounts)
		ct_strbuf_adds(out, "\n| mounted on | source | type | options |\n"
				    "| --- | --- | --- | --- |\n");
	for (size_t i = 0; i < c->n_mounts; i++) {
		const struct ct_mount *m = &c->mounts[i];

		/* changes of propagation and flags are no mounts */
		if ((!*m->source && !*m->type) || strstr(m->flags, "remount"))
			continue;
		ct_strbuf_addc(out, '|');
		add_cell(out, m->target);
		add_cell(out, m->source);
		add_cell(out, m->type);
		add_cell(out, m->flags);
		ct_strbuf_addc(out, '\n');
	}
}

static void add_fact(struct ct_strbuf *out, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	ct_strbuf_addf(out, "* %s: ", name);
	ct_markdown_add(out, value);
	ct_strbuf_addc(out, '\n');
}

static void add_capabilities(struct ct_strbuf *out, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf names = CT_STRBUF_INIT;

	if (!c->has_caps)
		return;
	for (unsigned int bit = 0; bit < 64; bit++)
		if (c->caps.effective & 1ULL << bit && ct_cap_name(bit))
			ct_strbuf_addf(&names, "%s%s", names.len ? " " : "",
				       ct_cap_name(bit));
	add_fact(out, "capabilities", names.len ? names.data : "none");
}

static void add_privileges(struct ct_strbuf *out, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf filter = CT_STRBUF_INIT;

	add_capabilities(out, c);
	if (c->seccomp_instructions >= 0)
		ct_strbuf_addf(&filter, "a filter of %d instructions",
			       c->seccomp_instructions);
	add_fact(out, "seccomp", filter.data);
	if (c->no_new_privs >= 0)
		add_fact(out, "no_new_privs", c->no_new_privs ? "on" : "off");
}

/* What its program tried at the walls of the container, and who said no. */
static void add_walls(struct ct_strbuf *out, const struct ct_container *c)
{
	enum { SHOWN = 40 };

	if (c->n_walls)
		ct_strbuf_adds(out, "\n| tried | outcome | answer |\n"
				    "| --- | --- | --- |\n");
	for (size_t i = 0; i < c->n_walls && i < SHOWN; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf answer = CT_STRBUF_INIT;

		ct_wall_add_answer(&answer, &c->walls[i]);
		ct_strbuf_addc(out, '|');
		add_cell(out, c->walls[i].what);
		add_cell(out, ct_outcome_name(c->walls[i].outcome));
		add_cell(out, answer.data ? answer.data : "");
		ct_strbuf_addc(out, '\n');
	}
	if (c->n_walls > SHOWN)
		ct_strbuf_addf(out, "\n%zu more of these are not shown.\n",
			       c->n_walls - SHOWN);
}

static void add_meters(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_container *c)
{
	const struct ct_meter *meter = ct_meter_at(model, c->meter);

	for (int kind = 0; meter && kind < CT_SERIES_KINDS; kind++) {
		CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

		ct_label_meter(&words, meter, (enum ct_series_kind)kind);
		add_fact(out, ct_series_name((enum ct_series_kind)kind), words.data);
	}
	for (size_t i = 0; meter && i < meter->n_pressures; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

		ct_strbuf_adds(&words, "at ");
		ct_label_ms(&words, meter->pressures[i].t_ns);
		ct_strbuf_adds(&words, " ms: ");
		ct_label_pressure(&words, model, &meter->pressures[i]);
		add_fact(out, ct_pressure_name(meter->pressures[i].kind), words.data);
	}
}

static void add_asked(struct ct_strbuf *out, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;

	ct_label_asked(&words, c);
	add_fact(out, "config.json", words.len ? words.data : "");
}

void ct_markdown_container(struct ct_strbuf *out, const struct ct_model *model,
			   const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf id = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf init = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf addresses = CT_STRBUF_INIT;
	const struct ct_network *network =
		ct_network_of(model, c->ns[CT_NS_NET].to, c->ns[CT_NS_NET].t_ns);

	ct_label_id(&id, c->id);
	ct_strbuf_adds(out, "\n## Container ");
	ct_markdown_add(out, id.data);
	ct_strbuf_adds(out, "\n\n");
	if (c->payload_ns < 0)
		ct_strbuf_adds(out, "* **its program never ran**\n");
	if (c->init_pid > 0)
		ct_strbuf_addf(&init, "pid %d outside, %d inside", c->init_pid,
			       c->init_nspid);
	add_fact(out, "engine", c->engine);
	add_fact(out, "runtime", c->runtime);
	add_fact(out, "init", init.data);
	add_fact(out, "root", c->rootfs);
	add_fact(out, "cgroup", c->cgroup);
	add_fact(out, "hostname", c->hostname);
	add_asked(out, c);
	add_meters(out, model, c);
	if (network)
		ct_label_network(&addresses, network);
	add_fact(out, "network", addresses.data);
	add_privileges(out, c);
	add_walls(out, c);
	add_namespaces(out, model, c);
	add_mounts(out, c);
}
