/* SPDX-License-Identifier: MIT */
/* What a container used, in words: peak, limit, sum. */
#include "label.h"
#include "series.h"

/* "0.52 CPUs", of thousandths */
static void add_cpus(struct ct_strbuf *out, int64_t milli)
{
	ct_strbuf_addf(out, "%.2f CPU%s", (double)milli / 1000, milli == 1000 ? "" : "s");
}

static void say_memory(struct ct_strbuf *out, const struct ct_meter *meter)
{
	int64_t limit = meter->last[CT_FIGURE_MEMORY_LIMIT];

	if (meter->memory.value < 0)
		return;
	ct_strbuf_adds(out, "peak ");
	ct_label_bytes(out, meter->memory.value);
	ct_strbuf_adds(out, limit < 0 ? ", no limit" : " of ");
	if (limit >= 0)
		ct_label_bytes(out, limit);
}

static void say_cpu(struct ct_strbuf *out, const struct ct_meter *meter)
{
	if (meter->used[CT_FIGURE_CPU] < 0)
		return;
	if (meter->cpu.value >= 0) {
		ct_strbuf_adds(out, "peak ");
		add_cpus(out, meter->cpu.value);
		ct_strbuf_adds(out, meter->cpu_limit < 0 ? ", no limit" : " of ");
		if (meter->cpu_limit >= 0)
			ct_strbuf_addf(out, "%.2f", (double)meter->cpu_limit / 1000);
		ct_strbuf_adds(out, ", ");
	}
	ct_label_duration(out, meter->used[CT_FIGURE_CPU]);
	ct_strbuf_adds(out, " used");
}

static void say_pids(struct ct_strbuf *out, const struct ct_meter *meter)
{
	int64_t limit = meter->last[CT_FIGURE_PIDS_LIMIT];

	if (meter->pids.value < 0)
		return;
	ct_strbuf_addf(out, "peak %lld", (long long)meter->pids.value);
	if (limit >= 0)
		ct_strbuf_addf(out, " of %lld", (long long)limit);
	else
		ct_strbuf_adds(out, ", no limit");
}

static void say_io(struct ct_strbuf *out, const struct ct_meter *meter)
{
	if (meter->used[CT_FIGURE_IO_READ] <= 0 && meter->used[CT_FIGURE_IO_WRITTEN] <= 0)
		return;
	ct_label_bytes(out, meter->used[CT_FIGURE_IO_READ]);
	ct_strbuf_adds(out, " read, ");
	ct_label_bytes(out, meter->used[CT_FIGURE_IO_WRITTEN]);
	ct_strbuf_adds(out, " written");
}

void ct_label_meter(struct ct_strbuf *out, const struct ct_meter *meter,
		    enum ct_series_kind kind)
{
	static void (*const say[CT_SERIES_KINDS])(struct ct_strbuf *,
						  const struct ct_meter *) = {
		[CT_SERIES_MEMORY] = say_memory,
		[CT_SERIES_CPU] = say_cpu,
		[CT_SERIES_PIDS] = say_pids,
		[CT_SERIES_IO] = say_io,
	};

	say[kind](out, meter);
}
