/* SPDX-License-Identifier: MIT */
/* Births are bound by the child's pid; where another pid namespace numbers it, by order.
 */
#include "survey.h"

#include "alloc.h"
#include "result.h"
#include "value.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	uint64_t flags;
} creators[] = {
	{ "clone", 0 },
	{ "clone3", 0 },
	{ "fork", SIGCHLD },
	{ "vfork", CLONE_VM | CLONE_VFORK | SIGCHLD },
};

static int creator_of(struct ct_span name)
{
	for (size_t i = 0; i < sizeof(creators) / sizeof(*creators); i++)
		if (ct_span_equal(name, creators[i].name))
			return (int)i;
	return -1;
}

static uint64_t number_of(const struct ct_arg *args, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (args[i].name && !strcmp(args[i].name, name))
			return args[i].type == CT_VALUE_INT ? (uint64_t)args[i].i : 0;
	return 0;
}

static uint64_t flags_of(struct ct_span args, const struct ct_symbols *symbols)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_log_values values = { args, symbols, &arena, 0 };
	/* the struct of a clone3 that is not finished has no end yet: its fields do */
	struct ct_arg *items;
	uint64_t flags;
	size_t n;

	ct_span_take(&values.rest, "{");
	if (values.rest.end > values.rest.at && values.rest.end[-1] == '}')
		values.rest.end--;
	items = ct_log_value_list(&values, &n);
	flags = number_of(items, n, "flags") | number_of(items, n, "exit_signal");
	ct_arena_release(&arena);
	return flags;
}

static void begin(struct ct_log_survey *s, uint32_t serial,
		  const struct ct_log_line *line, const struct ct_symbols *symbols)
{
	int which = creator_of(line->name);
	struct ct_log_birth *birth;

	if (which < 0)
		return;
	birth = ct_push(s->births, s->n_births, s->cap_births);
	*birth = (struct ct_log_birth){ .line = s->lines, .creator = serial };
	birth->flags = creators[which].flags ? creators[which].flags
					     : flags_of(line->args, symbols);
	s->begun[serial - 1] = s->n_births;
}

static void finish(struct ct_log_survey *s, uint32_t serial,
		   const struct ct_log_line *line, const struct ct_symbols *symbols)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_event_call call = { 0 };
	struct ct_log_birth *birth;
	char *path;

	if (!s->begun[serial - 1])
		return;
	birth = &s->births[s->begun[serial - 1] - 1];
	s->begun[serial - 1] = 0;
	ct_log_result(line->result, symbols, &call, &path, &arena);
	if (call.result == CT_RESULT_VALUE && call.ret > 0)
		birth->child = (int32_t)call.ret;
	else if (call.result != CT_RESULT_NONE)
		birth->child = -1;
	if (ct_log_own_pid(line->result))
		birth->child = ct_log_own_pid(line->result);
	ct_arena_release(&arena);
}

/* A system call that is known to have been made names the traced command. */
static void note_command(struct ct_log_survey *s, const struct ct_log_line *line,
			 const struct ct_symbols *symbols)
{
	struct ct_log_values values = { line->args, symbols, &s->arena, 0 };
	struct ct_arg *args;
	size_t n;

	if (s->argv || !ct_span_equal(line->name, "execve"))
		return;
	args = ct_log_value_list(&values, &n);
	if (n < 2 || args[1].type != CT_VALUE_LIST)
		return;
	s->argv = args[1].items;
	s->n_argv = args[1].n_items;
}

static void note_time(struct ct_log_survey *s, const struct ct_log_prefix *prefix)
{
	if (!s->has_times && prefix->time_ns >= 0) {
		s->first_ns = prefix->time_ns;
		s->has_epoch = prefix->epoch;
	}
	s->has_times |= prefix->time_ns >= 0 || prefix->delta_ns >= 0;
}

/* Messages of netlink, by the names of old and of new logs. */
static void note_network(struct ct_log_survey *s, const struct ct_log_line *line)
{
	static const char *const words[] = { "nlmsg_seq=", "NLM_F_" };
	struct ct_span name = line->name;

	if (s->has_networks || !ct_span_take(&name, "send"))
		return;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		s->has_networks |= memmem(line->args.at, ct_span_len(line->args),
					  words[i], strlen(words[i])) != NULL;
}

