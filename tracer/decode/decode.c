/* SPDX-License-Identifier: MIT */
/* One function per kind of record. */
#include "decode.h"

#include "call.h"
#include "circumstances.h"
#include "netlink_attr.h"
#include "program.h"
#include "state.h"

#include <string.h>
#include <sys/wait.h>

static void decode_task(struct ct_event *event, const struct ct_record *rec,
			struct ct_arena *arena)
{
	(void)arena;
	event->kind = CT_EVENT_TASK;
	event->birth = (struct ct_event_task){ .pid = rec->pid,
					       .creator = rec->creator,
					       .how = CT_BIRTH_ATTACHED,
					       .flags = rec->flags };
	if (rec->birth <= CT_BIRTH_ATTACHED)
		event->birth.how = (enum ct_birth)rec->birth;
}

static void decode_exit(struct ct_event *event, const struct ct_record *rec,
			struct ct_arena *arena)
{
	int status = (int)rec->ret;

	(void)arena;
	event->kind = CT_EVENT_EXIT;
	event->exit = (struct ct_event_exit){ .status = -1 };
	if (WIFSIGNALED(status)) {
		event->exit.signal = WTERMSIG(status);
		event->exit.core = WCOREDUMP(status);
	} else {
		event->exit.status = WEXITSTATUS(status);
	}
}

static void decode_signal(struct ct_event *event, const struct ct_record *rec,
			  struct ct_arena *arena)
{
	(void)arena;
	event->kind = CT_EVENT_SIGNAL;
	event->signal = (int)rec->ret;
}

static void decode_words(struct ct_event *event, const struct ct_record *rec,
			 struct ct_arena *arena)
{
	const struct ct_blob *text = ct_record_find(rec, CT_BLOB_TEXT, CT_BLOB_TASK);

	event->kind = rec->kind == CT_RECORD_GAP ? CT_EVENT_GAP : CT_EVENT_NOTE;
	event->note.count = rec->ret > 0 ? (uint64_t)rec->ret : 0;
	event->note.text =
		text ? ct_arena_strndup(arena, ct_blob_bytes(text), text->len) : "";
}

static void decode_meter(struct ct_event *event, const struct ct_record *rec,
			 struct ct_arena *arena)
{
	const struct ct_blob *path = ct_record_find(rec, CT_BLOB_TEXT, CT_BLOB_TASK);
	const struct ct_blob *blob = ct_record_find(rec, CT_BLOB_FIGURES, CT_BLOB_TASK);
	struct ct_event_meter *meter = ct_arena_array(arena, struct ct_event_meter, 1);
	int64_t *figures = meter->figures;

	event->kind = CT_EVENT_METER;
	event->meter = meter;
	meter->cgroup =
		path ? ct_arena_strndup(arena, ct_blob_bytes(path), path->len) : "";
	for (int i = 0; i < CT_FIGURES; i++)
		figures[i] = -1;
	if (blob)
		memcpy(figures, ct_blob_bytes(blob),
		       blob->len < sizeof(meter->figures) ? blob->len
							  : sizeof(meter->figures));
	for (int i = 0; i < CT_FIGURES; i++)
		if (figures[i] < 0)
			figures[i] = -1;
}

static struct ct_peer *decode_peer(const struct ct_record *rec, struct ct_arena *arena)
{
	const struct ct_blob *blob = ct_record_find(rec, CT_BLOB_PEER, CT_BLOB_TASK);
	struct ct_blob_peer raw;
	struct ct_peer *peer;

	if (!blob || blob->len < sizeof(raw))
		return NULL;
	memcpy(&raw, ct_blob_bytes(blob), sizeof(raw));
	if (raw.pid <= 0)
		return NULL;
	peer = ct_arena_array(arena, struct ct_peer, 1);
	*peer = (struct ct_peer){ .pid = raw.pid, .uid = raw.uid, .gid = raw.gid };
	peer->exe =
		ct_arena_strndup(arena, (const char *)ct_blob_bytes(blob) + sizeof(raw),
				 blob->len - sizeof(raw));
	return peer;
}

static void decode_passed(struct ct_event *event, const struct ct_record *rec,
			  struct ct_arena *arena)
{
	const struct ct_blob *blob = ct_record_find(rec, CT_BLOB_PASSED, CT_BLOB_TASK);
	struct ct_span rest, name;
	size_t n = 0;

	if (!blob)
		return;
	for (rest = ct_blob_span(blob); rest.at < rest.end; n++)
		ct_span_until(&rest, '\0');
	event->passed = ct_arena_array(arena, const char *, n);
	for (rest = ct_blob_span(blob); event->n_passed < n; event->n_passed++) {
		name = ct_span_until(&rest, '\0');
		event->passed[event->n_passed] = ct_span_copy(name, arena);
	}
}

typedef void decode_fn(struct ct_event *event, const struct ct_record *rec,
		       struct ct_arena *arena);

static decode_fn *const by_kind[] = {
	[CT_RECORD_TASK] = decode_task,     [CT_RECORD_CALL] = ct_decode_call,
	[CT_RECORD_EXEC] = ct_decode_exec,  [CT_RECORD_EXIT] = decode_exit,
	[CT_RECORD_SIGNAL] = decode_signal, [CT_RECORD_GAP] = decode_words,
	[CT_RECORD_NOTE] = decode_words,    [CT_RECORD_ATTACH] = ct_decode_attach,
	[CT_RECORD_METER] = decode_meter,
};

void ct_decode(struct ct_event *event, const struct ct_record *rec,
	       const struct ct_decode_options *options, struct ct_arena *arena)
{
	/* a kind that a newer tracer may have is shown as a note without words */
	decode_fn *decode = decode_words;

	*event = (struct ct_event){ .task = rec->task, .dur_ns = rec->dur_ns };
	/* unsigned, for times that make no sense */
	event->t_ns = (int64_t)((uint64_t)rec->t_ns - (uint64_t)options->start_ns);
	if (event->dur_ns < 0)
		event->dur_ns = -1;
	if (rec->kind < sizeof(by_kind) / sizeof(*by_kind))
		decode = by_kind[rec->kind];
	decode(event, rec, arena);
	event->state = ct_decode_state(rec, arena);
	event->program = ct_decode_program(rec, arena);
	event->lacks = ct_decode_lacks(rec, arena, &event->n_lacks);
	event->circumstances = ct_decode_circumstances(rec, event, arena);
	event->bundle = ct_decode_bundle(rec, arena);
	event->peer = decode_peer(rec, arena);
	decode_passed(event, rec, arena);
	ct_decode_answers(event, rec, arena);
}
