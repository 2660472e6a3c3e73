/* SPDX-License-Identifier: MIT */
/*
 * Recency alone is always wrong: runtimes clean up between a failure and its message. So
 * every failed call before the message was first said gets points for what agrees.
 */
#include "candidate.h"

#include "call_words.h"

#include "alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	POINTS_ERRNO = 40,
	POINTS_OTHER_ERRNO = -30, /* it names another one: rare, but it happens */
	POINTS_NAME = 9,          /* for each degree of likeness */
	POINTS_VERB = 14,
	POINTS_TASK = 14,
	POINTS_CONTAINER = 5, /* another process of the same container */
	POINTS_TIME = 12,     /* the last one; less for each that failed later */
	POINTS_TIME_STEP = 2,
	POINTS_SILENT_END =
		34, /* nobody names an errno: the first to end with an error */
	POINTS_END = 4,
	POINTS_BENIGN = -14,
	POINTS_REMEDIED = -22,
	POINTS_WARNING = -25,
	POINTS_TRAVELLED = -6, /* said again by somebody else */
	BEST = 16,             /* of them, those that are compared with what came after */
	RECENT_MAX = 4096, /* failed calls that are looked at, from the last one back */
};

struct scan {
	const struct ct_model *model;
	const struct messages *messages;
	size_t *failed; /* facts, in order */
	size_t n_failed, cap_failed;
	int first_to_fail; /* the process that first ended with an error; -1 */
	bool payload;
	struct pairs pairs;
};

static bool is_failed(const struct scan *scan, size_t fact)
{
	const struct ct_model *model = scan->model;
	const struct ct_event *event = model->facts[fact].event;
	int process = model->facts[fact].process;

	return event->kind == CT_EVENT_CALL && event->call.result == CT_RESULT_ERROR &&
	       process >= 0 &&
	       message_is_payload(model, process, event->t_ns) == scan->payload;
}

/* Ended by itself with an error; a killed one is somebody else's doing. */
static bool ended_badly(const struct ct_process *p)
{
	return p->exited_ns >= 0 && !p->exit.signal && p->exit.status > 0;
}

static int first_to_fail(const struct ct_model *model)
{
	int first = -1;

	for (size_t i = 0; i < model->n_processes; i++)
		if (ended_badly(&model->processes[i]) &&
		    !message_is_payload(model, (int)i, model->processes[i].exited_ns) &&
		    (first < 0 ||
		     model->processes[i].exited_ns < model->processes[first].exited_ns))
			first = (int)i;
	return first;
}

/* Was the same asked again later, with success? Then nobody minded. */
static bool was_remedied(const struct ct_model *model, size_t fact, int64_t until_ns)
{
	const struct ct_event_call *failed = &model->facts[fact].event->call;

	for (size_t i = fact + 1; i < model->n_facts; i++) {
		const struct ct_event *event = model->facts[i].event;

		if (event->t_ns > until_ns)
			return false;
		if (event->kind == CT_EVENT_EXEC && !strncmp(failed->name, "execve", 6) &&
		    model->facts[i].process == model->facts[fact].process)
			return true;
		if (event->kind != CT_EVENT_CALL || !ct_call_ok(&event->call) ||
		    model->facts[i].process != model->facts[fact].process ||
		    strcmp(event->call.name, failed->name) != 0 ||
		    event->call.n_args != failed->n_args)
			continue;
		for (size_t a = 0; a < failed->n_args; a++)
			if (failed->args[a].path && event->call.args[a].path &&
			    !strcmp(failed->args[a].path, event->call.args[a].path))
				return true;
	}
	return false;
}

/* What is true of the call whatever was said. */
static int points_of_call(const struct scan *scan, size_t fact)
{
	const struct ct_fact *f = &scan->model->facts[fact];
	int points = f->tags & 1u << CT_TAG_BENIGN ? POINTS_BENIGN : 0;

	if (ended_badly(&scan->model->processes[f->process]))
		points += POINTS_END;
	return points;
}