void ct_log_survey_line(struct ct_log_survey *s, const struct ct_log_line *line,
			const struct ct_symbols *symbols)
{
	uint32_t serial;

	s->lines++;
	note_time(s, &line->prefix);
	serial = ct_log_who_is(&s->who, line);
	if (serial > s->n_arrivals) {
		size_t n = s->n_arrivals;

		*ct_push(s->arrivals, s->n_arrivals, s->cap_arrivals) =
			(struct ct_log_arrival){ .line = s->lines };
		*ct_push(s->begun, n, s->cap_begun) = 0;
	}
	if (!serial)
		return;
	s->arrivals[serial - 1].pid = s->who.pids[serial - 1];
	if (line->kind == CT_LOG_CALL || line->kind == CT_LOG_BEGUN) {
		begin(s, serial, line, symbols);
		note_command(s, line, symbols);
		note_network(s, line);
	}
	if (line->kind == CT_LOG_CALL || line->kind == CT_LOG_RESUMED)
		finish(s, serial, line, symbols);
	ct_log_who_ends(&s->who, serial, line);
}

/* -------- binding -------- */

static void bind(struct ct_log_survey *s, size_t arrival, size_t birth)
{
	s->arrivals[arrival].birth = birth + 1;
	s->births[birth].serial = (uint32_t)arrival + 1;
}

static bool may_be(const struct ct_log_birth *birth, const struct ct_log_arrival *arrival,
		   uint32_t serial)
{
	return !birth->serial && birth->line < arrival->line && birth->creator < serial;
}

static int by_child(const void *a, const void *b, void *births)
{
	const struct ct_log_birth *x = (struct ct_log_birth *)births + *(const size_t *)a;
	const struct ct_log_birth *y = (struct ct_log_birth *)births + *(const size_t *)b;

	if (x->child != y->child)
		return x->child < y->child ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* The first of the births, ordered by child, that has this one. */
static size_t lower_bound(const struct ct_log_survey *s, const size_t *order, int32_t pid)
{
	size_t low = 0, high = s->n_births;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->births[order[middle]].child < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of births with one pid the first is the first task's, and so on: each is asked once. */
static void bind_by_pid(struct ct_log_survey *s, const size_t *order)
{
	CT_CLEANUP_FREE size_t *asked = ct_alloc((s->n_births + 1) * sizeof(*asked));

	for (size_t a = 0; a < s->n_arrivals; a++) {
		const struct ct_log_arrival *arrival = &s->arrivals[a];
		size_t first = lower_bound(s, order, arrival->pid), i;

		if (arrival->pid <= 0)
			continue;
		for (i = first + asked[first]; i < s->n_births; i++) {
			const struct ct_log_birth *birth = &s->births[order[i]];

			if (birth->child != arrival->pid || birth->line >= arrival->line)
				break;
			asked[first]++;
			if (may_be(birth, arrival, (uint32_t)a + 1)) {
				bind(s, a, order[i]);
				break;
			}
		}
	}
}

/* What is left are children that another pid namespace numbers. */
static void bind_by_order(struct ct_log_survey *s)
{
	size_t next = 0;

	for (size_t a = 1; a < s->n_arrivals; a++) {
		if (s->arrivals[a].birth)
			continue;
		while (next < s->n_births &&
		       (s->births[next].serial || s->births[next].child < 0))
			next++;
		if (next < s->n_births &&
		    may_be(&s->births[next], &s->arrivals[a], (uint32_t)a + 1))
			bind(s, a, next);
	}
}

void ct_log_survey_settle(struct ct_log_survey *s)
{
	CT_CLEANUP_FREE size_t *order = ct_realloc(NULL, s->n_births + 1, sizeof(*order));

	for (size_t i = 0; i < s->n_births; i++)
		order[i] = i;
	qsort_r(order, s->n_births, sizeof(*order), by_child, s->births);
	bind_by_pid(s, order);
	bind_by_order(s);
}

void ct_log_survey_release(struct ct_log_survey *s)
{
	ct_log_who_release(&s->who);
	free(s->births);
	free(s->arrivals);
	free(s->begun);
	ct_arena_release(&s->arena);
}
