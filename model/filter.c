/* SPDX-License-Identifier: MIT */
/* Filters are inherited by new tasks, stay after execve, and are never taken away. */
#include "filter.h"

#include "call.h"
#include "site.h"
#include "survey.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>

/*
 * The kernel's limit for all filters of a task together (kernel/seccomp.c,
 * MAX_INSNS_PER_PATH, which counts 4 more for each filter). It bounds our work as well.
 */
#define INSTRUCTIONS_MAX 32768
#define FILTER_COST      4
#define ARGS_MAX         6

/* A program is looked for among so many: a host starts few kinds of containers. */
#define RECENT_FILTERS 32

/*
 * A task's newest filter; tasks that were born since share it and what is below. Tasks
 * that install the same on top of the same share one, too, and what was found out.
 */
struct filter {
	const struct filter *older;
	const struct ct_bpf_program *program;
	const struct ct_arg *bytes; /* the program as it was installed */
	struct filter *before;      /* the filter that was made before this one */
	enum ct_arch arch;          /* of the call that installed it */
	size_t id;                  /* how many filters of the trace are older */
	size_t n;                   /* filters of the task, this one included */
	size_t cost;                /* of all of them */
	/* made when somebody asks: */
	const struct ct_bpf_program **chain; /* n of them, the oldest first */
	const struct ct_seccomp *survey;
};

/* -------- who has which -------- */

void filter_birth(const struct feed *f, int creator)
{
	const struct ct_state *state = f->event->state;
	struct task *task = &f->m->tasks[f->task];

	if (creator >= 0) {
		task->filter = f->m->tasks[creator].filter;
		task->other_filters = f->m->tasks[creator].other_filters;
		return;
	}
	task->other_filters =
		!state || !(state->have & CT_STATE_STATUS) || state->seccomp != 0;
}

static const struct ct_arg *program_of(const struct ct_event_call *call)
{
	const struct ct_arg *args = ct_call_arg(call, "args");

	return args ? args : ct_call_arg(call, "arg3"); /* prctl */
}

static struct filter *same_filter(const struct model *m, const struct filter *older,
				  const struct ct_arg *bytes, enum ct_arch arch)
{
	struct filter *filter = m->last_filter;

	for (int i = 0; filter && i < RECENT_FILTERS; i++, filter = filter->before)
		if (filter->older == older && filter->arch == arch &&
		    filter->bytes->len == bytes->len &&
		    !memcmp(filter->bytes->str, bytes->str, bytes->len))
			return filter;
	return NULL;
}

static struct filter *new_filter(struct model *m, const struct filter *older,
				 const struct ct_event_call *call)
{
	enum ct_arch arch = call->arch < CT_ARCH_UNKNOWN ? call->arch : CT_ARCH_X86_64;
	const struct ct_arg *bytes = call_item(program_of(call), "filter");
	const struct ct_bpf_program *program = NULL;
	struct filter *filter;
	size_t cost;

	if (!bytes || bytes->type != CT_VALUE_STR || bytes->truncated || !bytes->len)
		return NULL;
	filter = same_filter(m, older, bytes, arch);
	if (filter)
		return filter;
	program = ct_bpf_program_new(&m->arena, bytes->str, bytes->len);
	if (!program)
		return NULL;
	cost = (older ? older->cost : 0) + program->len + FILTER_COST;
	if (cost > INSTRUCTIONS_MAX)
		return NULL;
	filter = ct_arena_alloc(&m->arena, sizeof(*filter));
	*filter = (struct filter){
		.older = older,
		.program = program,
		.bytes = bytes,
		.before = m->last_filter,
		.arch = arch,
		.id = m->n_filters++,
		.n = (older ? older->n : 0) + 1,
		.cost = cost,
	};
	m->last_filter = filter;
	return filter;
}

/* With SECCOMP_FILTER_FLAG_TSYNC all threads get what the caller has. */
static void synchronize(struct model *m, int from)
{
	for (size_t i = 0; i < m->n_tasks; i++)
		if (m->tasks[i].process == m->tasks[from].process) {
			m->tasks[i].filter = m->tasks[from].filter;
			m->tasks[i].other_filters = m->tasks[from].other_filters;
		}
}

