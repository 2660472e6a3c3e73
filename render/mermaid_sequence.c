/* SPDX-License-Identifier: MIT */
/* The story as messages between processes: who made, moved, released and awaited whom. */
#include "alloc.h"
#include "cast.h"
#include "label.h"
#include "lesson.h"
#include "lookup.h"
#include "mermaid.h"
#include "words.h"

#include <stdlib.h>

/* As much as fits a page, and as Mermaid draws before it gives up. */
enum { ACTORS_MAX = 16, MESSAGES_MAX = 160, TEXT_CELLS = 64 };

/* Is something told of a process, and drawn? */
enum telling { TOLD_NOTHING, TOLD, TOLD_BEYOND }; /* beyond the last message */

struct sequence {
	struct ct_strbuf *out;
	const struct ct_story *story;
	struct ct_cast cast;
	int *actors;        /* per process: whose lifeline tells of it; -1 */
	enum telling *used; /* per process */
	bool *born;         /* per process: its arrow has been drawn */
	size_t n_messages;
	size_t next_handover; /* of the model: told up to here */
	struct ct_told *told; /* NULL: no lessons are wanted */
};

/* Repeated helpers have no lifeline: what is said of them is said of who called them. */
static bool is_actor(const struct sequence *s, int process)
{
	return ct_cast_has(&s->cast, process) && s->cast.members[process].n_folded == 1;
}

/* Creators and folds come before those that they stand for. */
static void find_actors(struct sequence *s)
{
	const struct ct_model *model = s->story->model;

	for (int i = 0; i < (int)model->n_processes; i++) {
		const struct ct_member *m = &s->cast.members[i];
		int creator = model->processes[i].creator;

		s->actors[i] = creator >= 0 && creator < i ? s->actors[creator] : -1;
		if (m->shown && m->fold < i)
			s->actors[i] = s->actors[m->fold];
		if (is_actor(s, i))
			s->actors[i] = i;
	}
}

static int actor_of(const struct sequence *s, int process)
{
	return process < 0 ? -1 : s->actors[process];
}

/* The other end of an item's arrow; -1: it is a note. */
static int other_end(const struct sequence *s, const struct ct_item *item, int actor)
{
	const struct ct_model *model = s->story->model;
	const struct ct_fact *fact = &model->facts[item->events[0]];
	const struct ct_container *c = ct_container_at(model, fact->container);

	if (item->kind == CT_ITEM_MOVE)
		return actor_of(s, model->cgroup_changes[fact->cgroup].writer);
	if (item->kind == CT_ITEM_FIFO && c && !model->processes[actor].inside)
		return actor_of(s, c->init);
	if (item->kind == CT_ITEM_EXIT)
		return s->cast.members[actor].parent;
	return -1;
}

/* What belongs to no process is said where the trace begins. */
static int actor_of_item(const struct sequence *s, const struct ct_item *item)
{
	int process = item->process;

	if (process < 0 && s->story->model->n_processes)
		process = 0;
	return actor_of(s, process);
}

static void use(struct sequence *s, int actor, enum telling how)
{
	if (actor >= 0 && !s->used[actor])
		s->used[actor] = how;
}

/* Those of whom nothing is told have no lifeline, nor have those that come too late. */
static void find_used(struct sequence *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->story->n_items; i++) {
		const struct ct_item *item = &s->story->items[i];
		int actor = actor_of_item(s, item);
		enum telling how;

		if (actor < 0)
			continue;
		how = n++ < MESSAGES_MAX ? TOLD : TOLD_BEYOND;
		use(s, actor, how);
		use(s, other_end(s, item, actor), how);
		use(s, s->cast.members[actor].parent, how);
	}
}

