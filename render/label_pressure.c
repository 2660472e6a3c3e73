/* SPDX-License-Identifier: MIT */
/* What a limit did, in words. */
#include "label.h"
#include "lookup.h"

static void because_of_memory(struct ct_strbuf *out, const struct ct_meter *meter)
{
	int64_t limit = meter->last[CT_FIGURE_MEMORY_LIMIT];

	ct_strbuf_adds(out, limit < 0 ? "lack of memory" : "memory at its limit, ");
	if (limit >= 0)
		ct_label_bytes(out, limit);
}

static void because_of_cpu(struct ct_strbuf *out, const struct ct_meter *meter)
{
	if (meter->cpu_limit >= 0)
		ct_strbuf_addf(out, "limit %.2f CPU%s", (double)meter->cpu_limit / 1000,
			       meter->cpu_limit == 1000 ? "" : "s");
	else
		ct_strbuf_adds(out, "the quota was used up");
}

static void because_of_pids(struct ct_strbuf *out, const struct ct_meter *meter)
{
	int64_t limit = meter->last[CT_FIGURE_PIDS_LIMIT];

	ct_strbuf_adds(out, "pids at the limit");
	if (limit >= 0)
		ct_strbuf_addf(out, ", %lld", (long long)limit);
}

void ct_label_pressure_cause(struct ct_strbuf *out, const struct ct_model *model,
			     const struct ct_pressure *pressure)
{
	static void (*const because[CT_PRESSURES])(struct ct_strbuf *,
						   const struct ct_meter *) = {
		[CT_PRESSURE_OOM_KILL] = because_of_memory,
		[CT_PRESSURE_THROTTLED] = because_of_cpu,
		[CT_PRESSURE_FORK] = because_of_pids,
	};
	const struct ct_meter *meter = ct_meter_at(model, pressure->meter);

	if (meter)
		because[pressure->kind](out, meter);
}

static void say_kill(struct ct_strbuf *out, const struct ct_model *model,
		     const struct ct_pressure *p)
{
	if (p->amount > 1)
		ct_strbuf_addf(out, "%lld processes", (long long)p->amount);
	else if (ct_process_at(model, p->process))
		ct_label_process(out, model, p->process);
	else
		ct_strbuf_adds(out, "a process");
	ct_strbuf_adds(out, " killed");
}

static void say_throttled(struct ct_strbuf *out, const struct ct_model *model,
			  const struct ct_pressure *p)
{
	(void)model;
	ct_strbuf_addf(out, "in %lld CPU period%s", (long long)p->amount,
		       p->amount == 1 ? "" : "s");
	if (!p->held_ns)
		return;
	ct_strbuf_adds(out, ", held back ");
	ct_label_duration(out, p->held_ns);
}

static void say_fork(struct ct_strbuf *out, const struct ct_model *model,
		     const struct ct_pressure *p)
{
	ct_strbuf_addf(out, "%lld fork%s refused", (long long)p->amount,
		       p->amount == 1 ? "" : "s");
	if (!ct_process_at(model, p->process))
		return;
	ct_strbuf_adds(out, " to ");
	ct_label_process(out, model, p->process);
}

void ct_label_pressure(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_pressure *pressure)
{
	static void (*const say[CT_PRESSURES])(struct ct_strbuf *,
					       const struct ct_model *,
					       const struct ct_pressure *) = {
		[CT_PRESSURE_OOM_KILL] = say_kill,
		[CT_PRESSURE_THROTTLED] = say_throttled,
		[CT_PRESSURE_FORK] = say_fork,
	};

	say[pressure->kind](out, model, pressure);
	ct_strbuf_adds(out, ": ");
	ct_label_pressure_cause(out, model, pressure);
}