static bool sets_filter(const struct ct_event_call *call)
{
	return !strcmp(call->name, "seccomp")
		       ? ct_call_int(call, "operation", -1) == SECCOMP_SET_MODE_FILTER
		       : ct_call_int(call, "arg2", -1) == SECCOMP_MODE_FILTER;
}

static int64_t flags_of(const struct ct_event_call *call)
{
	return !strcmp(call->name, "seccomp") ? ct_call_int(call, "flags", 0) : 0;
}

/* A thread that cannot be synchronized is no errno: its id is returned (seccomp(2)). */
static bool names_thread(const struct ct_event_call *call)
{
	return call->ret > 0 && !(flags_of(call) & SECCOMP_FILTER_FLAG_NEW_LISTENER);
}

/* The container that the task is about to become; NULL. */
static struct site *own_site(const struct feed *f)
{
	const struct task *t = &f->m->tasks[f->task];

	return t->inside && site_building(f->m, t->site) ? &f->m->sites[t->site] : NULL;
}

void filter_install(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	struct task *task = &f->m->tasks[f->task];
	struct site *site = own_site(f);
	struct filter *filter;
	int64_t len;

	if (!sets_filter(call) || names_thread(call))
		return;
	filter = new_filter(f->m, task->filter, call);
	if (filter)
		task->filter = filter;
	else
		task->other_filters = true;
	if (flags_of(call) & SECCOMP_FILTER_FLAG_TSYNC)
		synchronize(f->m, f->task);
	if (!site)
		return;
	site->filter = task->filter;
	len = call_item_int(program_of(call), "len", -1);
	if (len >= 0 && len <= UINT16_MAX)
		site_container(f->m, task->site)->seccomp_instructions = (int)len;
}

void filter_payload(struct model *m, int task, int site)
{
	m->sites[site].filter = m->tasks[task].filter;
}

/* -------- what they answer -------- */

static struct ct_bpf_scratch *scratch(struct model *m)
{
	if (!m->scratch)
		m->scratch = ct_bpf_scratch_new();
	return m->scratch;
}

static struct ct_bpf_chain chain_of(struct filter *filter, struct ct_arena *arena)
{
	size_t n = filter->n;

	if (!filter->chain) {
		filter->chain = ct_arena_array(arena, const struct ct_bpf_program *, n);
		for (const struct filter *at = filter; at; at = at->older)
			filter->chain[at->n - 1] = at->program;
	}
	return (struct ct_bpf_chain){ filter->chain, n };
}

/*
 * What is known of the registers: numbers as the decoder tells them, in the order of the
 * registers. Of a number below 0 the decoder has looked at the lower half, perhaps.
 */
static void add_arguments(struct ct_bpf_input *input, const struct ct_event_call *call)
{
	for (size_t i = 0; i < call->n_args && i < ARGS_MAX; i++) {
		const struct ct_arg *arg = &call->args[i];

		if (arg->type != CT_VALUE_INT && arg->type != CT_VALUE_PTR)
			continue;
		/* not in the order of the registers: no filter asks for them */
		if (i >= 3 && ct_arch_clones_backwards(call->arch) &&
		    !strcmp(call->name, "clone"))
			continue;
		ct_bpf_input_low(input, i, (uint32_t)arg->i);
		if (!ct_arch_is_narrow(call->arch) &&
		    (arg->type == CT_VALUE_PTR || arg->i >= 0 || arg->i < INT32_MIN))
			ct_bpf_input_high(input, i, (uint32_t)((uint64_t)arg->i >> 32));
	}
}

/* Whose failure it is when a filter says this; NONE: the call cannot fail like that. */
static enum ct_answerer answerer(uint32_t answer, int error)
{
	int denied_with;

	switch (ct_bpf_verdict(answer, &denied_with)) {
	case CT_VERDICT_ERRNO:
		return denied_with == error ? CT_ANSWERER_FILTER : CT_ANSWERER_NONE;
	case CT_VERDICT_TRACE: /* a tracer that does not know the filter skips the call */
		return error == ENOSYS ? CT_ANSWERER_FILTER : CT_ANSWERER_NONE;
	case CT_VERDICT_NOTIFY: /* the other process may also let the kernel decide */
		return CT_ANSWERER_UNKNOWN;
	case CT_VERDICT_ALLOW:
	case CT_VERDICT_LOG:
		return CT_ANSWERER_KERNEL;
	default:
		return CT_ANSWERER_NONE; /* a signal, and no errno */
	}
}

