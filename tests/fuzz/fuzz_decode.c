/* SPDX-License-Identifier: MIT */
/* Any bytes as a record: an event that keeps what event.h promises. */
/* links: ct_decode */
#include "fuzz.h"

#include "decode.h"

#include <stdlib.h>
#include <string.h>

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_arg(const struct ct_arg *arg)
{
	require(arg->text != NULL && *arg->text);
	require(arg->ns_type >= -1 && arg->ns_type < CT_NS_TYPES);
	require(arg->type != CT_VALUE_STR || (arg->str && !arg->str[arg->len]));
	require(arg->n_items == 0 || arg->items);
}

/* An argument, and the items or fields of it; only netlink's go deeper than one. */
static void check_with_items(const struct ct_arg *arg)
{
	check_arg(arg);
	for (size_t i = 0; i < arg->n_items; i++)
		check_with_items(&arg->items[i]);
}

static void check_event(const struct ct_event *event)
{
	require(event->kind < CT_EVENT_KINDS && event->dur_ns >= -1);
	if (event->kind == CT_EVENT_CALL) {
		require(event->call.name && *event->call.name && event->call.n_args <= 6);
		require(event->call.result != CT_RESULT_ERROR || event->call.error > 0);
		for (size_t i = 0; i < event->call.n_args; i++) {
			require(event->call.args[i].name != NULL);
			check_with_items(&event->call.args[i]);
		}
	}
	if (event->kind == CT_EVENT_EXEC) {
		require(event->exec.call && event->exec.path && event->exec.exe);
		for (size_t i = 0; i < event->exec.argc; i++)
			require(event->exec.argv[i] != NULL);
	}
	if (event->kind == CT_EVENT_METER) {
		require(event->meter->cgroup != NULL);
		for (int f = 0; f < CT_FIGURES; f++)
			require(event->meter->figures[f] >= -1);
	}
	if (event->kind == CT_EVENT_NOTE || event->kind == CT_EVENT_GAP)
		require(event->note.text != NULL);
	if (event->state) {
		require(event->state->comm != NULL);
		for (size_t i = 0; i < event->state->n_cgroups; i++)
			require(*event->state->cgroups[i].path == '/');
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ct_decode_options options = { .start_ns = 1 };
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_record *rec;
	struct ct_event event;

	size &= ~(size_t)7;
	if (size < sizeof(*rec))
		return 0;
	rec = malloc(size);
	if (!rec)
		return 0;
	memcpy(rec, data, size);
	/* the one thing that the reader of records has made sure of */
	rec->size = (uint32_t)size;
	ct_decode(&event, rec, &options, &arena);
	check_event(&event);
	ct_arena_release(&arena);
	free(rec);
	return 0;
}