/* "172.480 clone +mnt …": an item's time and words, cut to a message's length. */
static void add_words(const struct sequence *s, const struct ct_item *item)
{
	static const struct ct_look look = { .width = TEXT_CELLS };
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&look);
	CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
	enum ct_step step = ct_step_of_item(s->story->model, item);

	ct_label_ms(&name, item->t_ns);
	ct_strbuf_adds(&name, " ");
	if (step)
		ct_strbuf_addf(&name, "step %d: ", (int)step);
	if (item->kind == CT_ITEM_FAILURE)
		ct_strbuf_adds(&name, "✗ ");
	if (item->kind == CT_ITEM_FOLD)
		ct_label_name(&name, s->story->model, item->process);
	ct_row_addf(&row, CT_STYLE_PLAIN, "%s%s", name.data,
		    item->kind == CT_ITEM_FOLD ? ": " : "");
	ct_words_add(&row, s->story, item);
	ct_mermaid_text(s->out, row.text.data, TEXT_CELLS);
	ct_strbuf_addc(s->out, '\n');
}

static void add_note(const struct sequence *s, const struct ct_item *item, int actor)
{
	ct_strbuf_addf(s->out, "    Note over p%d: ", actor);
	add_words(s, item);
}

/* Does what is told first also tell how the process came to be? */
static bool tells_birth(const struct ct_item *item)
{
	return item->kind == CT_ITEM_EXEC || item->kind == CT_ITEM_NAMESPACE ||
	       item->kind == CT_ITEM_BORN;
}

/* The arrow that leads to an actor which was made by another one. True: the item is told
 * with it. */
static bool add_birth(struct sequence *s, int actor, const struct ct_item *item)
{
	const struct ct_process *p = &s->story->model->processes[actor];
	int parent = s->cast.members[actor].parent;

	s->born[actor] = true;
	if (parent < 0 || !is_actor(s, parent))
		return false;
	ct_strbuf_addf(s->out, "    p%d->>p%d: ", parent, actor);
	if (tells_birth(item)) {
		add_words(s, item);
		return true;
	}
	ct_label_ms(s->out, p->born_ns);
	ct_strbuf_addf(s->out, " %s\n", ct_words_birth(p->how));
	return false;
}

static bool is_bad_exit(const struct sequence *s, const struct ct_item *item)
{
	const struct ct_event_exit *end =
		&ct_event_at(s->story->model, item->events[0])->exit;

	return end->signal || end->status;
}

/* What the item is good for: a sentence in short lines, below it. */
static void add_lessons(const struct sequence *s, const struct ct_item *item, int actor)
{
	static const struct ct_look look = { .width = TEXT_CELLS };
	const struct ct_lesson *lessons[CT_LESSONS_OF_ITEM];
	size_t n = 0;

	if (s->told)
		n = ct_lessons_of_item(lessons, s->story->model, item);
	for (size_t i = 0; i < n; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
		const char *separator = "";

		if (!ct_told_first(s->told, lessons[i]))
			continue;
		ct_lesson_add_named(&text, lessons[i]);
		ct_strbuf_addf(s->out, "    Note over p%d: ", actor);
		for (const char *rest = text.data; *rest; separator = "<br/>") {
			CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(&look);

			rest = ct_row_fill(&row, CT_STYLE_PLAIN, rest);
			ct_strbuf_adds(s->out, separator);
			ct_mermaid_text(s->out, row.text.data, TEXT_CELLS);
		}
		ct_strbuf_addc(s->out, '\n');
	}
}

static void tell_item(struct sequence *s, const struct ct_item *item, int actor)
{
	int other;

	if (!s->born[actor] && actor == item->process && add_birth(s, actor, item))
		return;
	other = other_end(s, item, actor);
	if (other < 0 || other == actor || !is_actor(s, other)) {
		add_note(s, item, actor);
		return;
	}
	if (item->kind == CT_ITEM_EXIT)
		ct_strbuf_addf(s->out, "    p%d%sp%d: ", actor,
			       is_bad_exit(s, item) ? "--x" : "-->>", other);
	else if (item->kind == CT_ITEM_MOVE)
		ct_strbuf_addf(s->out, "    p%d->>p%d: ", other, actor);
	else
		ct_strbuf_addf(s->out, "    p%d->>p%d: ", actor, other);
	add_words(s, item);
}

