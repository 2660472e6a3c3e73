/* SPDX-License-Identifier: MIT */
/* One trace as numbers. */
#include "readings.h"

#include "alloc.h"
#include "headline.h"
#include "label.h"

#include <stdlib.h>
#include <string.h>

enum { CALL_BYTES = 160 }; /* of a slow call's words; the trace has the rest */

static void add_phases(struct readings *all, const struct ct_model *model)
{
	/* in the order in which they come; others stand behind these */
	static const char *const order[] = { "command", "engine", "network", "monitor",
					     "create",  "start",  "run",     "clean-up" };
	const size_t n = sizeof(order) / sizeof(*order);

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *p = &model->phases[i];
		struct ct_measure *m;
		size_t rank = 0;

		if (p->start_ns < 0)
			continue;
		if (p->step) {
			/* whoever does a step, it is the runtime's */
			m = readings_add(all, CT_MEASURE_STEP, p->name, p->busy_ns);
			m->rank = (int)p->step;
			continue;
		}
		while (rank < n && strcmp(order[rank], p->name) != 0)
			rank++;
		m = readings_add(all, CT_MEASURE_PHASE, p->name, p->end_ns - p->start_ns);
		m->rank = (int)rank;
		if (p->process >= 0)
			m->role = model->processes[p->process].role;
	}
}

struct lifetime {
	int64_t start_ns, end_ns;
	enum ct_role role;
};

static int compare_lifetimes(const void *a, const void *b)
{
	const struct lifetime *x = a, *y = b;

	if (x->role != y->role)
		return x->role < y->role ? -1 : 1;
	return (x->start_ns > y->start_ns) - (x->start_ns < y->start_ns);
}

/* The time in which at least one process of a role lived: no moment counts twice. */
static void add_roles(struct readings *all, const struct ct_model *model)
{
	struct lifetime *lives = ct_alloc((model->n_processes + 1) * sizeof(*lives));
	int64_t covered_ns = 0;

	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];

		lives[i] = (struct lifetime){ p->born_ns,
					      p->exited_ns < 0 ? model->end_ns
							       : p->exited_ns,
					      p->role };
	}
	qsort(lives, model->n_processes, sizeof(*lives), compare_lifetimes);
	for (size_t i = 0; i < model->n_processes; i++) {
		const struct lifetime *life = &lives[i];
		struct ct_measure *m;
		int64_t from_ns;

		if (!i || life->role != lives[i - 1].role)
			covered_ns = life->start_ns;
		from_ns = life->start_ns > covered_ns ? life->start_ns : covered_ns;
		m = readings_add(all, CT_MEASURE_ROLE, "",
				 life->end_ns > from_ns ? life->end_ns - from_ns : 0);
		m->role = life->role;
		m->rank = (int)life->role;
		if (life->end_ns > covered_ns)
			covered_ns = life->end_ns;
	}
	free(lives);
}

/* An execve that succeeded is a call, too; it has an event kind of its own. */
static bool is_call(const struct ct_fact *fact)
{
	return fact->event->kind == CT_EVENT_CALL || fact->event->kind == CT_EVENT_EXEC;
}

static void add_counts(struct readings *all, const struct ct_model *model)
{
	int64_t threads = 0, calls = 0, failed = 0, benign = 0;
	const struct {
		const char *name;
		const int64_t *value;
	} later[] = { { "threads", &threads },
		      { "calls", &calls },
		      { "failed calls", &failed },
		      { "benign failed calls", &benign } };

	for (size_t i = 0; i < model->n_processes; i++)
		threads += (int64_t)model->processes[i].n_threads;
	for (size_t i = 0; i < model->n_facts; i++) {
		calls += is_call(&model->facts[i]);
		failed += model->facts[i].tags >> CT_TAG_FAILED & 1;
		benign += model->facts[i].tags >> CT_TAG_BENIGN & 1;
	}
	readings_add(all, CT_MEASURE_COUNT, "containers", (int64_t)model->n_containers);
	readings_add(all, CT_MEASURE_COUNT, "processes", (int64_t)model->n_processes)
		->rank = 1;
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		readings_add(all, CT_MEASURE_COUNT, later[i].name, *later[i].value)
			->rank = (int)i + 2;
}

