/* SPDX-License-Identifier: MIT */
/* An item of a story in words: one function per kind, found in a table. */
#include "words.h"

#include "label.h"
#include "lookup.h"
#include "objects.h"

#include <string.h>

typedef void words_fn(struct ct_row *row, const struct ct_story *story,
		      const struct ct_item *item);

const struct ct_event *ct_words_event(const struct ct_story *story,
				      const struct ct_item *item)
{
	return story->model->facts[item->events[0]].event;
}

/* The container that this process is the first one of. */
static const struct ct_container *own_container(const struct ct_story *story,
						const struct ct_item *item)
{
	if (!ct_is_init(story->model, item->process))
		return NULL;
	return ct_container_at(story->model,
			       story->model->processes[item->process].container);
}

/* The fifo that holds a created container back until it is started. */
static void say_fifo(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item)
{
	const struct ct_event *e = ct_words_event(story, item);
	CT_CLEANUP_STRBUF struct ct_strbuf wait = CT_STRBUF_INIT;

	if (!story->model->processes[item->process].inside) {
		ct_row_add(row, CT_STYLE_CHANGE, "⇢ opens exec.fifo, init goes on");
		return;
	}
	ct_row_add(row, CT_STYLE_PLAIN, "opens exec.fifo");
	if (e->dur_ns < 0)
		return;
	ct_label_duration(&wait, e->dur_ns);
	ct_row_addf(row, CT_STYLE_PLAIN, ", waits %s for the start", wait.data);
}

/* "⇢ passes /dev/pts/ptmx to conmon 42" */
static void say_pass(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item)
{
	static const char anonymous[] = "anon_inode:";
	const struct ct_event *e = ct_words_event(story, item);

	ct_row_add(row, CT_STYLE_CHANGE, "⇢ passes ");
	for (size_t i = 0; i < e->n_passed; i++) {
		const char *name = e->passed[i];

		if (!strncmp(name, anonymous, strlen(anonymous)))
			name += strlen(anonymous);
		ct_row_add(row, CT_STYLE_PLAIN, i ? ", " : "");
		ct_row_add(row, CT_STYLE_CHANGE, *name ? name : "a descriptor");
	}
	if (!e->peer)
		return;
	ct_row_addf(row, CT_STYLE_CHANGE, " to %s %d",
		    e->peer->exe && *e->peer->exe ? ct_basename(e->peer->exe) : "process",
		    e->peer->pid);
}

static void say_objects(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_objects_add(&sb, story, item);
	ct_row_addn(row, CT_STYLE_PLAIN, sb.data, sb.len);
}

static void say_network(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item)
{
	const struct ct_net_request *request =
		ct_request_of(story->model, item->events[0]);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (!request)
		return;
	ct_label_request(&sb, request);
	ct_row_addn(row, request->error ? CT_STYLE_BAD : CT_STYLE_CHANGE, sb.data,
		    sb.len);
}

static void say_root(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item)
{
	const struct ct_container *c = own_container(story, item);

	if (c && c->pivot_ns == item->t_ns && !story->verbose)
		ct_row_addf(row, CT_STYLE_CHANGE, "%s: / is now the container's",
			    c->pivot);
	else
		say_objects(row, story, item);
}

static void say_capability(struct ct_row *row, const struct ct_story *story,
			   const struct ct_item *item)
{
	const struct ct_container *c = own_container(story, item);

	if (!c || !c->has_caps || story->verbose) {
		say_objects(row, story, item);
		return;
	}
	ct_row_addf(row, CT_STYLE_CHANGE, "capabilities %d → %d",
		    __builtin_popcountll(c->caps_before.effective),
		    __builtin_popcountll(c->caps.effective));
	if (c->no_new_privs >= 0)
		ct_row_addf(row, CT_STYLE_PLAIN, ", no_new_privs %s",
			    c->no_new_privs ? "on" : "off");
}

static void say_seccomp(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item)
{
	const struct ct_container *c = own_container(story, item);

	if (!c || c->seccomp_instructions < 0 || story->verbose) {
		say_objects(row, story, item);
		return;
	}
	ct_row_addf(row, CT_STYLE_CHANGE, "seccomp filter, %d instructions",
		    c->seccomp_instructions);
	if (c->seccomp)
		ct_row_addf(row, CT_STYLE_PLAIN, ", denies %zu call%s",
			    c->seccomp->count[CT_VERDICT_ERRNO],
			    c->seccomp->count[CT_VERDICT_ERRNO] == 1 ? "" : "s");
}

static void say_message(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	size_t blank = 0;

	for (size_t i = 0; i < item->n_events; i++) {
		const struct ct_event *event = ct_event_at(story->model, item->events[i]);
		const struct ct_arg *data = ct_message_of(&event->call);

		if (data)
			ct_strbuf_add(&text, data->str, data->len);
	}
	while (text.len && strchr("\n ", text.data[text.len - 1]))
		text.len--;
	while (blank < text.len && text.data[blank] == '\n')
		blank++;
	ct_row_add(row, CT_STYLE_DIM, "says ");
	ct_row_addn(row, CT_STYLE_PLAIN, text.data + blank, text.len - blank);
}