static void add_item(struct sequence *s, const struct ct_item *item)
{
	int actor = actor_of_item(s, item);

	if (actor < 0 || s->n_messages++ >= MESSAGES_MAX)
		return;
	tell_item(s, item, actor);
	add_lessons(s, item, actor);
}

static void add_handover(struct sequence *s, const struct ct_handover *h)
{
	int from = actor_of(s, h->from), to = actor_of(s, h->to);

	if (from < 0 || to < 0 || from == to || s->used[from] != TOLD ||
	    s->used[to] != TOLD || !s->born[from] || !s->born[to] ||
	    s->n_messages++ >= MESSAGES_MAX)
		return;
	ct_strbuf_addf(s->out, "    p%d-)p%d: ", from, to);
	ct_label_ms(s->out, h->to_ns);
	ct_strbuf_addc(s->out, ' ');
	if (h->kind == CT_HANDOVER_CONSOLE)
		ct_strbuf_adds(s->out, "the terminal");
	else
		ct_mermaid_text(s->out, h->label, TEXT_CELLS);
	ct_strbuf_addc(s->out, '\n');
}

/* What was sent before `until_ns` and says what it is; the rest are items already. */
static void add_handovers(struct sequence *s, int64_t until_ns)
{
	const struct ct_model *model = s->story->model;

	for (; s->next_handover < model->n_handovers; s->next_handover++) {
		const struct ct_handover *h = &model->handovers[s->next_handover];

		if (h->to_ns > until_ns)
			break;
		if (h->kind == CT_HANDOVER_CONSOLE ||
		    (h->kind == CT_HANDOVER_MESSAGE && *h->label))
			add_handover(s, h);
	}
}

/* An empty diagram is an error for Mermaid. */
static void add_rest(const struct sequence *s)
{
	size_t n_beyond = 0;

	for (size_t i = 0; i < s->story->model->n_processes; i++)
		n_beyond += s->used[i] == TOLD_BEYOND;
	if (!s->n_messages)
		ct_strbuf_adds(s->out, "    participant nobody as nothing to tell\n");
	if (s->n_messages <= MESSAGES_MAX)
		return;
	ct_strbuf_addf(s->out, "    Note over p%d: %zu further steps", actor_of(s, 0),
		       s->n_messages - MESSAGES_MAX);
	if (n_beyond)
		ct_strbuf_addf(s->out, ", %zu further processes", n_beyond);
	ct_strbuf_addc(s->out, '\n');
}

void ct_mermaid_sequence(struct ct_strbuf *out, const struct ct_model *model,
			 const struct ct_render_options *options)
{
	struct ct_story *story = ct_story_new(model, options->verbose);
	struct ct_told told = { 0 };
	struct sequence s = { .out = out,
			      .story = story,
			      .told = options->lessons ? &told : NULL };
	bool *stands;

	s.actors = ct_alloc((model->n_processes + 1) * sizeof(*s.actors));
	s.used = ct_alloc((model->n_processes + 1) * sizeof(*s.used));
	s.born = ct_alloc((model->n_processes + 1) * sizeof(*s.born));
	ct_cast_init(&s.cast, model, options->verbose, ACTORS_MAX);
	ct_strbuf_adds(out, "sequenceDiagram\n");
	ct_mermaid_title(out, model, options);
	find_actors(&s);
	find_used(&s);
	stands = ct_alloc((model->n_processes + 1) * sizeof(*stands));
	for (size_t i = 0; i < model->n_processes; i++)
		stands[i] = s.used[i] == TOLD && is_actor(&s, (int)i);
	ct_mermaid_actors(out, model, stands);
	free(stands);
	for (size_t i = 0; i < story->n_items; i++) {
		add_handovers(&s, story->items[i].t_ns);
		add_item(&s, &story->items[i]);
	}
	add_rest(&s);
	ct_cast_release(&s.cast);
	free(s.actors);
	free(s.used);
	free(s.born);
	ct_story_free(story);
}
