/* SPDX-License-Identifier: MIT */
/* What a limit did, in words. */
#include "label.h"
#include "lookup.h"

static void say_kill(struct ct_strbuf *out, const struct ct_model *model,
		     const struct ct_meter *meter, const struct ct_pressure *p)
{
	int64_t limit = meter->last[CT_FIGURE_MEMORY_LIMIT];

	if (p->amount > 1)
		ct_strbuf_addf(out, "%lld processes killed", (long long)p->amount);
	else if (ct_process_at(model, p->process)) {
		ct_label_process(out, model, p->process);
		ct_strbuf_adds(out, " killed");
	} else
		ct_strbuf_adds(out, "a process killed");
	if (limit < 0) {
		ct_strbuf_adds(out, " for lack of memory");
		return;
	}
	ct_strbuf_adds(out, ": memory at its limit, ");
	ct_label_bytes(out, limit);
}

static void say_throttled(struct ct_strbuf *out, const struct ct_model *model,
			  const struct ct_meter *meter, const struct ct_pressure *p)
{
	(void)model;
	ct_strbuf_addf(out, "in %lld CPU period%s", (long long)p->amount,
		       p->amount == 1 ? "" : "s");
	if (p->held_ns) {
		ct_strbuf_adds(out, ", held back ");
		ct_label_duration(out, p->held_ns);
	}
	if (meter->cpu_limit >= 0)
		ct_strbuf_addf(out, ": limit %.2f CPU%s", (double)meter->cpu_limit / 1000,
			       meter->cpu_limit == 1000 ? "" : "s");
}

static void say_fork(struct ct_strbuf *out, const struct ct_model *model,
		     const struct ct_meter *meter, const struct ct_pressure *p)
{
	int64_t limit = meter->last[CT_FIGURE_PIDS_LIMIT];

	ct_strbuf_addf(out, "%lld fork%s refused", (long long)p->amount,
		       p->amount == 1 ? "" : "s");
	if (ct_process_at(model, p->process)) {
		ct_strbuf_adds(out, " to ");
		ct_label_process(out, model, p->process);
	}
	if (limit >= 0)
		ct_strbuf_addf(out, ": pids at the limit, %lld", (long long)limit);
}

void ct_label_pressure(struct ct_strbuf *out, const struct ct_model *model,
		       const struct ct_meter *meter, const struct ct_pressure *pressure)
{
	static void (*const say[CT_PRESSURES])(
		struct ct_strbuf *, const struct ct_model *, const struct ct_meter *,
		const struct ct_pressure *) = {
		[CT_PRESSURE_OOM_KILL] = say_kill,
		[CT_PRESSURE_THROTTLED] = say_throttled,
		[CT_PRESSURE_FORK] = say_fork,
	};

	say[pressure->kind](out, model, meter, pressure);
}