static void say_call(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_call(&sb, &ct_words_event(story, item)->call);
	ct_row_addn(row, CT_STYLE_PLAIN, sb.data, sb.len);
}

/* What follows the last dot of a name. */
static const char *last_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot[1] ? dot + 1 : name;
}

static void add_answer(struct ct_row *row, const struct ct_bus_message *call,
		       const struct ct_bus_message *answer)
{
	CT_CLEANUP_STRBUF struct ct_strbuf time = CT_STRBUF_INIT;
	const char *text = answer->text;

	if (answer->kind != CT_BUS_ERROR) {
		ct_label_duration(&time, answer->t_ns - call->t_ns);
		ct_row_addf(row, CT_STYLE_DIM, "   (answered after %s)", time.data);
		return;
	}
	if (!strncmp(text, answer->error, strlen(answer->error)))
		text += strlen(answer->error);
	ct_row_add(row, CT_STYLE_BAD, " = ");
	ct_row_add(row, CT_STYLE_BAD, last_name(answer->error));
	ct_row_add(row, CT_STYLE_BAD, text);
}

static void say_bus(struct ct_row *row, const struct ct_story *story,
		    const struct ct_item *item)
{
	const struct ct_model *model = story->model;
	const struct ct_bus_message *m =
		ct_bus_message_at(model, &model->facts[item->events[0]]);

	ct_row_add(row, CT_STYLE_PLAIN, m->systemd ? "systemd: " : "D-Bus: ");
	ct_row_add(row, m->kind == CT_BUS_ERROR ? CT_STYLE_BAD : CT_STYLE_PLAIN, m->text);
	if (m->kind == CT_BUS_CALL && m->other >= 0)
		add_answer(row, m, &model->bus_messages[m->other]);
}

static void say_note(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item)
{
	ct_row_addf(row, CT_STYLE_DIM, "tracer: %s",
		    ct_words_event(story, item)->note.text);
}

static void say_fold(struct ct_row *row, const struct ct_story *story,
		     const struct ct_item *item)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_objects_add_runs(&sb, story, item);
	ct_row_addn(row, CT_STYLE_PLAIN, sb.data, sb.len);
}

static void say_cleanup(struct ct_row *row, const struct ct_story *story,
			const struct ct_item *item)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_objects_add_cleanup(&sb, story, item);
	ct_row_addf(row, CT_STYLE_PLAIN, "clean-up: %s", sb.data);
}

void ct_words_add(struct ct_row *row, const struct ct_story *story,
		  const struct ct_item *item)
{
	static words_fn *const words[CT_ITEM_KINDS] = {
		[CT_ITEM_BORN] = ct_words_born,
		[CT_ITEM_EXEC] = ct_words_exec,
		[CT_ITEM_NAMESPACE] = ct_words_namespace,
		[CT_ITEM_MOVE] = ct_words_move,
		[CT_ITEM_CGROUP] = say_objects,
		[CT_ITEM_MOUNT] = say_objects,
		[CT_ITEM_UNMOUNT] = say_objects,
		[CT_ITEM_ROOT] = say_root,
		[CT_ITEM_IDENTITY] = say_objects,
		[CT_ITEM_CAPABILITY] = say_capability,
		[CT_ITEM_SECCOMP] = say_seccomp,
		[CT_ITEM_LIMIT] = say_objects,
		[CT_ITEM_HOSTNAME] = say_objects,
		[CT_ITEM_SYSCTL] = say_objects,
		[CT_ITEM_KILL] = say_objects,
		[CT_ITEM_KEYRING] = say_objects,
		[CT_ITEM_DEVICE] = say_objects,
		[CT_ITEM_PIPE] = say_objects,
		[CT_ITEM_NETWORK] = say_network,
		[CT_ITEM_FILE] = say_objects,
		[CT_ITEM_BUS] = say_bus,
		[CT_ITEM_PASS] = say_pass,
		[CT_ITEM_FIFO] = say_fifo,
		[CT_ITEM_MESSAGE] = say_message,
		[CT_ITEM_WALL] = ct_words_wall,
		[CT_ITEM_CALL] = say_call,
		[CT_ITEM_FAILURE] = ct_words_failure,
		[CT_ITEM_SIGNAL] = ct_words_signal,
		[CT_ITEM_NOTE] = say_note,
		[CT_ITEM_GAP] = ct_words_gap,
		[CT_ITEM_EXIT] = ct_words_exit,
		[CT_ITEM_PRESSURE] = ct_words_pressure,
		[CT_ITEM_FOLD] = say_fold,
		[CT_ITEM_CLEANUP] = say_cleanup,
	};

	if (words[item->kind])
		words[item->kind](row, story, item);
}
