/* SPDX-License-Identifier: MIT */
/*
 * Numbers of many runs: how long phases, steps and calls took, how many processes there
 * were, what failed; and whether two sets of runs differ. See docs/stats.md.
 */
#ifndef CTTRACE_STATS_H
#define CTTRACE_STATS_H

#include "cttrace/model.h"
#include "cttrace/render.h"

enum ct_measure_kind {
	CT_MEASURE_RUN,     /* from the start of the trace to its end */
	CT_MEASURE_PHASE,   /* a large phase, by the role of who leads it */
	CT_MEASURE_STEP,    /* a numbered step of the runtime */
	CT_MEASURE_ROLE,    /* the time in which a process of the role lived */
	CT_MEASURE_COUNT,   /* processes, threads, calls … */
	CT_MEASURE_FAILURE, /* how often a call failed with an errno */
	CT_MEASURE_CALL,    /* each call by itself; all others have one value a run */
	CT_MEASURE_KINDS,
};
const char *ct_measure_kind_name(enum ct_measure_kind kind); /* "run", "phase", … */
/* Is it a time in nanoseconds? Else it is a number of things. */
bool ct_measure_is_time(enum ct_measure_kind kind);

struct ct_measure {
	enum ct_measure_kind kind;
	int rank;          /* where it stands among those of its kind */
	const char *name;  /* of a phase, step, count or call; bytes of the trace; "" */
	enum ct_role role; /* of phases and roles; CT_ROLE_UNKNOWN: of nobody's */
	int error;         /* of a failure: positive errno */
	bool benign;       /* a failure that starts that work have, too */
	int64_t *values;   /* in no order */
	size_t n, cap;
	size_t n_runs; /* in how many it was seen */
};

/* One call, and where it was. */
struct ct_slow_call {
	int64_t dur_ns, t_ns;
	const char *trace, *process, *call; /* bytes of the trace */
	enum ct_role role;
};

#define CT_SLOWEST 10

struct ct_sample {
	struct ct_measure *measures; /* by kind, rank, name, role, error */
	size_t n_measures, cap_measures;
	struct ct_slow_call slowest[CT_SLOWEST]; /* the slowest first */
	size_t n_slowest;
	size_t n_runs;
	size_t n_bad; /* runs that ended with another status than 0, or by a signal */
	size_t n_cut; /* traces that have no end */
	const char *command; /* of the first run; NULL: there is none */
	bool mixed;          /* others ran another command */
	struct ct_arena arena;
};

/* The numbers of one run, which keep nothing of the model. `trace` is its name. */
struct ct_sample *ct_sample_of_run(const struct ct_model *model, const char *trace);
struct ct_sample *ct_sample_new(void); /* of no run */
/* Adds the runs of another one, which stays as it is. */
void ct_sample_merge(struct ct_sample *sample, const struct ct_sample *more);
void ct_sample_free(struct ct_sample *sample);
/* The measure that is the same one in another sample; NULL. */
const struct ct_measure *ct_sample_find(const struct ct_sample *sample,
					const struct ct_measure *measure);

struct ct_summary {
	double min, median, p95, max, sum;
};

/* Of at least one value. Between two values a quantile is interpolated linearly. */
struct ct_summary ct_summary_of(const struct ct_measure *measure);
/* Its part of the time of all runs together, 0 … ; -1: it has none. */
double ct_sample_share(const struct ct_sample *sample, const struct ct_measure *measure);

/* -------- two sets -------- */

enum ct_difference {
	CT_DIFFERENCE_TOO_FEW, /* runs in one of the sets: no interval */
	CT_DIFFERENCE_NONE,    /* none was shown: the interval holds 1 */
	CT_DIFFERENCE_MORE,    /* in the second set */
	CT_DIFFERENCE_LESS,
	CT_DIFFERENCES,
};
const char *ct_difference_name(enum ct_difference difference); /* "too few runs", … */

#define CT_COMPARE_RUNS      6 /* of each set, at least: see docs/stats.md */
#define CT_COMPARE_RESAMPLES 2000
#define CT_COMPARE_SEED      1

struct ct_difference_row {
	const struct ct_measure *first, *second; /* NULL: not seen in that set */
	double ratio;     /* of the medians, second to first; may be infinite */
	double low, high; /* 95 % interval of the ratio */
	enum ct_difference difference;
};

/* Decides about one measure; `row` has first and second. */
void ct_compare_row(struct ct_difference_row *row);

/* What is shown: one set, or two and how they differ. */
struct ct_stats {
	const struct ct_sample *first, *second; /* second: NULL */
	struct ct_difference_row *rows;
	size_t n_rows;
};

struct ct_stats *ct_stats_new(const struct ct_sample *first,
			      const struct ct_sample *second);
void ct_stats_free(struct ct_stats *stats);

struct ct_stats_format {
	const char *name;
	int (*write)(struct ct_strbuf *out, const struct ct_stats *stats,
		     const struct ct_render_options *options, struct ct_error *err);
};

/* NULL-terminated. */
extern const struct ct_stats_format *const ct_stats_formats[];
const struct ct_stats_format *ct_stats_find(const char *name);

#endif