/* Several answers may be possible, but only those count that go with this failure. */
static enum ct_answerer judge(const struct ct_bpf_answers *answers, int error)
{
	enum ct_answerer by = CT_ANSWERER_NONE;

	for (size_t i = 0; i < answers->n && !answers->open; i++) {
		enum ct_answerer one = answerer(answers->values[i], error);

		if (one && by && one != by)
			return CT_ANSWERER_UNKNOWN;
		by = one ? one : by;
	}
	return by ? by : CT_ANSWERER_UNKNOWN;
}

/* Most answers do not depend on arguments: they are looked for once. */
static void ask(struct model *m, struct filter *filter, const struct ct_event_call *call,
		struct ct_bpf_answers *answers)
{
	struct ct_bpf_chain chain = chain_of(filter, &m->arena);
	uint64_t key = (uint64_t)filter->id << 35 | (uint64_t)call->arch << 32 |
		       (uint32_t)call->nr;
	int known = map_get(&m->single_answers, key);
	struct ct_bpf_input input;

	if (known != MAP_NONE) {
		*answers = (struct ct_bpf_answers){ .n = 1 };
		answers->values[0] = m->answers[known];
		return;
	}
	ct_bpf_input_call(&input, call->arch, call->nr);
	ct_bpf_chain_answers(&chain, &input, scratch(m), answers);
	if (answers->n == 1 && !answers->open) {
		map_put(&m->single_answers, key, (int)m->n_answers);
		*push(m, m->answers, m->n_answers) = answers->values[0];
		return;
	}
	add_arguments(&input, call);
	ct_bpf_chain_answers(&chain, &input, scratch(m), answers);
}

enum ct_verdict filter_answer(struct model *m, int site,
			      const struct filter_question *question, int *error)
{
	struct filter *filter = m->sites[site].filter;
	struct ct_bpf_answers answers = { 0 };
	struct ct_bpf_chain chain;
	struct ct_bpf_input input;

	*error = 0;
	if (!filter)
		return CT_VERDICT_UNDETERMINED;
	chain = chain_of(filter, &m->arena);
	ct_bpf_input_call(&input, filter->arch, question->nr);
	for (size_t i = 0; i < 6; i++) {
		ct_bpf_input_low(&input, i, (uint32_t)question->args[i]);
		ct_bpf_input_high(&input, i, (uint32_t)(question->args[i] >> 32));
	}
	ct_bpf_chain_answers(&chain, &input, scratch(m), &answers);
	return ct_bpf_answers_verdict(&answers, error);
}

void filter_attribute(const struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct task *task = &f->m->tasks[f->task];
	struct ct_bpf_answers answers;
	enum ct_answerer by;

	if (!task->filter || call->arch >= CT_ARCH_UNKNOWN)
		return;
	ask(f->m, task->filter, call, &answers);
	by = judge(&answers, call->error);
	/* what these filters let pass, another one may have denied */
	if (by == CT_ANSWERER_KERNEL && task->other_filters)
		by = CT_ANSWERER_UNKNOWN;
	feed_fact(f)->answered_by = by;
}

static const struct ct_seccomp *survey(struct model *m, struct filter *filter)
{
	struct ct_bpf_chain chain = chain_of(filter, &m->arena);

	if (!filter->survey)
		filter->survey =
			ct_bpf_survey(&m->arena, &chain, filter->arch, scratch(m));
	return filter->survey;
}

void filter_compute(struct model *m)
{
	for (size_t i = 0; i < m->n_sites; i++)
		if (m->sites[i].container >= 0 && m->sites[i].filter)
			site_container(m, (int)i)->seccomp =
				survey(m, m->sites[i].filter);
}

void filter_release(struct model *m)
{
	map_release(&m->single_answers);
	ct_bpf_scratch_free(m->scratch);
}