/* A connect that does not wait tells how it went later, by SO_ERROR. */
static bool comes_later(int error, const struct words *words)
{
	static const int answers[] = { ECONNREFUSED, ECONNRESET, ETIMEDOUT, EHOSTUNREACH,
				       ENETUNREACH };

	for (size_t i = 0; error == EINPROGRESS && i < sizeof(answers) / sizeof(*answers);
	     i++)
		if (words->errors[answers[i]])
			return true;
	return false;
}

static void add_errno(struct pair *pair, const struct words *words, int error)
{
	if (!words->first_error)
		return;
	if ((error > 0 && error < WORDS_ERRNO_MAX && words->errors[error]) ||
	    comes_later(error, words)) {
		pair->points += POINTS_ERRNO;
		pair->agree |= 1u << EVIDENCE_ERRNO;
	} else {
		pair->points += POINTS_OTHER_ERRNO;
	}
}

/* How many of its process's calls failed after it, and before the message? */
static void add_time(const struct scan *scan, struct pair *pair, int64_t before_ns)
{
	const struct ct_fact *facts = scan->model->facts;
	int later = 0;

	for (size_t i = scan->n_failed; i-- > 0 && scan->failed[i] > pair->fact;) {
		if (later * POINTS_TIME_STEP >= POINTS_TIME)
			return;
		if (facts[scan->failed[i]].event->t_ns < before_ns &&
		    facts[scan->failed[i]].process == pair->process)
			later++;
	}
	pair->points += POINTS_TIME - later * POINTS_TIME_STEP;
	if (!later)
		pair->agree |= 1u << EVIDENCE_TIME;
}

/* A child whose last act it was: it tried, could not, and gave up. */
static void add_end(const struct scan *scan, struct pair *pair,
		    const struct message *origin)
{
	if (pair->process == origin->process || !(pair->agree & 1u << EVIDENCE_TIME) ||
	    !ended_badly(&scan->model->processes[pair->process]))
		return;
	pair->agree |= 1u << EVIDENCE_END;
	/* what is a search elsewhere was its whole task here */
	if (scan->model->facts[pair->fact].tags & 1u << CT_TAG_BENIGN)
		pair->points -= POINTS_BENIGN;
}

static void add_task(const struct scan *scan, struct pair *pair,
		     const struct message *origin)
{
	const struct ct_process *processes = scan->model->processes;

	if (origin->process == pair->process) {
		pair->points += POINTS_TASK;
		pair->agree |= 1u << EVIDENCE_TASK;
	} else if (processes[origin->process].container >= 0 &&
		   processes[origin->process].container ==
			   processes[pair->process].container) {
		pair->points += POINTS_CONTAINER;
	}
}

static struct pair score(const struct scan *scan, size_t fact, const struct message *m)
{
	const struct message *origin = &scan->messages->items[m->origin];
	const struct ct_event_call *call = &scan->model->facts[fact].event->call;
	struct pair pair = {
		.message = m,
		.fact = fact,
		.process = scan->model->facts[fact].process,
		.points = points_of_call(scan, fact),
	};
	const char *name;
	int likeness;

	/* it may have travelled as text without an errno, and got one at its end */
	add_errno(&pair, m->words.first_error ? &m->words : &origin->words, call->error);
	likeness = call_names(call, &m->words, &name);
	pair.points += likeness * POINTS_NAME;
	pair.agree |= likeness > 1 ? 1u << EVIDENCE_NAME : 0;
	if (call_is_verb(call, &m->words)) {
		pair.points += POINTS_VERB;
		pair.agree |= 1u << EVIDENCE_VERB;
	}
	add_task(scan, &pair, origin);
	add_time(scan, &pair, origin->t_ns);
	add_end(scan, &pair, origin);
	if (!(pair.agree & EVIDENCE_SUBJECT) &&
	    scan->model->facts[fact].tags & 1u << CT_TAG_BENIGN)
		pair.points +=
			POINTS_REMEDIED; /* an errno alone is no reason to mind it */
	if (m->warning)
		pair.points += POINTS_WARNING;
	if (origin != m && origin->process != m->process)
		pair.points += POINTS_TRAVELLED;
	return pair;
}

