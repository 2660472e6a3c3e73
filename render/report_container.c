/* SPDX-License-Identifier: MIT */
/* A container of the report. */
#include "lookup.h"
#include "report.h"

static json_t *namespaces(const struct ct_model *model, const struct ct_container *c)
{
	json_t *o = json_object();

	for (int type = 0; type < CT_NS_TYPES; type++) {
		const struct ct_container_ns *ns = &c->ns[type];

		json_object_set_new(o, ct_ns_name((enum ct_ns)type),
				    json_pack("{s:o, s:o, s:s, s:o, s:o}", "from",
					      ct_report_inode(ns->from), "to",
					      ct_report_inode(ns->to), "how",
					      ct_ns_how_name(ns->how), "t_ns",
					      ct_report_time(ns->t_ns), "by",
					      ct_report_process_id(model, ns->by)));
	}
	return o;
}

static json_t *cgroups(const struct ct_model *model, const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_cgroup_changes; i++) {
		int index = c->cgroup_changes[i];
		const struct ct_cgroup_change *m;

		if (index < 0 || (size_t)index >= model->n_cgroup_changes)
			continue;
		m = &model->cgroup_changes[index];
		json_array_append_new(array,
				      json_pack("{s:o, s:o, s:o, s:o, s:o}", "hierarchy",
						ct_report_text(m->hierarchies), "from",
						ct_report_known(m->from), "to",
						ct_report_known(m->to), "t_ns",
						ct_report_time(m->t_ns), "writer",
						ct_report_process_id(model, m->writer)));
	}
	return array;
}

static json_t *limits(const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_limits; i++) {
		const struct ct_limit *l = &c->limits[i];

		json_array_append_new(
			array, json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:o}",
					 "file", ct_report_text(l->file), "cgroup",
					 ct_report_known(l->cgroup), "value",
					 ct_report_text(l->value), "meaning",
					 ct_report_known(l->meaning), "t_ns",
					 ct_report_time(l->t_ns), "failed", l->failed,
					 "replaced", l->replaced, "above",
					 ct_report_known(l->above)));
	}
	return array;
}

static json_t *mounts(const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_mounts; i++) {
		const struct ct_mount *m = &c->mounts[i];
		json_t *o = json_object();

		json_object_set_new(o, "t_ns", ct_report_time(m->t_ns));
		json_object_set_new(o, "source", ct_report_known(m->source));
		json_object_set_new(o, "target", ct_report_text(m->target));
		json_object_set_new(o, "type", ct_report_known(m->type));
		json_object_set_new(o, "flags", ct_report_text(m->flags));
		json_object_set_new(o, "propagation", ct_report_known(m->propagation));
		json_object_set_new(o, "data", ct_report_known(m->data));
		json_object_set_new(o, "outside", json_boolean(m->outside));
		json_array_append_new(array, o);
	}
	return array;
}

static json_t *rlimit_value(uint64_t value)
{
	return value == UINT64_MAX ? json_string("unlimited")
				   : json_integer((json_int_t)value);
}

static json_t *rlimits(const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_rlimits; i++) {
		const struct ct_rlimit *r = &c->rlimits[i];

		json_array_append_new(array, json_pack("{s:o, s:o, s:o, s:o, s:b}",
						       "name", ct_report_text(r->name),
						       "soft", rlimit_value(r->soft),
						       "hard", rlimit_value(r->hard),
						       "t_ns", ct_report_time(r->t_ns),
						       "failed", r->failed));
	}
	return array;
}

static json_t *payload(const struct ct_model *model, const struct ct_container *c)
{
	const struct ct_process *p = ct_process_at(model, c->payload);
	const struct ct_exec *e;

	if (!p || c->payload_exec < 0 || (size_t)c->payload_exec >= p->n_execs)
		return json_null();
	e = &p->execs[c->payload_exec];
	return json_pack("{s:o, s:o, s:o}", "t_ns", ct_report_time(e->t_ns), "path",
			 ct_report_text(e->path), "argv",
			 ct_report_argv(e->argv, e->argc));
}

