/* SPDX-License-Identifier: MIT */
/* Containers that have to do with each other, and who came in from outside, of the
 * report. */
#include "lookup.h"
#include "report.h"

json_t *ct_report_joiners(const struct ct_model *model, const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_joiners; i++) {
		const struct ct_joiner *j = &c->joiners[i];
		const struct ct_process *p = ct_process_at(model, j->process);
		const struct ct_exec *e;

		if (!p || j->exec < 0 || (size_t)j->exec >= p->n_execs)
			continue;
		e = &p->execs[j->exec];
		json_array_append_new(
			array, json_pack("{s:o, s:o, s:o, s:o, s:o}", "t_ns",
					 ct_report_time(j->t_ns), "process",
					 ct_report_process_id(model, j->process), "path",
					 ct_report_text(e->path), "argv",
					 ct_report_argv(e->argv, e->argc), "exit",
					 ct_report_exit(&p->exit, p->exited_ns >= 0)));
	}
	return array;
}

static json_t *namespace_names(uint64_t flags)
{
	json_t *array = json_array();

	for (int type = 0; type < CT_NS_TYPES; type++)
		if (flags & ct_ns_clone_flag((enum ct_ns)type))
			json_array_append_new(array,
					      json_string(ct_ns_name((enum ct_ns)type)));
	return array;
}

json_t *ct_report_shares(const struct ct_model *model, int container)
{
	json_t *array = json_array();

	for (size_t i = 0; i < model->n_containers; i++) {
		uint64_t both = ct_namespaces_of_both(
			model, &model->containers[container], &model->containers[i]);

		if ((int)i != container && both)
			json_array_append_new(
				array, json_pack("{s:o, s:o}", "container",
						 ct_report_container_id(model, (int)i),
						 "namespaces", namespace_names(both)));
	}
	return array;
}
