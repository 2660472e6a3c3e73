/* SPDX-License-Identifier: MIT */
/* Cgroups whose figures were sampled, and what their limits did. */
#ifndef CTTRACE_FACTS_METER_H
#define CTTRACE_FACTS_METER_H

#include "cttrace/event.h"

/* What its limits did to a cgroup, by the kernel's own counters. */
enum ct_pressure_kind {
	CT_PRESSURE_OOM_KILL,  /* amount: processes killed */
	CT_PRESSURE_THROTTLED, /* amount: CPU periods whose quota was used up */
	CT_PRESSURE_FORK,      /* amount: forks that the limit refused */
	CT_PRESSURES,
};
const char *ct_pressure_name(enum ct_pressure_kind kind); /* "oom-kill", … */

struct ct_pressure {
	enum ct_pressure_kind kind;
	int64_t t_ns, end_ns; /* when: the moment, or the samples before and after */
	int64_t amount;
	int64_t held_ns; /* THROTTLED: how long, over all CPUs; else 0 */
	int meter;       /* index into meters[] */
	int process;     /* whom it hit; -1: not known */
	size_t event;    /* index into facts[]: the exit, the fork, else the sample */
};

/* The largest value there was, and when it was first seen; -1: not known. */
struct ct_peak {
	int64_t value, t_ns;
};

/* What there was at a moment: a sample, or what the kernel's own counters and the trace
 * say of the time between two of them. */
struct ct_meter_level {
	int64_t t_ns, value;
	bool between; /* in no sample: the kernel's peak, a limit that was run into */
};

struct ct_meter_levels {
	struct ct_meter_level *items; /* in the order of time */
	size_t n;
};

/* A cgroup whose figures were sampled. */
struct ct_meter {
	const char *cgroup;
	int container;                   /* -1: none is in it */
	const struct ct_event **samples; /* CT_EVENT_METER, in the order of the trace */
	size_t *facts;                   /* the index of each */
	size_t n_samples;
	/* made by ct_model_finish(): */
	int64_t last[CT_FIGURES];    /* as they were known last; -1 */
	int64_t used[CT_FIGURES];    /* of counters: what came while it was sampled; -1 */
	int64_t cpu_limit;           /* thousandths of a CPU; -1: none, or not known */
	struct ct_peak memory, pids; /* bytes; tasks */
	struct ct_peak cpu;          /* thousandths of a CPU between two samples */
	struct ct_meter_levels memory_levels, pids_levels;
	struct ct_pressure *pressures; /* in the order of time */
	size_t n_pressures;
};

/* How much of a CPU it used between two samples, in thousandths; -1: not known. */
int64_t ct_meter_cpu(const struct ct_meter *meter, size_t from, size_t to);

#endif