static json_t *init(const struct ct_container *c)
{
	if (c->init_pid <= 0)
		return json_null();
	return json_pack("{s:i, s:o}", "pid", c->init_pid, "nspid",
			 c->init_nspid > 0 ? json_integer(c->init_nspid) : json_null());
}

static json_t *phases(const struct ct_model *model, int container)
{
	json_t *array = json_array();

	for (size_t i = 0; i < model->n_phases; i++)
		if (model->phases[i].container == container)
			json_array_append_new(array,
					      ct_report_phase(model, &model->phases[i]));
	return array;
}

static json_t *isolation(const struct ct_container *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_isolation; i++) {
		const struct ct_isolation *a = &c->isolation[i];

		json_array_append_new(array, json_pack("{s:s, s:o, s:o, s:s, s:b}",
						       "aspect", a->aspect, "state",
						       ct_report_text(a->state), "detail",
						       ct_report_known(a->detail), "why",
						       a->why, "open", a->open));
	}
	return array;
}

json_t *ct_report_container(const struct ct_model *model, int container)
{
	const struct ct_container *c = &model->containers[container];
	json_t *o = json_object();

	json_object_set_new(o, "id", ct_report_text(c->id));
	json_object_set_new(o, "engine", ct_report_known(c->engine));
	json_object_set_new(o, "runtime",
			    json_pack("{s:o, s:o}", "name", ct_report_known(c->runtime),
				      "path", ct_report_known(c->runtime_path)));
	json_object_set_new(o, "inside", ct_report_container_id(model, c->outer));
	json_object_set_new(o, "older", json_boolean(c->older));
	json_object_set_new(o, "joined", ct_report_joiners(model, c));
	json_object_set_new(o, "shares", ct_report_shares(model, container));
	json_object_set_new(o, "bundle", ct_report_known(c->bundle));
	json_object_set_new(o, "rootfs", ct_report_known(c->rootfs));
	json_object_set_new(o, "init", init(c));
	json_object_set_new(o, "payload", payload(model, c));
	json_object_set_new(o, "exit", ct_report_exit(&c->exit, true));
	json_object_set_new(o, "namespaces", namespaces(model, c));
	json_object_set_new(o, "cgroup", ct_report_known(c->cgroup));
	json_object_set_new(o, "cgroups", cgroups(model, c));
	json_object_set_new(o, "unit", ct_report_unit(model, c));
	json_object_set_new(o, "limits", limits(c));
	json_object_set_new(o, "meters", ct_report_meters(model, c));
	json_object_set_new(o, "id_maps", ct_report_id_maps(model, c));
	json_object_set_new(o, "mounts", mounts(c));
	json_object_set_new(o, "mount_table", ct_report_mount_table(model, c));
	json_object_set_new(o, "changed_files", ct_report_changed_files(model, c));
	json_object_set_new(o, "root_change",
			    json_pack("{s:o, s:o}", "t_ns", ct_report_time(c->pivot_ns),
				      "how", ct_report_known(c->pivot)));
	json_object_set_new(o, "capabilities", ct_report_capabilities(c, &c->caps));
	json_object_set_new(o, "capabilities_before",
			    ct_report_capabilities(c, &c->caps_before));
	json_object_set_new(o, "acts", ct_report_acts(model, c));
	json_object_set_new(o, "seccomp", ct_report_seccomp(c));
	json_object_set_new(o, "no_new_privs",
			    c->no_new_privs < 0 ? json_null()
						: json_boolean(c->no_new_privs));
	json_object_set_new(o, "lsm", ct_report_known(c->lsm));
	json_object_set_new(o, "rlimits", rlimits(c));
	json_object_set_new(o, "oom_score_adj", ct_report_known(c->oom_score_adj));
	json_object_set_new(o, "hostname", ct_report_known(c->hostname));
	json_object_set_new(o, "isolation", isolation(c));
	json_object_set_new(o, "walls", ct_report_walls(model, c));
	json_object_set_new(o, "asked", ct_report_asked(model, c));
	json_object_set_new(o, "phases", phases(model, container));
	return o;
}