static void keep_better(struct pairs *pairs, size_t first, const struct pair *pair)
{
	for (size_t i = first; i < pairs->n; i++)
		if (pairs->items[i].fact == pair->fact) {
			if (pair->points > pairs->items[i].points)
				pairs->items[i] = *pair;
			return;
		}
	*ct_push(pairs->items, pairs->n, pairs->cap) = *pair;
}

/*
 * Nobody said which errno it was ("can't get final child's PID from pipe: EOF"): then the
 * first process that gave up is the one, and its last failed call that means anything.
 */
static void score_silent(struct scan *scan)
{
	for (size_t i = scan->n_failed; i-- > 0;) {
		const struct ct_fact *f = &scan->model->facts[scan->failed[i]];
		struct pair pair = { .fact = scan->failed[i],
				     .process = f->process,
				     .agree = 1u << EVIDENCE_END | 1u << EVIDENCE_TIME };

		if (f->process != scan->first_to_fail || f->tags & 1u << CT_TAG_BENIGN)
			continue;
		pair.points = points_of_call(scan, pair.fact) + POINTS_SILENT_END +
			      POINTS_TASK + POINTS_TIME;
		keep_better(&scan->pairs, 0, &pair);
		return;
	}
}

static int by_points(const void *one, const void *other)
{
	const struct pair *a = one, *b = other;

	if (a->points != b->points)
		return a->points < b->points ? 1 : -1;
	return a->fact < b->fact ? 1 : a->fact > b->fact ? -1 : 0;
}

static void rank(struct scan *scan)
{
	struct pairs *pairs = &scan->pairs;

	if (!pairs->n)
		return;
	qsort(pairs->items, pairs->n, sizeof(*pairs->items), by_points);
	for (size_t i = 0; i < pairs->n && i < BEST; i++) {
		const struct message *m = pairs->items[i].message;
		int64_t until = m ? scan->messages->items[m->origin].t_ns : INT64_MAX;

		if (was_remedied(scan->model, pairs->items[i].fact, until))
			pairs->items[i].points += POINTS_REMEDIED;
	}
	qsort(pairs->items, pairs->n, sizeof(*pairs->items), by_points);
}

static void find_failed(struct scan *scan)
{
	for (size_t i = 0; i < scan->model->n_facts; i++)
		if (is_failed(scan, i))
			*ct_push(scan->failed, scan->n_failed, scan->cap_failed) = i;
}

/* Has anybody named an errno, or has the first that gave up said why in its own words? */
static bool is_spoken(const struct scan *scan)
{
	for (size_t i = 0; i < scan->messages->n; i++) {
		const struct message *m = &scan->messages->items[i];

		if (!m->payload && !m->warning &&
		    (m->words.first_error || m->process == scan->first_to_fail))
			return true;
	}
	return false;
}

struct pairs pairs_of(const struct ct_model *model, const struct messages *messages,
		      bool payload)
{
	struct scan scan = { .model = model,
			     .messages = messages,
			     .first_to_fail = first_to_fail(model),
			     .payload = payload };
	size_t oldest;

	find_failed(&scan);
	oldest = scan.n_failed > RECENT_MAX ? scan.n_failed - RECENT_MAX : 0;
	for (size_t i = oldest; i < scan.n_failed; i++) {
		const struct ct_event *event = model->facts[scan.failed[i]].event;
		size_t first = scan.pairs.n;

		for (size_t m = 0; m < messages->n; m++) {
			const struct message *message = &messages->items[m];
			struct pair pair;

			if (message->payload != payload ||
			    messages->items[message->origin].t_ns < event->t_ns)
				continue;
			pair = score(&scan, scan.failed[i], message);
			if (pair.points >= CANDIDATE_MIN)
				keep_better(&scan.pairs, first, &pair);
		}
	}
	if (!payload && !is_spoken(&scan))
		score_silent(&scan);
	rank(&scan);
	free(scan.failed);
	return scan.pairs;
}
