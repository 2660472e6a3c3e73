/* SPDX-License-Identifier: MIT */
/* A process, a phase and a finding of the report. */
#include "lookup.h"
#include "report.h"

static json_t *execs(const struct ct_process *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < p->n_execs; i++) {
		const struct ct_exec *e = &p->execs[i];

		json_array_append_new(array, json_pack("{s:o, s:o, s:o, s:b}", "t_ns",
						       ct_report_time(e->t_ns), "path",
						       ct_report_text(e->path), "argv",
						       ct_report_argv(e->argv, e->argc),
						       "self", e->self));
	}
	return array;
}

static json_t *namespace_changes(const struct ct_model *model, const struct ct_process *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < p->n_ns_changes; i++) {
		const struct ct_ns_change *c = &p->ns_changes[i];

		json_array_append_new(
			array,
			json_pack("{s:s, s:o, s:o, s:s, s:o, s:o, s:b}", "type",
				  ct_ns_name(c->type), "from", ct_report_inode(c->from),
				  "to", ct_report_inode(c->to), "how",
				  ct_ns_how_name(c->how), "t_ns", ct_report_time(c->t_ns),
				  "event", ct_report_event(model, (long)c->event),
				  "for_children", c->for_children));
	}
	return array;
}

json_t *ct_report_process(const struct ct_model *model, int process)
{
	const struct ct_process *p = &model->processes[process];
	json_t *o = json_object();

	json_object_set_new(o, "pid", json_integer(p->pid));
	json_object_set_new(o, "serial", json_integer(p->serial));
	json_object_set_new(o, "ppid", p->ppid > 0 ? json_integer(p->ppid) : json_null());
	json_object_set_new(o, "parent", ct_report_process_id(model, p->ppid_process));
	json_object_set_new(o, "creator", ct_report_process_id(model, p->creator));
	json_object_set_new(o, "birth", json_string(ct_birth_name(p->how)));
	json_object_set_new(o, "nspid",
			    p->nspid > 0 ? json_integer(p->nspid) : json_null());
	json_object_set_new(o, "role", json_string(ct_role_name(p->role)));
	json_object_set_new(o, "hook", ct_report_known(p->hook ? p->hook : ""));
	json_object_set_new(o, "comm", ct_report_known(p->comm));
	json_object_set_new(o, "born_ns", ct_report_time(p->born_ns));
	json_object_set_new(o, "exited_ns", ct_report_time(p->exited_ns));
	json_object_set_new(o, "exit", ct_report_exit(&p->exit, p->exited_ns >= 0));
	json_object_set_new(o, "execs", execs(p));
	json_object_set_new(o, "threads", json_integer((json_int_t)p->n_threads));
	json_object_set_new(o, "container", ct_report_container_id(model, p->container));
	json_object_set_new(o, "inside", json_boolean(p->inside));
	json_object_set_new(o, "namespaces", namespace_changes(model, p));
	json_object_set_new(o, "failed_calls", json_integer((json_int_t)p->n_failed));
	return o;
}

json_t *ct_report_phase(const struct ct_model *model, const struct ct_phase *phase)
{
	json_t *o = json_object();
	bool step = phase->step != CT_STEP_NONE;

	json_object_set_new(o, "name", ct_report_text(phase->name));
	json_object_set_new(o, "step", step ? json_integer(phase->step) : json_null());
	json_object_set_new(o, "start_ns", ct_report_time(phase->start_ns));
	json_object_set_new(o, "end_ns", ct_report_time(phase->end_ns));
	json_object_set_new(o, "busy_ns", ct_report_time(phase->busy_ns));
	json_object_set_new(o, "container",
			    ct_report_container_id(model, phase->container));
	json_object_set_new(o, "leader", ct_report_process_id(model, phase->process));
	json_object_set_new(o, "processes", json_integer((json_int_t)phase->n_processes));
	json_object_set_new(o, "detail", ct_report_known(phase->detail));
	return o;
}

json_t *ct_report_finding(const struct ct_model *model, const struct ct_finding *finding)
{
	json_t *o = json_object();

	json_object_set_new(o, "id", ct_report_text(finding->id));
	json_object_set_new(o, "severity", ct_report_text(finding->severity));
	json_object_set_new(o, "confidence", json_integer(finding->confidence));
	json_object_set_new(o, "title", ct_report_text(finding->title));
	json_object_set_new(o, "event", ct_report_event(model, finding->event));
	json_object_set_new(o, "evidence",
			    ct_report_argv(finding->evidence, finding->n_evidence));
	json_object_set_new(o, "cause", ct_report_known(finding->cause));
	json_object_set_new(o, "remedy", ct_report_known(finding->remedy));
	return o;
}