static void add_failure(struct readings *all, const struct ct_fact *fact)
{
	const struct ct_event_call *call = &fact->event->call;
	struct ct_measure *m = readings_add(all, CT_MEASURE_FAILURE, call->name, 1);

	m->error = call->error;
	m->benign = fact->tags >> CT_TAG_BENIGN & 1;
}

/* A call that had not returned has no duration yet. */
static void add_calls(struct readings *all, const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_facts; i++) {
		const struct ct_event *e = model->facts[i].event;

		if (!is_call(&model->facts[i]))
			continue;
		if (e->kind == CT_EVENT_EXEC) {
			if (e->dur_ns >= 0)
				readings_add(all, CT_MEASURE_CALL, e->exec.call,
					     e->dur_ns);
			continue;
		}
		if (e->dur_ns >= 0 && e->call.result != CT_RESULT_ONGOING)
			readings_add(all, CT_MEASURE_CALL, e->call.name, e->dur_ns);
		if (e->call.result == CT_RESULT_ERROR)
			add_failure(all, &model->facts[i]);
	}
}

/* -------- the slowest ones -------- */

static bool is_timed(const struct ct_event *e)
{
	return e->kind == CT_EVENT_CALL && e->dur_ns >= 0 &&
	       e->call.result != CT_RESULT_ONGOING;
}

/* Facts of the slowest calls, the slowest first; how many. */
static size_t find_slowest(const struct ct_model *model, size_t facts[CT_SLOWEST])
{
	size_t n = 0;

	for (size_t i = 0; i < model->n_facts; i++) {
		const struct ct_event *e = model->facts[i].event;
		size_t at = n;

		if (!is_timed(e))
			continue;
		while (at && model->facts[facts[at - 1]].event->dur_ns < e->dur_ns)
			at--;
		if (at == CT_SLOWEST)
			continue;
		n += n < CT_SLOWEST;
		memmove(&facts[at + 1], &facts[at], (n - at - 1) * sizeof(*facts));
		facts[at] = i;
	}
	return n;
}

static void add_slowest(struct ct_sample *sample, const struct ct_model *model,
			const char *trace)
{
	size_t facts[CT_SLOWEST];

	sample->n_slowest = find_slowest(model, facts);
	for (size_t i = 0; i < sample->n_slowest; i++) {
		const struct ct_fact *fact = &model->facts[facts[i]];
		CT_CLEANUP_STRBUF struct ct_strbuf process = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf call = CT_STRBUF_INIT;

		if (fact->process >= 0)
			ct_label_process(&process, model, fact->process);
		ct_label_fact(&call, model, facts[i]);
		if (call.len > CALL_BYTES)
			ct_strbuf_truncate(&call, CALL_BYTES);
		sample->slowest[i] = (struct ct_slow_call){
			.dur_ns = fact->event->dur_ns,
			.t_ns = fact->event->t_ns,
			.trace = ct_arena_strdup(&sample->arena, trace),
			.process = ct_arena_strdup(&sample->arena, process.data),
			.call = ct_arena_strdup(&sample->arena, call.data),
			.role = fact->process >= 0 ? model->processes[fact->process].role
						   : CT_ROLE_UNKNOWN,
		};
	}
}

struct ct_sample *ct_sample_of_run(const struct ct_model *model, const char *trace)
{
	struct ct_sample *sample = ct_sample_new();
	CT_CLEANUP_STRBUF struct ct_strbuf command = CT_STRBUF_INIT;
	struct readings all = { 0 };

	sample->n_runs = 1;
	sample->n_cut = !model->complete;
	sample->n_bad = model->exited && (model->exit.status || model->exit.signal);
	ct_headline_subject(&command, model);
	sample->command = ct_arena_strdup(&sample->arena, command.data);
	readings_add(&all, CT_MEASURE_RUN, "", model->end_ns);
	add_phases(&all, model);
	add_roles(&all, model);
	add_counts(&all, model);
	add_calls(&all, model);
	readings_group(&all, sample);
	add_slowest(sample, model, trace);
	return sample;
}
